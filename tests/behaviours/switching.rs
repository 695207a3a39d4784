//! Manual switches.

use super::cell::{Cell, OUTER};
use crate::common::OVERRIDING;
use crate::common::walk::one_line;

/// Names that are hidden by a command or look like an option.
const HIDDEN: [&str; 8] = ["list", "use", "auto", "init", "-x", "--help", "--unset", "-"];

pub fn exports_the_profile(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    for profile in ["work", "dev", "dev", "other"] {
        let text = walk.one_line(&format!("aws-switch {profile}"));
        assert!(text.contains(profile), "{text}");
        assert_eq!(walk.aws(), [format!("AWS_PROFILE={profile}")]);
    }
    assert_eq!(walk.ok(&cell.shell.print_var("AWS_PROFILE")), "<other>");
}

pub fn dash_returns(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    let output = walk.run("aws-switch -");
    assert_eq!(output.status, 1);
    one_line(&output.text);
    assert_eq!(walk.aws(), [""; 0]);
    let typed = cell.shell.set_env("AWS_PROFILE", "other");
    for (line, profile) in [
        ("aws-switch work", "work"),
        ("aws-switch dev", "dev"),
        ("aws-switch dev", "dev"),
        ("aws-switch -", "work"),
        ("aws-switch -", "dev"),
        ("aws-switch --unset", ""),
        ("aws-switch -", "dev"),
        ("aws-switch -", ""),
        ("aws-switch work --region eu-north-1", "work"),
        // A typed export is a manual switch, too.
        (&typed, "other"),
        ("aws-switch -", "work"),
    ] {
        walk.ok(line);
        assert_eq!(walk.profile(), profile, "{line}");
    }
    let expected = ["AWS_DEFAULT_REGION=eu-north-1", "AWS_PROFILE=work", "AWS_REGION=eu-north-1"];
    assert_eq!(walk.aws(), expected, "the region is restored, too");
    walk.ok("aws-switch -");
    assert_eq!(walk.aws(), ["AWS_PROFILE=other"]);
}

pub fn unset_removes(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start().env("AWS_PROFILE", ""));
    for inherited in [Some(""), Some("dev"), None] {
        if let Some(name) = inherited.filter(|name| !name.is_empty()) {
            walk.ok(&cell.shell.set_env("AWS_PROFILE", name));
        }
        walk.one_line("aws-switch --unset");
        assert_eq!(walk.aws(), [""; 0], "{inherited:?}");
        walk.ok("aws-switch work");
        walk.one_line("aws-switch --unset");
        assert_eq!(walk.aws(), [""; 0], "{inherited:?}");
        assert_eq!(walk.ok(&cell.shell.print_var("AWS_PROFILE")), "<>");
    }
}

pub fn unknown_name(cell: &Cell) {
    let before = ["AWS_ACCESS_KEY_ID=k", "AWS_DEFAULT_PROFILE=d", "AWS_PROFILE=dev"];
    let pairs = before.iter().filter_map(|pair| pair.split_once('='));
    let mut walk = cell.walk_in(pairs.fold(cell.start(), |start, (name, value)| start.env(name, value)));
    let state = walk.var("__AWS_SWITCH_STATE");
    for line in ["aws-switch wrok", "aws-switch use wrok", "aws-switch wrok --region eu-west-1"] {
        let output = walk.run(line);
        assert_eq!(output.status, 3, "{line}");
        one_line(&output.text);
        assert!(output.text.contains("wrok") && output.text.contains("work"), "{}", output.text);
        assert_eq!(walk.aws(), before, "{line}");
        assert_eq!(walk.var("__AWS_SWITCH_STATE"), state, "{line}");
    }
}

pub fn use_reaches_every_name(cell: &Cell) {
    let odd: String = HIDDEN.iter().map(|name| format!("[profile {name}]\n")).collect();
    cell.world.config(&format!("[profile work]\nregion = eu-west-1\n{odd}"));
    let mut walk = cell.walk_in(cell.start());
    for name in HIDDEN {
        walk.one_line(&format!("aws-switch use -- {}", cell.shell.quote(name)));
        assert_eq!(walk.profile(), name);
    }
    walk.ok("aws-switch use list");
    assert_eq!(walk.profile(), "list");
    assert!(walk.ok("aws-switch list").contains("eu-west-1"), "the command has precedence");
    walk.ok("aws-switch use -- -x");
    walk.ok("aws-switch use work");
    assert_eq!(walk.profile(), "work");
}

pub fn names_are_never_evaluated(cell: &Cell) {
    let hostile = [
        "$(touch x)",
        "$(New-Item x)",
        "`touch x`",
        "a b",
        "a -h b",
        "*",
        "a;touch x",
        "'q'",
        "say\"hi\"",
        "back\\slash\\",
        "%n%F{red}",
        "\\u",
        "é ü",
        "#c",
        "~",
        "a=b",
        "$HOME",
        "@a",
        "007",
        "1e3",
        "{a,b}",
    ];
    let header = |name: &str| format!("[profile \"{}\"]\n", name.replace('\\', "\\\\").replace('"', "\\\""));
    cell.world.config(&hostile.map(header).concat());
    let mut walk = cell.walk_in(cell.start());
    for name in hostile {
        let text = walk.one_line(&format!("aws-switch {}", cell.shell.quote(name)));
        assert!(text.contains(name), "{name}: {text}");
        assert_eq!(walk.profile(), name);
    }
    assert!(!cell.world.path("x").exists());
}

pub fn overriding_variables(cell: &Cell) {
    let mut walk = cell.walk_in(cell.start());
    for name in OVERRIDING {
        walk.run(&cell.shell.set_env(name, "the-secret"));
    }
    let text = walk.one_line("aws-switch work");
    assert!(!text.contains("the-secret"), "{text}");
    for name in OVERRIDING {
        assert!(text.contains(name), "{name}: {text}");
        assert_eq!(walk.ok(&cell.shell.print_var(name)), "<>", "{name}");
    }
    assert_eq!(walk.aws(), ["AWS_PROFILE=work"]);
    let text = walk.one_line("aws-switch dev");
    assert!(!text.contains("AWS_"), "{text}");
}

pub fn region_option(cell: &Cell) {
    for own in [&[][..], &["AWS_REGION=x"], &["AWS_DEFAULT_REGION=", "AWS_REGION=ap-south-1"]] {
        let pairs = own.iter().filter_map(|pair| pair.split_once('='));
        let mut walk = cell.walk_in(pairs.fold(cell.start(), |start, (name, value)| start.env(name, value)));
        for (line, region) in [
            ("aws-switch work --region eu-north-1", "eu-north-1"),
            ("aws-switch --region=sa-east-1 dev", "sa-east-1"),
            ("aws-switch use --region us-west-2 -- work", "us-west-2"),
        ] {
            let text = walk.one_line(line);
            assert!(text.contains(region), "{text}");
            for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
                assert_eq!(walk.var(name).as_deref(), Some(region), "{line}");
            }
        }
        walk.ok("aws-switch other");
        let mut with_profile = [own, &["AWS_PROFILE=other"]].concat();
        with_profile.sort_unstable();
        assert_eq!(walk.aws(), with_profile);
        walk.ok("aws-switch work --region eu-north-1");
        walk.ok("aws-switch --unset");
        assert_eq!(walk.aws(), own);
    }
}

pub fn own_region(cell: &Cell) {
    for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
        let mut walk = cell.walk_in(cell.start().env(name, "us-east-1"));
        for (profile, warns) in [("work", true), ("dev", false), ("other", false), ("work", true)] {
            let text = walk.one_line(&format!("aws-switch {profile}"));
            let overrides = format!("; {name}=us-east-1 overrides the region of {profile} (eu-west-1)");
            let (severity, end) = if warns { ("warning: ", &*overrides) } else { ("", "") };
            assert_eq!(text, format!("aws-switch: {severity}switched to {profile}{end}"));
            let mut expected = [format!("AWS_PROFILE={profile}"), format!("{name}=us-east-1")];
            expected.sort();
            assert_eq!(walk.aws(), expected);
        }
    }
    let mut walk = cell.walk();
    walk.run(&cell.shell.set_env("AWS_REGION", ""));
    let text = walk.one_line("aws-switch work");
    assert!(text.contains("AWS_REGION='' overrides the region of work (eu-west-1)"), "{text}");
}

pub fn profiles_that_cannot_work(cell: &Cell) {
    let role = "role_arn = arn:aws:iam::123456789012:role/x\n";
    cell.world.config(&format!(
        "[profile base]\n[profile nowhere]\n{role}source_profile = none\n[profile sourceless]\n{role}\
         [profile a]\n{role}source_profile = b\n[profile b]\n{role}source_profile = a\n\
         [profile keys]\naws_access_key_id = k\naws_secret_access_key = s\n{role}source_profile = c\n\
         [profile c]\n{role}source_profile = keys\n[profile session]\nsso_session = none\n\
         [profile variables]\n{role}credential_source = Environment\n[profile over]\n{role}source_profile = variables\n"
    ));
    cell.world.write("outer/.awsprofile", "a\n");
    let mut walk = cell.walk();
    for (profile, line) in [("nowhere", 4), ("sourceless", 6), ("a", 9), ("keys", 17), ("session", 22)] {
        let text = walk.one_line(&format!("aws-switch {profile}"));
        let start = format!("aws-switch: warning: switched to {profile}, but it has no credentials: ");
        assert!(text.starts_with(&start), "{text}");
        assert!(text.contains(&format!("config:{line}: ")) && text.ends_with("see 'aws-switch doctor'"), "{text}");
        walk.stays_active(profile, profile);
    }
    for profile in ["variables", "over"] {
        let text = walk.one_line(&format!("aws-switch {profile}"));
        assert!(text.contains("it has no credentials: its role takes its keys from variables"), "{text}");
    }
    assert_eq!(walk.ok("aws-switch c"), "aws-switch: switched to c");
    assert_eq!(walk.ok("aws-switch base"), "aws-switch: switched to base");
    let text = walk.one_line(&walk.cd("outer"));
    assert!(text.contains("warning: a is active (~") && text.contains(", but it has no credentials: "), "{text}");
    walk.stays_active("a directory", "a");
    // The AWS CLI rejects a file with such a line.
    cell.world.config("[profile base]\n[profile work]\nregion\n");
    let text = walk.one_line("aws-switch work");
    assert!(text.starts_with("aws-switch: warning: switched to work, but commands fail: ~"), "{text}");
    assert!(text.contains("config:3: "), "{text}");
    walk.stays_active("a file that is rejected", "work");
    cell.world.config("[profile base]\nregion = eu west 1\n[profile work]\noutput = jason\n");
    for (profile, line) in [("base", 2), ("work", 4)] {
        let text = walk.one_line(&format!("aws-switch {profile}"));
        let start = format!("aws-switch: warning: switched to {profile}, but it has a wrong setting: ~");
        assert!(text.starts_with(&start) && text.contains(&format!("config:{line}: ")), "{text}");
    }
}

pub fn exit_statuses(cell: &Cell) {
    cell.world.write("bad/.awsprofile", "nobody\n");
    let mut walk = cell.walk();
    walk.run(&walk.cd("bad"));
    for (line, status) in [
        ("aws-switch work", 0),
        ("aws-switch -", 0),
        ("aws-switch nobody", 3),
        ("aws-switch list --names", 0),
        ("aws-switch list --nothing", 2),
        ("aws-switch current --name", 0),
        ("aws-switch work dev", 2),
        ("aws-switch --unset work", 2),
        ("aws-switch --colour work", 2),
        ("aws-switch use", 2),
        ("aws-switch auto", 4),
        ("aws-switch pin nobody", 3),
        ("aws-switch allow nowhere", 1),
        // Both only print.
        ("aws-switch work --version", 0),
        ("aws-switch work --help", 0),
        ("aws-switch --version", 0),
        ("aws-switch resolve", 0),
    ] {
        // The status for the next command of the line, and for the next prompt.
        let output = walk.run(&cell.shell.then(line, cell.shell.print_status()));
        assert_eq!(output.text.lines().last(), Some(format!("status {status}").as_str()), "{line}: {}", output.text);
        let output = walk.run(line);
        assert_eq!(output.status, status, "{line}: {}", output.text);
        if [2, 3].contains(&status) {
            one_line(&output.text);
        }
        let and = walk.run(&cell.shell.and(line, "echo went-on")).text;
        assert_eq!(and.ends_with("went-on"), status == 0, "{line}: {and}");
    }
    assert_eq!(walk.profile(), "base");
}

pub fn markers(cell: &Cell) {
    let start = cell.start().env("AWS_SSO_PROFILE", "sso").env("AWSUME_PROFILE", "its");
    let mut walk = cell.walk_in(start.env("AWS_VAULT", "vault"));
    let unset = "AWS_VAULT, AWSUME_PROFILE, AWS_SSO_PROFILE";
    for _ in 0..2 {
        let line = walk.one_line("aws-switch work");
        let why = "were unset (prompts show them instead of the profile), 'aws-switch -' restores them";
        assert_eq!(line, format!("aws-switch: switched to work; {unset} {why}"));
        assert_eq!((walk.aws(), walk.var("AWSUME_PROFILE")), (vec!["AWS_PROFILE=work".to_owned()], None));
        let line = walk.one_line("aws-switch -");
        assert_eq!(line, format!("aws-switch: switched to no profile; restored {unset}"));
        assert_eq!(walk.aws(), ["AWS_SSO_PROFILE=sso", "AWS_VAULT=vault"]);
        assert_eq!(walk.var("AWSUME_PROFILE").as_deref(), Some("its"));
    }
    // A marker overrides nothing, so directory profiles are activated beside it.
    walk.ok("aws-switch work");
    walk.ok(&cell.shell.set_env("AWS_VAULT", "vault"));
    walk.goes("outer", OUTER, "outer");
    assert!(!walk.ok("aws-switch current").contains("overridden by"));
    walk.ok(&cell.shell.set_env("AWS_ACCESS_KEY_ID", "x"));
    let line = walk.one_line("aws-switch dev");
    let why = "AWS_ACCESS_KEY_ID, AWS_VAULT were unset (they override or hide the profile)";
    assert!(line.contains(why), "{line}");
}
