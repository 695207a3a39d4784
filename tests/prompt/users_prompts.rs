//! Prompts of the user: the segment appears beside them, and they stay intact.

use crate::common::{Shell, World};

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n[profile '$(touch x)%n']\n");
    world
}

/// The line that sets a prompt with this text.
fn prompt(shell: Shell, text: &str) -> String {
    let mark = shell.prompt_mark();
    match shell {
        Shell::Bash | Shell::Bash32 => format!("PS1='{text}{mark}'"),
        Shell::Zsh => format!("PROMPT=$'{text}{mark}'"),
        Shell::Fish => format!("function fish_prompt; set -l s $status; printf '{text}{mark}' $s; end"),
        Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
    }
}

#[test]
fn a_prompt_of_two_lines_keeps_both() {
    let world = world();
    for shell in Shell::available() {
        let own = prompt(shell, "up\\nlow$ ");
        for (before, after) in [(own.as_str(), ""), ("", own.as_str())] {
            let mut session = world.start(shell).before(before).after(after).spawn();
            assert!(session.screen().ends_with("up\nlow$"), "{shell:?}: {}", session.screen());
            session.ok("aws-switch work");
            assert!(session.screen().ends_with("\n(aws:work) up\nlow$"), "{shell:?}: {}", session.screen());
            session.ok("aws-switch --unset");
            assert!(session.screen().ends_with("\nup\nlow$"), "{shell:?}: {}", session.screen());
        }
    }
}

#[test]
fn a_prompt_that_begins_with_an_empty_line_keeps_it_above_the_profile() {
    let world = world();
    for shell in Shell::available() {
        // VS Code puts these marks before a prompt.
        let start = match shell {
            Shell::Zsh => "%{\\e]633;A\\a%}",
            Shell::Fish => "\\e]633;A\\a",
            _ => "\\[\\e]633;A\\a\\]",
        };
        for start in ["", start] {
            let mut session = world.start(shell).before(&prompt(shell, &format!("{start}\\nlow$ "))).spawn();
            session.ok("aws-switch work");
            assert!(session.screen().ends_with("\n\n(aws:work) low$"), "{shell:?}: {}", session.screen());
            session.ok("aws-switch --unset");
            assert!(session.screen().ends_with("\n\nlow$"), "{shell:?}: {}", session.screen());
        }
    }
}

#[test]
fn a_prompt_that_is_replaced_later_shows_the_profile_too() {
    let world = world();
    for shell in Shell::available() {
        let mut session = world.start(shell).env("AWS_PROFILE", "work").spawn();
        assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}");
        for text in ["one$ ", "two$ "] {
            let file = world.write("prompt", prompt(shell, text));
            session.ok(&format!("source {}", file.display()));
            // fish reports only after drawing which prompt it drew.
            session.ok("true");
            assert_eq!(session.prompt(), format!("(aws:work) {}", text.trim_end()), "{shell:?}");
        }
        session.ok("aws-switch dev");
        assert_eq!(session.prompt(), "(aws:dev) two$", "{shell:?}");
    }
}

#[test]
fn a_prompt_that_is_rebuilt_each_time_stays_and_may_use_the_segment() {
    let world = world();
    for shell in Shell::available() {
        let mark = shell.prompt_mark();
        let [plain, using] = match shell {
            Shell::Bash | Shell::Bash32 => ["own$ ", "${AWS_SWITCH_SEGMENT} own$ "]
                .map(|text| format!("build() {{ PS1='{text}{mark}'; }}; PROMPT_COMMAND=build")),
            Shell::Zsh => ["own$ ", "$AWS_SWITCH_SEGMENT own$ "].map(|text| {
                format!("AWS_SWITCH_PROMPT=off; build() {{ PROMPT=\"{text}\"$'{mark}'; }}; precmd_functions+=(build)")
            }),
            Shell::Fish => ["own\\$ ", "$AWS_SWITCH_SEGMENT own\\$ "].map(|text| {
                format!(
                    "set -g AWS_SWITCH_PROMPT off; \
                     function fish_prompt; set -l s $status; echo -n \"{text}\"; printf '{mark}' $s; end"
                )
            }),
            Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
        };
        let mut session = world.start(shell).before(&plain).spawn();
        session.ok("aws-switch work");
        // In bash our hook runs after it, too; the others have the segment off here.
        let shown = if shell.is_bash() { "(aws:work) own$" } else { "own$" };
        assert_eq!(session.prompt(), shown, "{shell:?}");
        // zsh expands the text of a prompt function once, hence the doubled %.
        let above = world.start(shell).before(&using).spawn();
        let below = match shell {
            // An assignment to PROMPT_COMMAND below our line drops our hook.
            Shell::Bash | Shell::Bash32 => None,
            _ => Some(world.start(shell).after(&using).spawn()),
        };
        for mut session in [above].into_iter().chain(below) {
            let typed = shell.set_env("AWS_PROFILE", "dev");
            for (line, shown) in [
                ("aws-switch work", "(aws:work) own$"),
                ("aws-switch '$(touch x)%n'", "(aws:$(touch x)%n) own$"),
                (&typed, "(aws:dev) own$"),
            ] {
                session.ok(line);
                assert_eq!(session.prompt(), shown, "{shell:?}: {line}");
            }
        }
        assert!(!world.path("x").exists(), "{shell:?}");
    }
}

/// git's own recipe, and others, above our line.
#[test]
fn every_prompt_of_bash_shows_the_profile_though_it_is_rebuilt_each_time() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        let mark = shell.prompt_mark();
        let git = ["/usr/lib/git-core", "/usr/share/git/completion", "/usr/share/git-core/contrib/completion"]
            .map(|dir| format!("{dir}/git-sh-prompt"))
            .into_iter()
            .chain(["/usr/share/git/completion/git-prompt.sh".to_owned()])
            .find(|file| std::path::Path::new(file).is_file());
        let git = git.map(|file| format!(r#". {file}; PROMPT_COMMAND='__git_ps1 "own" "\\$ {mark}"'"#));
        let build = format!("build() {{ PS1='own$ {mark}'; }}");
        let recipes = [format!("{build}; PROMPT_COMMAND=build"), format!("{build}; PROMPT_COMMAND+=(build)")];
        for recipe in recipes.into_iter().chain(git) {
            let mut session = world.start(shell).env("AWS_PROFILE", "work").before(&recipe).spawn();
            let end = if recipe.contains("git") && rustix::process::geteuid().is_root() { "own#" } else { "own$" };
            assert_eq!(session.prompt(), format!("(aws:work) {end}"), "{shell:?}: {recipe}: the first prompt");
            for (line, prompt) in [
                ("true", "(aws:work) "),
                ("aws-switch dev", "(aws:dev) "),
                ("cd /", "(aws:dev) "),
                ("aws-switch --unset", ""),
                ("export AWS_PROFILE=work", "(aws:work) "),
            ] {
                session.ok(line);
                assert_eq!(session.prompt(), format!("{prompt}{end}"), "{shell:?}: {recipe}: {line}");
            }
        }
    }
}

#[test]
fn a_prompt_tool_that_shows_the_profile_gets_no_segment() {
    let world = world();
    for shell in Shell::available() {
        // The variables of a prompt tool may be inherited from another shell.
        let start = || {
            let start = world.start(shell).env("STARSHIP_SHELL", shell.name()).env("POSH_THEME", "x");
            start.env("P9K_TTY", "old").env("AWS_PROFILE", "work")
        };
        assert_eq!(start().spawn().prompt(), "(aws:work) test$", "{shell:?}");
        let fish =
            |tool: &str| prompt(shell, "test$ ").replace("set -l s $status;", &format!("set -l s $status; {tool};"));
        let tools = match shell {
            Shell::Bash | Shell::Bash32 => vec!["starship_precmd() { :; }".to_owned(), "_omp_hook() { :; }".to_owned()],
            Shell::Zsh => {
                let names =
                    ["starship_precmd", "prompt_starship_precmd", "p10k", "_omp_precmd", "prompt_ohmyposh_precmd"];
                let drawn = ["aws_prompt_info", "spaceship::prompt", "spaceship_prompt"]
                    .map(|name| format!("{name}() {{ :; }}; setopt prompt_subst; RPROMPT='$({name})'"));
                names.map(|name| format!("{name}() {{ :; }}")).into_iter().chain(drawn).collect()
            }
            Shell::Fish => vec![
                fish("true starship prompt"),
                fish("true _omp_get_prompt"),
                fish("true _tide_pwd").replace("function", "set -g _tide_right_items aws; function"),
                fish("true _pure_prompt").replace("function", "set -g pure_enable_aws_profile true; function"),
            ],
            Shell::PowerShell => unreachable!("it is not one of Shell::UNIX"),
        };
        for tool in tools {
            for (before, after) in [(tool.as_str(), ""), ("", tool.as_str())] {
                let mut session = start().before(before).after(after).spawn();
                assert_eq!(session.prompt(), "test$", "{shell:?}: {tool}");
                session.ok("aws-switch dev");
                assert_eq!(session.prompt(), "test$", "{shell:?}: {tool}");
                assert_eq!(session.ok(&shell.print_var("AWS_SWITCH_SEGMENT")), "<(aws:dev)>", "{shell:?}: {tool}");
            }
            if shell != Shell::Fish {
                let mut session = start().spawn();
                session.ok(&tool);
                assert_eq!(session.prompt(), "test$", "{shell:?}: {tool}");
                let name = tool.split('(').next().unwrap();
                session.ok(&format!("unset -f {name}; RPROMPT=''"));
                assert_eq!(session.prompt(), "(aws:work) test$", "{shell:?}: {tool}");
            }
        }
    }
}

#[test]
fn a_zsh_plugin_that_only_could_show_the_profile_gets_the_segment() {
    let world = world();
    if Shell::Zsh.is_here() {
        let session =
            world.start(Shell::Zsh).env("AWS_PROFILE", "work").before("aws_prompt_info() { echo x; }").spawn();
        assert_eq!(session.prompt(), "(aws:work) test$");
    }
}

#[test]
fn bash_without_promptvars_shows_no_expressions_and_keeps_the_segment() {
    let world = world();
    for shell in Shell::available().into_iter().filter(|shell| shell.is_bash()) {
        for (before, typed) in [("shopt -u promptvars", "true"), ("", "shopt -u promptvars")] {
            let mut session = world.start(shell).before(before).spawn();
            session.run(typed);
            session.run("aws-switch work");
            assert_eq!(session.prompt(), "test$", "{shell:?}");
            assert_eq!(session.run(&shell.print_var("AWS_SWITCH_SEGMENT")).text, "<(aws:work)>", "{shell:?}");
        }
    }
}

#[test]
fn zsh_keeps_its_own_prompt_elements() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = world();
    let mark = Shell::Zsh.prompt_mark();
    for options in ["", "setopt prompt_subst", "setopt ksh_arrays"] {
        for hook in ["precmd() { psvar=(mine); }", "set_mine() { psvar=(mine); }; precmd_functions+=(set_mine)"] {
            for after in [false, true] {
                let own = format!("{options}\n{hook}\nPROMPT=$'%1v$ {mark}'; RPROMPT='right'");
                let start = world.start(Shell::Zsh).env("AWS_PROFILE", "$(touch x)%n");
                let mut session = if after { start.after(&own).spawn() } else { start.before(&own).spawn() };
                let mut prompts = Vec::new();
                for _ in 0..3 {
                    session.wait("the right prompt", |display| display.cursor_line().ends_with(" right").then_some(()));
                    prompts.push(session.prompt());
                    session.ok("true");
                }
                // Our hook sees a change of psvar by a later hook only at the next prompt.
                let ours = prompts.iter().filter(|prompt| prompt.starts_with("(aws:$(touch x)%n) mine$ ")).count();
                assert!(ours >= if after { 2 } else { 3 }, "{options}: {hook}: {prompts:#?}");
            }
        }
    }
    assert!(!world.path("x").exists());
}

#[test]
fn functions_that_are_added_at_a_prompt_of_zsh_get_the_segment_and_stay_last() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = world();
    let mut session = world.start(Shell::Zsh).env("AWS_PROFILE", "work").spawn();
    session.ok("looks() { : }; precmd_functions+=(looks)");
    session.ok("true");
    // It may be the mark of a terminal, which must come last.
    assert_eq!(session.ok("print $precmd_functions[-1]"), "looks");
    let build = format!("build() {{ PROMPT=$'own$ {}'; }}", Shell::Zsh.prompt_mark());
    session.ok(&format!("{build}; precmd_functions+=(build)"));
    // zsh runs the list of functions as it was when the prompt began.
    session.ok("true");
    session.ok("true");
    assert!(session.screen().ends_with("(aws:work) own$"), "{}", session.screen());
}

#[test]
fn zsh_expands_the_segment_in_a_prompt_with_prompt_subst_once() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = world();
    let own = format!(
        "setopt prompt_subst; AWS_SWITCH_PROMPT=off; PROMPT='${{AWS_SWITCH_SEGMENT}}$ '$'{}'",
        Shell::Zsh.prompt_mark()
    );
    let mut session = world.start(Shell::Zsh).before(&own).spawn();
    for name in ["work", "$(touch x)%n"] {
        session.ok(&format!("aws-switch '{name}'"));
        assert_eq!(session.prompt(), format!("(aws:{name})$"));
    }
    assert!(!world.path("x").exists());
}

#[test]
fn a_fish_prompt_shows_the_statuses_of_the_last_command() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    let own = format!(
        "function fish_prompt; set -l all $pipestatus; set -l s $status; printf '%s|%s$ {}' \"$all\" $s $s; end",
        Shell::Fish.prompt_mark()
    );
    for (before, after) in [(own.as_str(), ""), ("", own.as_str())] {
        let mut session = world.start(Shell::Fish).before(before).after(after).spawn();
        session.ok("aws-switch work");
        for (line, shown) in [
            ("false | true | sh -c 'exit 4'", "1 0 4|4"),
            ("true", "0|0"),
            ("false | true", "1 0|0"),
            ("set -gx AWS_PROFILE dev; true | false", "0 1|1"),
            ("false", "1|1"),
            ("not true | false | true", "0 1 0|1"),
        ] {
            session.run(line);
            let name = session.var("AWS_PROFILE").unwrap_or_default();
            session.run(line);
            assert_eq!(session.prompt(), format!("(aws:{name}) {shown}$"), "{line}");
        }
    }
}

#[test]
fn a_fish_prompt_that_wraps_ours_never_calls_itself() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    let around = world.write(
        "activate",
        "functions -c fish_prompt _old_fish_prompt\nfunction fish_prompt; printf '(venv) '; _old_fish_prompt; end\n",
    );
    let mut session = world.start(Shell::Fish).env("AWS_PROFILE", "work").spawn();
    session.ok(&format!("source {}", around.display()));
    // A prompt that Ctrl-C interrupted was not drawn either.
    for line in ["true", "emit fish_prompt", "true", "aws-switch --unset; emit fish_prompt", "aws-switch work"] {
        session.ok(line);
        let ours = if line.contains("--unset") { "" } else { "(aws:work) " };
        assert_eq!(session.prompt(), format!("(venv) {ours}test$"), "{line}");
    }
}

#[test]
fn a_fish_prompt_is_saved_as_the_user_wrote_it() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    let mut session = world.start(Shell::Fish).before(&prompt(Shell::Fish, "own$ ")).spawn();
    session.ok("aws-switch work");
    for time in 0..2 {
        session.ok("funcsave fish_prompt");
        let saved = std::fs::read_to_string(world.path(".config/fish/functions/fish_prompt.fish")).unwrap();
        assert!(saved.contains("own$ ") && !saved.contains("aws_switch"), "{time}: {saved}");
        assert!(session.screen().ends_with("\n(aws:work) own$"), "{time}: {}", session.screen());
    }
}

#[test]
fn a_fish_prompt_sees_its_final_rendering() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    let own = format!(
        "function fish_prompt; set -l s $status; printf '%s$ ' \"$argv\"; printf '{}' $s; end",
        Shell::Fish.prompt_mark()
    );
    let mut session = world.start(Shell::Fish).before(&own).spawn();
    for (profile, segment) in [("--unset", ""), ("work", "(aws:work) ")] {
        session.ok(&format!("aws-switch {profile}"));
        let drawn = session.ok(r"fish_prompt --final-rendering | string replace -ra '\e\S*?m|\e\(B' ''; true");
        assert!(drawn.starts_with(&format!("{segment}--final-rendering$")), "{drawn}");
    }
}

#[test]
fn a_fish_prompt_of_several_lines_keeps_each_of_them_under_any_ifs() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    // Only a pipe gets the prompt of several lines, as the test waits for its own.
    let shown = r"
        function shown
            functions -c __aws_switch_user_prompt kept
            functions -e __aws_switch_user_prompt
            function __aws_switch_user_prompt; printf '\n\na\n\nb\n'; end
            begin; fish_prompt; echo end; end | string replace -ra '\e\S*?m|\e\(B' '' | string join ,
            functions -e __aws_switch_user_prompt
            functions -c kept __aws_switch_user_prompt
            functions -e kept
        end";
    for ifs in ["", "\nset -g IFS ''"] {
        let mut session = world.start(Shell::Fish).before(&format!("{shown}{ifs}")).spawn();
        session.ok("aws-switch --unset");
        assert_eq!(session.ok("shown"), ",,a,,b,end", "{ifs}");
        for name in ["work", "dev"] {
            session.ok(&format!("aws-switch {name}"));
            assert_eq!(session.ok("shown"), format!(",,(aws:{name}) a,,b,end"), "{ifs}");
        }
    }
}
