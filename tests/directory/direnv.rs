//! Beside direnv, which puts back on leaving what it found on entering: a directory profile is active nowhere else.

use crate::common::{Session, Shell, World, in_ci, skip};

/// `infra` and `both` have a `.awsprofile`, `plain`, `both` and `infra/sub` an `.envrc` that direnv trusts.
fn tree() -> Option<World> {
    let world = World::new();
    world.config("[profile work]\n[profile infra]\n[profile envrc]\n[profile other]\n");
    for dir in ["p/infra", "p/both"] {
        world.write(format!("{dir}/.awsprofile"), "infra\n");
    }
    for dir in ["p/plain", "p/both", "p/infra/sub"] {
        let file = world.write(format!("{dir}/.envrc"), "export AWS_PROFILE=envrc\n");
        match world.command("direnv").arg("allow").arg(file).status() {
            Ok(status) => assert!(status.success()),
            Err(error) => {
                assert!(!in_ci(), "direnv is not installed; tests/install installs it: {error}");
                skip("direnv is not installed, nothing was tried beside it");
                return None;
            }
        }
    }
    world.dir("p/none");
    Some(world)
}

/// Shells with direnv loaded above the integration and below it; bash also with a `cd` that somebody replaced, as
/// zoxide can.
fn sessions(world: &World, shell: Shell) -> Vec<(&'static str, Session)> {
    let hook = match shell {
        Shell::Fish => "direnv hook fish | source",
        Shell::Zsh => r#"eval "$(direnv hook zsh)""#,
        _ => r#"eval "$(direnv hook bash)""#,
    };
    let start = || world.start(shell).env("DIRENV_LOG_FORMAT", "");
    let mut sessions = vec![("above", start().before(hook).spawn()), ("below", start().after(hook).spawn())];
    if shell.is_bash() {
        let cd = "cd() { builtin cd \"$@\"; }";
        sessions.push(("above, own cd", start().before(&format!("{cd}\n{hook}")).spawn()));
        sessions.push(("below, own cd", start().before(cd).after(hook).spawn()));
    }
    sessions
}

#[test]
fn beside_direnv_leaving_every_directory_restores_the_manual_switch() {
    let Some(world) = tree() else { return };
    // Each directory, and the profile that is active there.
    let walks: [&[(&str, &str)]; 7] = [
        &[("p/infra", "infra"), ("p/plain", "envrc"), ("", "work")],
        &[("p/plain", "envrc"), ("p/infra", "infra"), ("p/plain", "envrc"), ("p/none", "work"), ("", "work")],
        &[("p/infra", "infra"), ("p/infra/sub", "envrc"), ("", "work")],
        &[("p/infra/sub", "envrc"), ("p/infra", "infra"), ("", "work")],
        &[("p/infra", "infra"), ("p/infra/sub", "envrc"), ("p/infra", "infra"), ("p/none", "work"), ("", "work")],
        &[("p/both", "envrc"), ("", "work")],
        &[("p/infra", "infra"), ("p/both", "envrc"), ("p/plain", "envrc"), ("p/infra", "infra"), ("", "work")],
    ];
    for shell in Shell::available() {
        for walk in walks {
            for (order, mut session) in sessions(&world, shell) {
                session.ok("aws-switch work");
                for (dir, profile) in walk {
                    session.ok(&shell.cd(world.path(dir)));
                    // Entered at once, both files are read in the order of the hooks.
                    if order.contains("own cd") && *profile == "envrc" && *dir != "p/plain" {
                        continue;
                    }
                    let what = format!("{shell:?}, direnv {order}: {dir} of {walk:?}");
                    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(*profile), "{what}");
                    assert_eq!(session.prompt(), format!("(aws:{profile}) test$"), "{what}");
                }
            }
        }
    }
}

#[test]
fn in_zsh_what_direnv_puts_back_is_repaired_in_the_same_line() {
    let Some(world) = tree() else { return };
    for (order, mut session) in sessions(&world, Shell::Zsh) {
        session.ok("aws-switch work");
        for dir in ["p/both", "p/infra/sub"] {
            session.ok(&Shell::Zsh.cd(world.path(dir)));
            let text = session.ok(&format!("{}; printenv AWS_PROFILE", Shell::Zsh.cd(world.path("p/none"))));
            assert_eq!(text.lines().last(), Some("work"), "direnv {order}: {dir}: {text}");
        }
    }
}

#[test]
fn beside_direnv_the_way_back_does_not_lead_to_what_an_envrc_has_set() {
    let Some(world) = tree() else { return };
    for shell in Shell::available() {
        for (order, mut session) in sessions(&world, shell) {
            session.ok("aws-switch work");
            session.ok(&shell.cd(world.path("p/plain")));
            session.ok("aws-switch infra");
            session.ok(&shell.cd(world.path("p/none")));
            session.ok("aws-switch -");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{shell:?}, direnv {order}");
        }
    }
}

#[test]
fn beside_direnv_a_manual_switch_outlasts_its_directory() {
    let Some(world) = tree() else { return };
    for shell in Shell::available() {
        for switch in ["aws-switch other".to_owned(), shell.set_env("AWS_PROFILE", "other")] {
            for dir in ["p/both", "p/infra/sub"] {
                for (order, mut session) in sessions(&world, shell) {
                    session.ok("aws-switch work");
                    session.ok(&shell.cd(world.path("p/infra")));
                    session.ok(&shell.cd(world.path(dir)));
                    session.ok(&switch);
                    session.ok(&shell.cd(world.home()));
                    let what = format!("{shell:?}, direnv {order}: {switch} in {dir}");
                    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("other"), "{what}");
                }
            }
        }
    }
}

#[test]
fn an_export_of_the_directory_profile_after_leaving_is_a_manual_switch() {
    let Some(world) = tree() else { return };
    for shell in Shell::available() {
        for (order, mut session) in sessions(&world, shell) {
            session.ok("aws-switch work");
            session.ok(&shell.cd(world.path("p/infra")));
            session.ok(&shell.set_env("AWS_PROFILE", "other"));
            session.ok(&shell.cd(world.home()));
            session.ok(&shell.set_env("AWS_PROFILE", "infra"));
            let what = format!("{shell:?}, direnv {order}");
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("infra"), "{what}");
            session.ok(&shell.cd(world.path("p/none")));
            assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("infra"), "{what}");
        }
    }
}

#[test]
fn beside_direnv_leaving_every_directory_restores_the_users_regions() {
    let Some(world) = tree() else { return };
    for dir in ["p/infra", "p/both"] {
        world.write(format!("{dir}/.awsprofile"), "infra\neu-west-1\n");
    }
    for dir in ["p/plain", "p/both", "p/infra/sub"] {
        let file = world.write(format!("{dir}/.envrc"), "export AWS_REGION=us-east-2\n");
        assert!(world.command("direnv").arg("allow").arg(file).status().unwrap().success());
    }
    // Of each directory, AWS_REGION; the other variable has the region of the file, or none.
    let region = |dir: &str, own: &'static str| match dir {
        "p/infra" => ["eu-west-1", "eu-west-1"],
        "p/plain" => ["us-east-2", ""],
        "" | "p/none" => [own, ""],
        _ => ["us-east-2", "eu-west-1"],
    };
    // With and without a region of the user's own.
    let walks: [(&str, &[&str]); 4] = [
        ("", &["p/plain", "p/infra", "p/plain", "p/none", ""]),
        ("ap-south-1", &["p/infra", "p/infra/sub", ""]),
        ("ap-south-1", &["p/infra", "p/infra/sub", "p/infra", "p/none", ""]),
        ("", &["p/both", ""]),
    ];
    for shell in Shell::available() {
        for (own, walk) in walks {
            for (order, mut session) in sessions(&world, shell) {
                if !own.is_empty() {
                    session.ok(&shell.set_env("AWS_REGION", own));
                }
                session.ok("aws-switch work");
                for dir in walk {
                    session.ok(&shell.cd(world.path(dir)));
                    let mut environment = session.environment();
                    let found = ["AWS_REGION", "AWS_DEFAULT_REGION"];
                    let found = found.map(|name| environment.remove(name).unwrap_or_default());
                    let what = format!("{shell:?}, direnv {order}, own {own}: {dir} of {walk:?}");
                    assert_eq!(found, region(dir, own), "{what}");
                }
            }
        }
    }
}
