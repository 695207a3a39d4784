//! Checks whether somebody else could have written a file, or made a link to it. An error is a reason for people to read.

use std::fs::{self, File, Metadata};
use std::path::Path;

/// Passes a file that the user or root owns and nobody else can write.
#[cfg(unix)]
pub fn check(file: &File, metadata: &Metadata) -> Result<(), String> {
    use std::os::unix::fs::MetadataExt;
    check_owner(metadata)?;
    if metadata.mode() & 0o002 != 0 {
        return Err("anyone can write to it".to_owned());
    }
    if metadata.mode() & 0o020 == 0 {
        return Ok(());
    }
    // With an ACL the group bits are its mask: they do not show what the group itself may do. rustix gives no length for
    // an empty buffer, so a buffer that is too short finds the ACL.
    let acl = rustix::fs::fgetxattr(file, "system.posix_acl_access", &mut [0_u8; 1][..]);
    if matches!(acl, Ok(_) | Err(rustix::io::Errno::RANGE)) {
        return Err("others can write to it through an access control list".to_owned());
    }
    let owner = if metadata.uid() == 0 { rustix::process::geteuid().as_raw() } else { metadata.uid() };
    match crate::users::shared_group(metadata.gid(), owner) {
        Some(group) => Err(format!("the group {group} can write to it")),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn check_owner(metadata: &Metadata) -> Result<(), String> {
    let owner = std::os::unix::fs::MetadataExt::uid(metadata);
    if owner == 0 || owner == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(format!("user {} owns it", crate::users::user_name(owner).unwrap_or_else(|| owner.to_string())))
}

/// Windows has no owner to ask for in std: `allow` protects there.
#[cfg(not(unix))]
pub fn check(_: &File, _: &Metadata) -> Result<(), String> {
    Ok(())
}

#[cfg(not(unix))]
fn check_owner(_: &Metadata) -> Result<(), String> {
    Ok(())
}

/// Passes a path if the user or root owns the link that it is, and each link that this one names: another owner could
/// point them elsewhere.
pub fn check_links(path: &Path) -> Result<(), String> {
    let mut path = path.to_path_buf();
    // Linux itself follows 40.
    for _ in 0..40 {
        let Ok(metadata) = fs::symlink_metadata(&path) else {
            break;
        };
        if !metadata.is_symlink() {
            return Ok(());
        }
        check_owner(&metadata).map_err(|why| format!("it is a link, and {why}"))?;
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().map(|directory| directory.join(&target)).unwrap_or(target);
    }
    Err("its links cannot be resolved".to_owned())
}
