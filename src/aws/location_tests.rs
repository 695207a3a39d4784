use std::collections::HashMap;

use super::*;

fn variables() -> HashMap<&'static str, &'static str> {
    HashMap::from([("HOME", "/home/me/"), ("X", "$Y"), ("Y", "y"), ("a b", "blank"), ("EMPTY", "")])
}

#[cfg(unix)]
#[test]
fn posix_paths_are_expanded_as_python_does() {
    let value = |name: &[u8]| {
        let value = variables().get(std::str::from_utf8(name).unwrap()).copied();
        value.map(|value| value.as_bytes().to_vec())
    };
    let home_of = |user: &[u8]| if user.is_empty() { value(b"HOME") } else { crate::users::home_of(user) };
    for (path, expected) in [
        ("~/alt", "/home/me/alt"),
        ("~", "/home/me"),
        ("$HOME/alt", "/home/me//alt"),
        ("${HOME}alt", "/home/me/alt"),
        ("$Y/${Y}$Y", "y/yy"),
        ("$X", "$Y"),
        ("${a b}", "blank"),
        ("a$EMPTY/b", "a/b"),
        ("$NOPE/${NOPE}/${Y", "$NOPE/${NOPE}/${Y"),
        ("${}$", "${}$"),
        ("a~/b", "a~/b"),
        ("~no-such-user/x", "~no-such-user/x"),
        ("~root/x", "/root/x"),
        ("é/$Yé", "é/yé"),
        ("plain", "plain"),
    ] {
        if path.starts_with("~root")
            && !std::fs::read_to_string("/etc/passwd").is_ok_and(|text| text.contains(":/root:"))
        {
            continue;
        }
        let expanded = posix::user(posix::variables(path.as_bytes(), value), home_of);
        assert_eq!(String::from_utf8(expanded).unwrap(), expected, "{path}");
    }
}

#[test]
fn a_home_may_be_empty_or_unknown() {
    let path = || b"~/.aws/config".to_vec();
    assert_eq!(posix::user(path(), |_| Some(Vec::new())), b"/.aws/config");
    assert_eq!(posix::user(path(), |_| None), path());
}

#[test]
fn paths_need_not_be_text() {
    let path = posix::variables(b"~/\xff$X", |_| Some(b"/\xfe".to_vec()));
    assert_eq!(posix::user(path, |_| Some(b"/\xfe".to_vec())), b"/\xfe/\xff/\xfe");
}

#[test]
fn windows_variables_are_expanded_as_python_does() {
    let get = |name: &str| variables().get(name).map(|&value| value.to_owned());
    for (path, expected) in [
        ("%Y%\\alt", "y\\alt"),
        ("$Y\\${Y}", "y\\y"),
        ("$Y-z", "$Y-z"),
        ("'%Y%'%Y%", "'%Y%'y"),
        ("'$Y", "'$Y"),
        ("%%Y%%$$Y", "%Y%$Y"),
        ("%NOPE%$NOPE${NOPE}", "%NOPE%$NOPE${NOPE}"),
        ("%Y", "%Y"),
        ("${Y", "${Y"),
        ("a$", "a$"),
        ("%X%", "$Y"),
    ] {
        assert_eq!(windows::variables(path, get), expected, "{path}");
    }
}

#[test]
fn the_windows_home_is_the_profile_then_drive_and_path() {
    let home = |variables: &[(&str, &str)], path: &str, fallback| {
        let get = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        windows::user(path.to_owned(), get, fallback)
    };
    let profile = [("USERPROFILE", "C:\\Users\\me"), ("HOMEPATH", "\\other"), ("USERNAME", "me"), ("HOME", "/h")];
    assert_eq!(home(&profile, "~/.aws/config", None), "C:\\Users\\me/.aws/config");
    assert_eq!(home(&profile, "~you\\x", None), "C:\\Users\\you\\x");
    assert_eq!(home(&profile, "~me\\x", None), "C:\\Users\\me\\x");
    let drive = [("HOMEDRIVE", "D:"), ("HOMEPATH", "\\me")];
    assert_eq!(home(&drive, "~\\x", None), "D:\\me\\x");
    assert_eq!(home(&drive[1..], "~\\x", None), "\\me\\x");
    assert_eq!(home(&drive[..1], "~\\x", Some("E:\\me")), "E:\\me\\x");
    assert_eq!(home(&[("HOME", "/h")], "~\\x", None), "~\\x");
    assert_eq!(home(&[("USERPROFILE", "C:\\odd"), ("USERNAME", "me")], "~you\\x", None), "~you\\x");
}
