//! Checks whether somebody else could have written a file.

use std::fs::{File, Metadata};

/// Passes a file that the user or root owns and nobody else can write.
///
/// # Errors
/// Why it does not pass, for people to read.
#[cfg(unix)]
pub fn check(file: &File, metadata: &Metadata) -> Result<(), String> {
    use std::os::unix::fs::MetadataExt;
    check_link(metadata)?;
    if metadata.mode() & 0o002 != 0 {
        return Err("everybody can write it".to_owned());
    }
    if metadata.mode() & 0o020 == 0 {
        return Ok(());
    }
    // With an ACL the group bits are its mask: they do not tell what the group itself may do. rustix gives no length for
    // an empty buffer, so a buffer that is too short finds the ACL.
    let acl = rustix::fs::fgetxattr(file, "system.posix_acl_access", &mut [0_u8; 1][..]);
    if matches!(acl, Ok(_) | Err(rustix::io::Errno::RANGE)) {
        return Err("others can write it by an access control list".to_owned());
    }
    let owner = if metadata.uid() == 0 { rustix::process::geteuid().as_raw() } else { metadata.uid() };
    match crate::users::shared_group(metadata.gid(), owner) {
        Some(group) => Err(format!("the group {group} can write it")),
        None => Ok(()),
    }
}

/// Passes a link that the user or root owns: another owner could point it elsewhere.
///
/// # Errors
/// Why it does not pass, for people to read.
#[cfg(unix)]
pub fn check_link(metadata: &Metadata) -> Result<(), String> {
    let owner = std::os::unix::fs::MetadataExt::uid(metadata);
    if owner == 0 || owner == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(format!("{} owns it", crate::users::user_name(owner).unwrap_or_else(|| format!("user {owner}"))))
}

/// Windows has no owner to ask for in std: `allow` protects there.
#[cfg(not(unix))]
pub fn check(_: &File, _: &Metadata) -> Result<(), String> {
    Ok(())
}

/// Likewise for a link.
#[cfg(not(unix))]
pub fn check_link(_: &Metadata) -> Result<(), String> {
    Ok(())
}
