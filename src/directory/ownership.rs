//! Whether somebody else could have written a file.

#[cfg(unix)]
pub use unix::{check, check_link};

/// Where the platform's owners cannot be asked, `allow` is what protects.
#[cfg(not(unix))]
mod elsewhere {
    use std::fs::{File, Metadata};

    pub fn check(_: &File, _: &Metadata) -> Result<(), String> {
        Ok(())
    }

    pub fn check_link(_: &Metadata) -> Result<(), String> {
        Ok(())
    }
}
#[cfg(not(unix))]
pub use elsewhere::{check, check_link};

#[cfg(unix)]
mod unix {
    use std::fs::{self, File, Metadata};
    use std::os::unix::fs::MetadataExt;

    /// Passes a file that the user or root owns and nobody else can write.
    ///
    /// # Errors
    /// Why it does not pass, for people to read.
    pub fn check(file: &File, meta: &Metadata) -> Result<(), String> {
        check_link(meta)?;
        if meta.mode() & 0o002 != 0 {
            return Err("everybody can write it".to_owned());
        }
        if meta.mode() & 0o020 == 0 {
            return Ok(());
        }
        // With an ACL the group bits are its mask: they say nothing of the group itself.
        // Of an empty buffer rustix tells no length, so one that is too short is what finds a list.
        let acl = rustix::fs::fgetxattr(file, "system.posix_acl_access", &mut [0_u8; 1][..]);
        if matches!(acl, Ok(_) | Err(rustix::io::Errno::RANGE)) {
            return Err("others can write it by an access control list".to_owned());
        }
        match others_in_group(meta.gid(), meta.uid()) {
            Some(group) => Err(format!("the group {group} can write it")),
            None => Ok(()),
        }
    }

    /// Passes a link that the user or root owns: who else could, may point it elsewhere.
    ///
    /// # Errors
    /// Why it does not pass, for people to read.
    pub fn check_link(meta: &Metadata) -> Result<(), String> {
        let owner = meta.uid();
        if owner == 0 || owner == rustix::process::geteuid().as_raw() {
            return Ok(());
        }
        Err(format!("{} owns it", user_name(owner).unwrap_or_else(|| format!("user {owner}"))))
    }

    /// The group's name, unless it is the user's own: named as the user, with no other member.
    /// A group that the local files do not know is not the user's own.
    fn others_in_group(gid: u32, owner: u32) -> Option<String> {
        let groups = fs::read_to_string("/etc/group").unwrap_or_default();
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let me = rustix::process::geteuid().as_raw();
        is_shared(&groups, &users, gid, if owner == 0 { me } else { owner })
    }

    fn is_shared(groups: &str, users: &str, gid: u32, owner: u32) -> Option<String> {
        let id = gid.to_string();
        let mut entries = groups.lines().map(|line| line.split(':').collect::<Vec<_>>());
        let Some((name, members)) = entries.find_map(|fields| match fields[..] {
            [name, _, number, members] if number == id => Some((name, members)),
            _ => None,
        }) else {
            return Some(id);
        };
        let owner = owner.to_string();
        let users: Vec<Vec<&str>> = users.lines().map(|line| line.split(':').collect()).collect();
        let is_the_owner =
            |fields: &Vec<&str>| matches!(fields[..], [user, _, uid, ..] if user == name && uid == owner);
        let only_the_owner = users.iter().any(is_the_owner)
            && members.split(',').all(|member| member.is_empty() || member == name)
            && users.iter().all(|fields| match fields[..] {
                [user, _, uid, group, ..] if group == id => user == name && uid == owner,
                [user, _, uid, ..] if user == name => uid == owner,
                _ => true,
            });
        (!only_the_owner).then(|| name.to_owned())
    }

    fn user_name(uid: u32) -> Option<String> {
        let id = uid.to_string();
        let users = fs::read_to_string("/etc/passwd").ok()?;
        users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)? == id).then(|| name.to_owned())
        })
    }

    #[cfg(test)]
    mod tests {
        use super::is_shared;

        const USERS: &str =
            "root:x:0:0::/:\nann:x:1000:1000::/:\nbob:x:1001:100::/:\ncat:x:1002:1002::/:\ndan:x:1003:1002::/:\n";

        #[test]
        fn only_the_group_that_is_the_users_own_is_not_shared() {
            let groups =
                "root:x:0:\nusers:x:100:\nann:x:1000:\nteam:x:50:ann,bob\ncat:x:1002:\neve:x:60:ann\ngames:x:70:\n";
            let shared = |gid, owner| is_shared(groups, USERS, gid, owner);
            assert_eq!(shared(1000, 1000), None);
            assert_eq!(shared(0, 0), None);
            assert_eq!(shared(100, 1001).as_deref(), Some("users"));
            assert_eq!(shared(50, 1000).as_deref(), Some("team"));
            assert_eq!(shared(1002, 1002).as_deref(), Some("cat"), "another user's primary group");
            assert_eq!(shared(60, 1000).as_deref(), Some("eve"));
            assert_eq!(shared(70, 1000).as_deref(), Some("games"), "nobody's");
            assert_eq!(shared(7, 1000).as_deref(), Some("7"), "unknown here");
            assert_eq!(shared(1000, 1001).as_deref(), Some("ann"), "somebody else's own");
        }
    }
}
