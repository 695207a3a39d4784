//! bash: other tools at the prompt, child shells, and shells with fewer features are not harmed.

use crate::common::{Session, Shell, World};

fn bashes() -> impl Iterator<Item = Shell> {
    Shell::available().into_iter().filter(|shell| shell.is_bash())
}

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world
}

/// Like the installer of bash-preexec: it sets its trap at the first prompt, removes itself from PROMPT_COMMAND then, and
/// takes the first command after its last one for the user's.
const PREEXEC: &str = r#"
ran='' waiting='' install=$'saved=$(trap -p DEBUG)\ntrap - DEBUG\npre_install'
pre_debug() { [[ -z $waiting ]] || { waiting=''; ran="$ran<$(HISTTIMEFORMAT= builtin history 1 | sed 's/^ *[0-9]* *//')>"; }; }
pre_first() { ran="$ran|"; }
pre_last() { waiting=yes; }
pre_install() {
    trap 'pre_debug' DEBUG
    local own="${PROMPT_COMMAND//"$install"/:}"
    PROMPT_COMMAND="pre_first"$'\n'"$own"
    PROMPT_COMMAND+=$'\n'pre_last
    pre_first
    pre_last
}
PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}$install"
"#;

/// bash-preexec itself is known by its function.
fn preexec() -> String {
    PREEXEC.replace("pre_install", "__bp_install").replace("pre_last", "__bp_interactive_mode")
}

#[test]
fn an_installer_in_prompt_command_sees_every_command_and_none_of_ours() {
    let world = world();
    for shell in bashes() {
        for own in ["", "PROMPT_COMMAND='mine=1'", "build() { PS1=\"own$ ${PS1#*\\$ }\"; }; PROMPT_COMMAND=build"] {
            for above in [true, false] {
                let preexec = preexec();
                let start = world.start(shell);
                let start =
                    if above { start.before(&format!("{own}\n{preexec}")) } else { start.before(own).after(&preexec) };
                let mut session = start.spawn();
                session.ok("true one");
                session.ok("aws-switch work");
                session.ok("true two");
                let ran = session.ok("echo \"$ran\"");
                let expected = "|<true one>|<aws-switch work>|<true two>|<echo \"$ran\">";
                assert_eq!(ran, expected, "{shell:?}: above {above}: {own}");
                assert!(
                    session.prompt().contains("(aws:work)"),
                    "{shell:?}: above {above}: {own}: {}",
                    session.prompt()
                );
                assert!(session.ok("trap -p DEBUG").contains("pre_debug"), "{shell:?}: {own}");
            }
        }
    }
}

/// A timer that a trap of DEBUG starts and PROMPT_COMMAND stops, and a list of what the trap saw since then.
const TIMER: &str = r#"
started='' seen=''
trap '[[ $BASH_COMMAND == stop* ]] || started="$started<$BASH_COMMAND>"' DEBUG
stop() { seen=$started started=''; }
"#;

#[test]
fn a_trap_of_debug_sees_nothing_of_ours_after_the_users_prompt_commands() {
    let world = world();
    for shell in bashes() {
        let mut forms = vec!["PROMPT_COMMAND=stop", "PROMPT_COMMAND='stop;'", "export PROMPT_COMMAND=stop"];
        if !shell.is_old_bash() {
            forms.extend(["PROMPT_COMMAND=(stop)", "PROMPT_COMMAND=(true stop)"]);
        }
        for form in forms {
            let add = match form.strip_prefix("PROMPT_COMMAND=(") {
                Some(rest) => format!("PROMPT_COMMAND+=({rest}"),
                None => "PROMPT_COMMAND=\"${PROMPT_COMMAND:+$PROMPT_COMMAND; }stop\"".to_owned(),
            };
            for (before, after) in
                [(format!("{TIMER}\n{form}"), String::new()), (String::new(), format!("{TIMER}\n{add}"))]
            {
                let mut session = world.start(shell).before(&before).after(&after).spawn();
                for line in ["true", "aws-switch work", "true", "AWS_PROFILE=dev"] {
                    session.ok(line);
                    let seen = session.ok("echo \"$seen\"");
                    assert!(seen.starts_with(&format!("<{line}>")), "{shell:?}: {form}: {line}: {seen}");
                }
                assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}: {form}");
            }
        }
    }
}

#[test]
fn a_trap_of_debug_sees_nothing_where_the_hook_stood_before_it_moved_first() {
    let world = world();
    for shell in bashes() {
        let mut adds =
            vec!["PROMPT_COMMAND=\"stop; $PROMPT_COMMAND\"", "PROMPT_COMMAND=\"stop; $PROMPT_COMMAND; true\""];
        if !shell.is_old_bash() {
            adds.push("PROMPT_COMMAND=(stop \"${PROMPT_COMMAND[@]}\")");
        }
        for add in adds {
            let mut session = world.start(shell).after(&format!("{TIMER}\n{add}")).spawn();
            // The hook moves at the first prompt.
            session.ok("true");
            for line in ["true", "aws-switch work", "true"] {
                session.ok(line);
                let seen = session.ok("echo \"$seen\"");
                let expected = if add.contains("; true") { format!("<true><{line}>") } else { format!("<{line}>") };
                assert!(seen.starts_with(&expected), "{shell:?}: {add}: {line}: {seen}");
            }
        }
    }
}

#[test]
fn a_trap_that_is_typed_later_sees_nothing_of_ours_either() {
    let world = world();
    for shell in bashes() {
        let stop = "stop() { seen=$started started=''; }; PROMPT_COMMAND=stop";
        let mut session = world.start(shell).before(stop).spawn();
        session.ok("trap '[[ $BASH_COMMAND == stop* ]] || started=\"$started<$BASH_COMMAND>\"' DEBUG");
        session.ok("true");
        assert!(session.ok("echo \"$seen\"").starts_with("<true>"), "{shell:?}");
    }
}

#[test]
fn with_a_trap_of_the_user_the_switch_itself_reports_when_a_for_ends() {
    let world = world();
    for shell in bashes() {
        let own = "trap 'seen=1' DEBUG; PROMPT_COMMAND=true";
        let mut session = world.start(shell).env("AWS_PROFILE", "work").before(own).spawn();
        let text = session.ok("aws-switch dev --for 1h");
        assert!(text.ends_with("(in this shell it ends only at the next prompt)"), "{shell:?}: {text}");
        assert_eq!(text.lines().count(), 1, "{shell:?}: {text}");
    }
}

#[test]
fn a_child_shell_that_inherits_the_prompt_shows_nothing_of_ours() {
    let world = world();
    for shell in bashes() {
        let own = "export PROMPT_COMMAND='mine=1'; export PS1";
        let mut session = world.start(shell).env("AWS_PROFILE", "work").before(own).spawn();
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        let bash = shell.executable().unwrap().display().to_string();
        // An interactive zsh reads from the terminal itself.
        let zsh = "zsh -f -c 'echo \"it lives $PS1\"'".to_owned();
        for child in [format!("{bash} --norc -i"), "sh -i".to_owned(), zsh] {
            let text = session.ok(&format!("echo 'echo it lives' | {child} 2>&1 | cat -v"));
            assert!(text.contains("it lives"), "{shell:?}: {child}: {text}");
            assert!(!text.contains("aws_switch") && !text.contains("AWS_"), "{shell:?}: {child}: {text}");
            assert!(!text.contains("not found") && !text.contains("\\["), "{shell:?}: {child}: {text}");
        }
    }
}

/// Switches, enters a directory and runs a query.
fn use_it(session: &mut Session) {
    session.ok("aws-switch dev");
    session.ok("true; echo $(true)");
    session.ok("AWS_PROFILE=work");
    session.ok("aws-switch list >/dev/null");
}

#[test]
fn a_locale_that_is_not_installed_is_reported_by_bash_alone() {
    let world = world();
    for shell in bashes() {
        let start = || world.start(shell).env("LC_ALL", "xx_YY.UTF-8").before("PROMPT_COMMAND=true");
        let warnings = |session: &Session| session.screen().matches("setlocale").count();
        let alone = warnings(&start().integration("").spawn());
        let mut session = start().spawn();
        use_it(&mut session);
        assert_eq!(warnings(&session), alone, "{shell:?}: {}", session.screen());
    }
}

#[test]
fn bash_without_readline_loads_in_silence_and_marks_nothing_as_invisible() {
    let world = world();
    for shell in bashes() {
        // A bash that is built without readline has none of these.
        let without = "enable -n complete; set +o emacs";
        let mut session = world.start(shell).before(without).argument("--noediting").spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        use_it(&mut session);
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        let own = session.ok("printf '%s\\n' \"${PS1%%test*}\"");
        assert!(own.contains("AWS_SWITCH_SEGMENT") && !own.contains("\\["), "{shell:?}: {own}");
    }
}

#[test]
fn a_restricted_shell_switches_and_prints_nothing_at_prompts() {
    let world = world();
    for shell in bashes() {
        for (before, typed) in [("set -r", "true"), ("", "set -r")] {
            let mut session = world.start(shell).before(before).spawn();
            assert_eq!(session.screen(), "test$", "{shell:?}: {before}");
            assert_eq!(session.ok(typed), "", "{shell:?}: {before}");
            session.ok("aws-switch dev");
            assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}: {before}");
            assert_eq!(session.ok("AWS_PROFILE=work"), "", "{shell:?}: {before}");
            assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}: {before}");
            assert_eq!(session.ok("aws-switch list --names"), "work\ndev", "{shell:?}: {before}");
        }
    }
}

#[test]
fn the_segment_is_behind_the_marks_of_terminals_and_cursor_moves() {
    let world = world();
    for shell in bashes() {
        let mark = shell.prompt_mark();
        for start in [r"\[\e]133;A\a\]", r"\[\e]133;D;$?\a\]\[\e]133;A\a\]", r"\[\e]0;\w\a\]", r"\[\e[G\]", ""] {
            let own = format!("PS1='{start}\\[\\e[0m\\]own$ \\[\\e]133;B\\a\\]{mark}'");
            let mut session = world.start(shell).env("AWS_PROFILE", "work").before(&own).spawn();
            assert_eq!(session.prompt(), "(aws:work) own$", "{shell:?}: {start}");
            let shown = session.ok("printf '%s\\n' \"${PS1%%AWS_SWITCH*}\"");
            // Marks that run something may be colours.
            let skipped = if start.contains("$?") { "" } else { start };
            assert!(shown.starts_with(&format!("{skipped}\\[${{__aws_switch_style")), "{shell:?}: {start}: {shown}");
        }
    }
}

/// Like VS Code: it puts its marks around the prompt, and around a prompt that has changed since.
const WRAP: &str = r#"
wrapped=''
wrap() { [[ $PS1 == "$wrapped" ]] || { PS1="\[\e]633;A\a\]$PS1\[\e]633;B\a\]" wrapped=$PS1; }; }
wrap
kept=$PROMPT_COMMAND
prompt() { eval "$kept"; wrap; }
PROMPT_COMMAND=prompt
"#;

#[test]
fn a_terminal_that_wraps_the_prompt_below_our_line_wraps_it_once() {
    let world = world();
    for shell in bashes() {
        let start = world.start(shell).env("TERM_PROGRAM", "vscode").env("AWS_PROFILE", "work");
        let mut session = start.after(WRAP).spawn();
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        session.ok("aws-switch dev");
        assert_eq!(session.prompt(), "(aws:dev) test$", "{shell:?}");
        let marks = session.ok("rest=${PS1#*633;A}; rest=${rest%633;B*}; echo \"${rest//[^6]/}\"");
        assert_eq!(marks, "", "{shell:?}: no mark is left between the two");
    }
}

#[test]
fn a_prompt_tool_that_draws_the_profile_by_a_function_gets_no_segment() {
    let world = world();
    for shell in bashes() {
        for (tool, is_drawn) in [
            ("__aws_profile_prompt() { :; }", true),
            ("_lp_aws_profile() { :; }", true),
            ("_lp_aws_profile() { :; }; LP_ENABLE_AWS_PROFILE=0", false),
        ] {
            let session = world.start(shell).env("AWS_PROFILE", "work").before(tool).spawn();
            let expected = if is_drawn { "test$" } else { "(aws:work) test$" };
            assert_eq!(session.prompt(), expected, "{shell:?}: {tool}");
        }
    }
}

/// Like direnv: it sets a profile in one directory, and restores what it found outside.
const ENVIRONMENT: &str = r#"
environment() {
    if [[ $PWD == */plain ]]; then
        [[ -n ${found+set} ]] || { found=${AWS_PROFILE-}; export AWS_PROFILE=dev; }
    elif [[ -n ${found+set} ]]; then
        export AWS_PROFILE=$found
        unset found
    fi
}
"#;

#[test]
fn what_restores_the_environment_at_the_prompt_restores_no_directory_profile() {
    let world = world();
    world.config("[profile work]\n[profile dev]\n[profile infra]\n");
    world.write("infra/.awsprofile", "infra\n");
    world.dir("plain");
    // Like zoxide's: ours does not cover it.
    let cd = "cd() { builtin cd \"$@\"; }";
    for shell in bashes() {
        let mut below = vec!["PROMPT_COMMAND=\"environment;$PROMPT_COMMAND\""];
        if !shell.is_old_bash() {
            below.push("PROMPT_COMMAND=(environment \"${PROMPT_COMMAND[@]}\")");
        }
        let above = format!("{cd}\n{ENVIRONMENT}\nPROMPT_COMMAND=environment");
        let orders = below.into_iter().map(|add| (cd.to_owned(), format!("{ENVIRONMENT}\n{add}")));
        for (before, after) in orders.chain([(above, String::new())]) {
            let mut session = world.start(shell).before(&before).after(&after).spawn();
            session.ok("aws-switch work");
            for (line, profile) in [("cd infra", "infra"), ("cd ../plain", "dev"), ("cd ~", "work")] {
                session.ok(line);
                assert_eq!(session.prompt(), format!("(aws:{profile}) test$"), "{shell:?}: {before}{after}: {line}");
                assert_eq!(session.var("AWS_PROFILE").as_deref(), Some(profile), "{shell:?}: {before}{after}: {line}");
            }
        }
    }
}

#[test]
fn doctor_reports_what_shows_the_profile_where_a_trap_of_debug_is_set() {
    let world = world();
    for shell in bashes() {
        let build =
            format!("build() {{ PS1='own$ {}'; }}; PROMPT_COMMAND=build; trap 'seen=1' DEBUG", shell.prompt_mark());
        let mut session = world.start(shell).env("AWS_PROFILE", "work").before(&build).spawn();
        assert_eq!(session.prompt(), "own$", "{shell:?}");
        let text = session.run("aws-switch doctor").text;
        assert!(text.contains("write ${AWS_SWITCH_SEGMENT} into the prompt"), "{shell:?}: {text}");
    }
}

#[test]
fn tab_offers_nothing_for_a_quote_between_two_quoted_parts() {
    let world = world();
    world.config("[profile zag]\n[profile \"zag'tail\"]\n");
    for shell in bashes() {
        let session = world.start(shell).spawn();
        session.keys("aws-switch 'zag'\\''\tx");
        session.wait_line("test$ aws-switch 'zag'\\''x");
    }
}

/// ble.sh reads this from the registration, and else quotes the words again.
#[test]
fn the_completion_is_registered_as_one_whose_words_are_quoted() {
    let world = world();
    for shell in bashes().filter(|shell| !shell.is_bash_before(403)) {
        let line = shell.init_line().replace("init bash", "init bash --cmd p");
        let mut session = world.start(shell).integration(&line).spawn();
        for name in ["aws-switch", "p"] {
            let shown = session.ok(&format!("complete -p {name}"));
            assert_eq!(shown, format!("complete -o noquote -F __aws_switch_complete {name}"), "{shell:?}");
        }
    }
}

#[test]
fn the_hook_that_moves_itself_first_during_a_for_keeps_its_loop_last() {
    let world = world();
    for shell in bashes() {
        let mut session = world.start(shell).before("PROMPT_COMMAND=:").spawn();
        session.ok("aws-switch work --for 5m");
        session.ok(if shell.is_old_bash() {
            "PROMPT_COMMAND=true$'\\n'$PROMPT_COMMAND"
        } else {
            "PROMPT_COMMAND=(true \"${PROMPT_COMMAND[@]}\")"
        });
        session.ok("true");
        let commands = session.ok("printf '%s\\n' \"${PROMPT_COMMAND[@]}\"");
        let lines: Vec<&str> = commands.lines().collect();
        assert!(lines[0].starts_with("__aws_switch_status="), "{shell:?}: {commands}");
        assert!(lines[lines.len() - 1].starts_with("for __aws_switch_step in "), "{shell:?}: {commands}");
    }
}
