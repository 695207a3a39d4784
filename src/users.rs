//! Looks up users and groups in `/etc/passwd` and `/etc/group`.
//!
//! The C library is not asked: linked statically, glibc would load this system's own look-up libraries, which are made
//! for a glibc of another version.

use std::fs;

const USERS: &str = "/etc/passwd";
const GROUPS: &str = "/etc/group";

/// The field of a user's home directory.
const HOME: usize = 5;

pub fn user_name(uid: u32) -> Option<String> {
    let name = field(&fs::read(USERS).ok()?, 0, |user| user.get(2) == Some(&uid.to_string().as_bytes()))?;
    Some(String::from_utf8_lossy(&name).into_owned())
}

pub fn home_of(name: &[u8]) -> Option<Vec<u8>> {
    field(&fs::read(USERS).ok()?, HOME, |user| user.first() == Some(&name))
}

#[cfg(all(target_os = "linux", target_feature = "crt-static"))]
pub fn home_of_uid(uid: u32) -> Option<Vec<u8>> {
    field(&fs::read(USERS).ok()?, HOME, |user| user.get(2) == Some(&uid.to_string().as_bytes()))
}

fn field(users: &[u8], index: usize, is_wanted: impl Fn(&[&[u8]]) -> bool) -> Option<Vec<u8>> {
    entries(users).filter(|fields| is_wanted(fields)).find_map(|fields| fields.get(index).map(|field| field.to_vec()))
}

/// The name of a group that others than its owner are in: its number where no file knows it, `None` if the group is the
/// owner's own, which means that it has the owner's name and no other member.
pub fn shared_group(gid: u32, owner: u32) -> Option<String> {
    let read = |file| fs::read(file).unwrap_or_default();
    shared_group_in(&read(GROUPS), &read(USERS), gid, owner)
}

fn shared_group_in(groups: &[u8], users: &[u8], gid: u32, owner: u32) -> Option<String> {
    let (id, owner) = (gid.to_string(), owner.to_string());
    let Some((name, members)) = entries(groups).find_map(|fields| match fields[..] {
        [name, _, number, members] if number == id.as_bytes() => Some((name, members)),
        _ => None,
    }) else {
        return Some(id);
    };
    let is_named_as_owner = entries(users)
        .any(|fields| matches!(fields[..], [user, _, uid, ..] if user == name && uid == owner.as_bytes()));
    let has_no_other_member = members.split(|&byte| byte == b',').all(|member| member.is_empty() || member == name)
        && entries(users).all(|fields| match fields[..] {
            [user, _, uid, group, ..] if group == id.as_bytes() => user == name && uid == owner.as_bytes(),
            [user, _, uid, ..] if user == name => uid == owner.as_bytes(),
            _ => true,
        });
    (!(is_named_as_owner && has_no_other_member)).then(|| String::from_utf8_lossy(name).into_owned())
}

/// The fields of each line.
fn entries(file: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    file.split(|&byte| byte == b'\n').map(|line| line.split(|&byte| byte == b':').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_found_by_the_name_of_its_user() {
        let users = b"a:x:1:1::/home/a:/bin/sh\n# c\nbb:x:1:1::/home/bb:/bin/sh\nshort:x\n";
        let home = |name: &[u8]| field(users, HOME, |user| user.first() == Some(&name));
        assert_eq!(home(b"bb"), Some(b"/home/bb".to_vec()));
        assert_eq!(home(b"b"), None);
        assert_eq!(home(b"short"), None);
    }

    #[test]
    fn only_the_group_that_is_the_owners_own_is_not_shared() {
        let users =
            b"root:x:0:0::/:\nann:x:1000:1000::/:\nbob:x:1001:100::/:\ncat:x:1002:1002::/:\ndan:x:1003:1002::/:\n";
        let groups =
            b"root:x:0:\nusers:x:100:\nann:x:1000:\nteam:x:50:ann,bob\ncat:x:1002:\neve:x:60:ann\ngames:x:70:\n";
        let shared = |gid, owner| shared_group_in(groups, users, gid, owner);
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
