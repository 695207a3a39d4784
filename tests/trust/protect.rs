//! Protected profiles: a file must be allowed before it activates one.

use serde_json::Value;

use super::{FILE, answer, resolved, world};
use crate::common::{Shell, Walk, World};

fn world_with(profile: &str) -> World {
    let world = world();
    world.config(&format!("[profile base]\n[profile {profile}]\n"));
    world.write(FILE, format!("{profile}\n"));
    world
}

#[test]
fn by_default_profiles_named_like_production_are_protected() {
    for (profile, protected) in [
        ("prod", true),
        ("PROD", true),
        ("acme-Prod-eu", true),
        ("production", true),
        ("prd", true),
        ("team-prd-2", true),
        ("nonprd", true),
        ("nonprod", false),
        ("Non-Prod", false),
        ("pre-prod", false),
        ("preproduction", false),
        ("product-dev-pre-prod", false),
        ("dev", false),
        ("work", false),
    ] {
        let world = world_with(profile);
        let json = resolved(&world, "there");
        let status = if protected { "untrusted" } else { "active" };
        assert_eq!((json["status"].as_str(), json["profile"].as_str()), (Some(status), Some(profile)), "{json}");
        assert!(world.helper().args(["allow", "there"]).status().unwrap().success());
        assert_eq!(resolved(&world, "there")["status"], "active", "{profile}");
    }
}

#[test]
fn the_users_patterns_protect_other_profiles_the_last_match_decides_and_case_is_ignored() {
    for (globs, profile, protected) in [
        ("*live*", "LIVE-1", true),
        ("*live*", "prod", false),
        ("*LIVE*,!sandbox-*", "sandbox-live", false),
        ("!sandbox-*,*live*", "sandbox-live", true),
        ("pr?d", "prod", true),
        ("pr?d", "prood", false),
        ("*", "work", true),
        ("*,!*", "prod", false),
        (" prod , work ", "work", true),
        ("work", "work-2", false),
        ("$(touch x)", "work", false),
    ] {
        let world = world_with(profile);
        let mut helper = world.helper();
        let output = helper.env("AWS_SWITCH_PROTECT", globs).args(["resolve", "there", "--json"]).output().unwrap();
        let json = answer(&String::from_utf8(output.stdout).unwrap());
        let status = if protected { "untrusted" } else { "active" };
        assert_eq!(json["status"], status, "{globs}: {profile}: {json}");
    }
}

#[test]
fn patterns_may_be_about_the_account_or_the_role() {
    let world = world();
    // The key is AWS's own example; its id contains no account.
    world.config(
        "[profile base]\n[profile AdministratorAccess-777788889999]\nsso_account_id = 777788889999\n\
         sso_role_name = AdministratorAccess\n[profile role]\nsource_profile = base\n\
         role_arn = arn:aws:iam::777788889999:role/team/Deploy\n[profile work]\naws_access_key_id = \
         AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
    );
    for (globs, protected) in [
        ("account:777788889999", &["AdministratorAccess-777788889999", "role"][..]),
        ("account:*,!role:administrator*", &["role"]),
        ("role:*admin*", &["AdministratorAccess-777788889999"]),
        ("role:*/deploy,account:111122223333", &["role"]),
        ("*,!account:777788889999", &["base", "work"]),
    ] {
        let ask = |words: &[&str]| {
            let output = world.helper().env("AWS_SWITCH_PROTECT", globs).args(words).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let list: Value = serde_json::from_str(&ask(&["list", "--json"])).unwrap();
        let profiles = list["profiles"].as_array().unwrap().iter();
        let found: Vec<_> = profiles.filter(|one| one["protected"] == true).map(|one| &one["name"]).collect();
        assert_eq!(found, protected, "{globs}");
        assert_eq!(ask(&["list"]).lines().filter(|line| line.contains(" # ")).count(), protected.len(), "{globs}");
        for name in ["base", "role", "work", "AdministratorAccess-777788889999"] {
            world.write(FILE, format!("{name}\n"));
            let is_protected = protected.contains(&name);
            let status = if is_protected { "untrusted" } else { "active" };
            assert_eq!(answer(&ask(&["resolve", "there", "--json"]))["status"], status, "{globs}: {name}");
            assert_eq!(ask(&["show", name]).contains("  (protected)\n"), is_protected, "{globs}: {name}");
        }
    }
}

#[test]
fn a_profile_of_a_protected_account_is_marked_in_the_prompt_and_needs_a_confirmation() {
    let world = world();
    let name = "AdministratorAccess-777788889999";
    world.config(&format!("[profile base]\n[profile {name}]\nsso_account_id = 777788889999\nsso_role_name = x\n"));
    for shell in Shell::available() {
        let start = world.start(shell).env("AWS_SWITCH_PROTECT", "account:777788889999");
        let mut session = start.env("AWS_SWITCH_CONFIRM", "protected").spawn();
        session.keys(format!("aws-switch {name}\r"));
        session.wait_line(&format!("aws-switch: {name} (777788889999"));
        session.keys("y\r");
        assert_eq!(session.wait_prompt(), 0, "{shell:?}");
        assert!(session.prompt().starts_with(&format!("(aws:{name} #) ")), "{shell:?}: {}", session.prompt());
    }
}

#[test]
fn a_file_with_a_protected_profile_is_ignored_until_it_is_allowed() {
    for shell in Shell::available() {
        let world = world_with("prod");
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
        walk.session.ok("aws-switch allow");
        walk.stays_active("aws-switch allow", "prod");
        walk.reports(&walk.cd(""), FILE, "base");
        walk.reports(&walk.cd("there"), FILE, "prod");
        world.write(FILE, "prod\neu-west-1\n");
        walk.reports("true", FILE, "base");
    }
}

#[test]
fn the_globs_apply_whether_exported_or_not() {
    let world = world_with("live");
    for shell in Shell::available() {
        for lines in [shell.set_env("AWS_SWITCH_PROTECT", "live*"), shell.set_local("AWS_SWITCH_PROTECT", "live*")] {
            let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "base").before(&lines));
            walk.reports(&walk.cd("there"), FILE, "base");
        }
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "base"));
        walk.reports(&walk.cd("there"), FILE, "live");
    }
}

#[test]
fn the_settings_file_has_globs_too_and_a_variable_overrides_it() {
    let world = world_with("live");
    world.write(".config/aws-switch/settings.ini", "protect = live*\n");
    assert_eq!(resolved(&world, "there")["status"], "untrusted");
    for shell in Shell::available() {
        let mut walk = Walk::from_base(&world, shell);
        walk.reports(&walk.cd("there"), FILE, "base");
        let start = world.start(shell).env("AWS_PROFILE", "base").env("AWS_SWITCH_PROTECT", "other");
        let mut walk = Walk::new(&world, start);
        walk.reports(&walk.cd("there"), FILE, "live");
    }
}

#[test]
fn a_manual_switch_and_leaving_to_a_protected_base_need_no_allow() {
    let world = world();
    world.write(FILE, "work\n");
    for shell in Shell::available() {
        let mut walk = Walk::new(&world, world.start(shell).env("AWS_PROFILE", "prod"));
        walk.reports(&walk.cd("there"), FILE, "work");
        walk.reports(&walk.cd(""), FILE, "prod");
        walk.session.ok("aws-switch base");
        walk.session.ok("aws-switch prod");
        walk.stays_active("aws-switch prod", "prod");
    }
}
