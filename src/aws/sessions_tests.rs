use super::*;

const NOW: u64 = 1_900_000_000;

fn at(minutes: i64) -> String {
    Timestamp::from_second(NOW.cast_signed() + minutes * 60).unwrap().to_string()
}

fn status(cache: Cache, json: &str) -> Option<SessionStatus> {
    Session::parse(cache, json.as_bytes(), NOW).map(|session| session.status)
}

#[test]
fn a_token_is_valid_refreshable_or_expired() {
    let renewable = |registered: i64| {
        format!(r#","refreshToken":"r","clientId":"c","clientSecret":"s","registrationExpiresAt":"{}""#, at(registered))
    };
    for (end, rest, named, legacy) in [
        (60, String::new(), SessionStatus::Valid, SessionStatus::Valid),
        (60, renewable(60), SessionStatus::Valid, SessionStatus::Valid),
        (-1, String::new(), SessionStatus::Expired, SessionStatus::Expired),
        // A start URL without a session has nothing that renews it.
        (-1, renewable(60), SessionStatus::Refreshable, SessionStatus::Expired),
        (-1, renewable(-1), SessionStatus::Expired, SessionStatus::Expired),
        (0, renewable(0), SessionStatus::Expired, SessionStatus::Expired),
        (-1, renewable(60).replace("\"r\"", "\"\""), SessionStatus::Expired, SessionStatus::Expired),
        (-1, renewable(60).replace("\"s\"", "null"), SessionStatus::Expired, SessionStatus::Expired),
        (
            -1,
            r#","refreshToken":"r","clientId":"c","clientSecret":"s""#.to_owned(),
            SessionStatus::Expired,
            SessionStatus::Expired,
        ),
    ] {
        // botocore does not ask whether the token is empty.
        for token in ["t", ""] {
            let start = format!(r#"{{"startUrl":"u","region":"x","accessToken":"{token}""#);
            let json = format!(r#"{start},"expiresAt":"{}"{rest}}}"#, at(end));
            assert_eq!(status(Cache::Sso, &json), Some(named), "{json}");
            assert_eq!(status(Cache::LegacySso, &json), Some(legacy), "{json}");
        }
    }
}

#[test]
fn a_registration_is_no_session() {
    let json = format!(r#"{{"clientId":"c","clientSecret":"s","expiresAt":"{}","scopes":["x"]}}"#, at(60));
    assert_eq!(Session::parse(Cache::Sso, json.as_bytes(), NOW), Some(Session::NONE));
}

#[test]
fn odd_files_are_unknown() {
    let whole = format!(r#"{{"accessToken":"t","expiresAt":"{}"}}"#, at(60));
    assert_eq!(status(Cache::Sso, &whole), Some(SessionStatus::Valid));
    for end in 0..whole.len() {
        assert_eq!(status(Cache::Sso, &whole[..end]), None, "{}", &whole[..end]);
    }
    for json in [
        "[]",
        "{}",
        "null",
        "1",
        "\"x\"",
        r#"{"accessToken":"t"}"#,
        r#"{"accessToken":"t","expiresAt":null}"#,
        r#"{"accessToken":"t","expiresAt":1900000000}"#,
        r#"{"accessToken":"t","expiresAt":"soon"}"#,
        r#"{"accessToken":"t","expiresAt":"2030-03-17T17:46:40"}"#,
        r#"{"accessToken":{"a":1},"expiresAt":"2040-03-17T17:46:40Z"}"#,
    ] {
        assert_eq!(status(Cache::Sso, json), None, "{json}");
        assert_eq!(status(Cache::Login, json), None, "{json}");
    }
    assert_eq!(Session::parse(Cache::Sso, b"{\"accessToken\":\"\xff\"}", NOW), None);
}

#[test]
fn a_login_is_valid_refreshable_or_expired() {
    let login = |end: i64, rest: &str| {
        let keys = r#""accessKeyId":"A","secretAccessKey":"s","sessionToken":"t","accountId":"1""#;
        format!(r#"{{"accessToken":{{{keys},"expiresAt":"{}"}},"tokenType":"x","idToken":"i"{rest}}}"#, at(end))
    };
    let renewable = r#","clientId":"c","refreshToken":"r","dpopKey":"k""#;
    for (json, expected) in [
        (login(1, renewable), Some(SessionStatus::Valid)),
        (login(-1, renewable), Some(SessionStatus::Refreshable)),
        (login(-1, &renewable.replace("\"k\"", "\"\"")), Some(SessionStatus::Expired)),
        // botocore rejects one that lacks a field, valid or not.
        (login(-1, r#","clientId":"c","refreshToken":"r""#), Some(SessionStatus::None)),
        (login(1, r#","clientId":"c","dpopKey":"k""#), Some(SessionStatus::None)),
        (login(1, r#","refreshToken":"r","dpopKey":"k""#), Some(SessionStatus::None)),
        (login(1, renewable).replace("\"sessionToken\"", "\"x\""), None),
        (r#"{"accessToken":"t","expiresAt":"2040-01-01T00:00:00Z"}"#.to_owned(), None),
    ] {
        assert_eq!(status(Cache::Login, &json), expected, "{json}");
    }
}

#[test]
fn times_are_read_as_they_are_written() {
    for (text, expected) in [
        ("2030-03-17T17:46:40Z", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T17:46:40UTC", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T17:46:40 UTC", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T17:46:40.999999Z", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T17:46:40.5UTC", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T19:46:40+02:00", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T19:46:40+0200", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T12:16:40.25-05:30", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T17:46:40+00:00", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17 17:46:40+00:00", Some("2030-03-17T17:46:40Z")),
        ("2030-03-17T17:46:40", None),
        ("2030-03-17", None),
        ("UTC", None),
        ("", None),
        ("2030-13-17T17:46:40Z", None),
    ] {
        assert_eq!(time(text).map(|time| time.to_string()).as_deref(), expected, "{text}");
    }
}

#[test]
fn a_session_is_written_for_programs_in_rfc_3339() {
    let json = format!(r#"{{"accessToken":"t","expiresAt":"{}"}}"#, at(60));
    let session = Session::parse(Cache::Sso, json.as_bytes(), NOW).unwrap();
    let written = serde_json::to_string(&session).unwrap();
    assert_eq!(written, r#"{"status":"valid","expires_at":"2030-03-17T18:46:40Z"}"#);
    assert_eq!(serde_json::to_string(&Session::NONE).unwrap(), r#"{"status":"none","expires_at":null}"#);
}

/// The start URL's hash is the one that the AWS CLI names its file by.
#[test]
fn a_cached_file_is_named_as_the_aws_cli_names_it() {
    let config = "[profile named]\nsso_role_name=r\nsso_session=s\n[sso-session s]\n\
                  [profile legacy]\nsso_role_name=r\nsso_start_url=https://ssotest.awsapps.com/start\n\
                  [profile login]\nlogin_session=arn:aws:iam::123456789012:user/me\n\
                  [profile ghost]\nsso_role_name=r\nsso_session=ghost\n\
                  [profile without]\nsso_role_name=r\n[profile none]\nsso_session=s\n";
    let store = ProfileStore::new(config, "");
    let entry = |name| {
        let profile = store.get(name).unwrap();
        SessionFile::of(profile, Kind::of(profile), &store).map(|file| (file.cache, file.name()))
    };
    let named = "a0f1490a20d0211c997b44bc357e1972deab8ae3.json".to_owned();
    assert_eq!(entry("named"), Some((Cache::Sso, named)));
    let (cache, file) = entry("legacy").unwrap();
    assert_eq!((cache, &file[..8], file.len()), (Cache::LegacySso, "dace00cb", 45));
    let (cache, file) = entry("login").unwrap();
    assert_eq!((cache, file.len()), (Cache::Login, 69));
    assert_eq!([entry("ghost"), entry("without"), entry("none")], [None, None, None]);
}
