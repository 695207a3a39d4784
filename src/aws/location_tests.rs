use std::collections::HashMap;

use super::*;

fn variables() -> HashMap<&'static str, &'static str> {
    HashMap::from([("HOME", "/home/me/"), ("X", "$Y"), ("Y", "y"), ("a b", "blank"), ("EMPTY", "")])
}

#[cfg(unix)]
#[test]
fn posix_paths_are_expanded_as_python_does() {
    let get = |name: &str| variables().get(name).map(OsString::from);
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
        assert_eq!(expand(path.as_ref(), &get, None), PathBuf::from(expected), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn the_home_is_the_variable_even_an_empty_one() {
    let path = "~/.aws/config".as_ref();
    assert_eq!(expand(path, &|_| Some("".into()), Some(Path::new("/p"))), Path::new("/.aws/config"));
    assert_eq!(expand(path, &|_| None, Some(Path::new("/p"))), Path::new("/p/.aws/config"));
    assert_eq!(expand(path, &|_| None, None), Path::new("~/.aws/config"));
}

#[cfg(unix)]
#[test]
fn paths_need_not_be_text() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};

    let get = |_: &str| Some(OsString::from_vec(b"/\xfe".to_vec()));
    let path = expand(OsStr::from_bytes(b"~/\xff$X"), &get, None);
    assert_eq!(path.as_os_str().as_bytes(), b"/\xfe/\xff/\xfe");
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

#[test]
fn variables_name_the_files_and_an_empty_one_switches_a_file_off() {
    let get = |name: &str| match name {
        "HOME" | "USERPROFILE" => Some("/h".into()),
        "AWS_CONFIG_FILE" => Some("~/alt".into()),
        "AWS_SHARED_CREDENTIALS_FILE" => Some("".into()),
        _ => None,
    };
    assert_eq!(path(FileKind::Config, &get, None), Some("/h/alt".into()));
    assert_eq!(path(FileKind::Credentials, &get, None), None);
    let home = |name: &str| get(name).filter(|_| !name.starts_with("AWS"));
    assert_eq!(path(FileKind::Config, &home, None), Some("/h/.aws/config".into()));
    assert_eq!(path(FileKind::Credentials, &home, None), Some("/h/.aws/credentials".into()));
}
