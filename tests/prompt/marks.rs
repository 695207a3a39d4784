//! The marks of terminals around the prompt, in our own words: one at its start and one at its end, the segment between.
//! With VS Code's number for all, as fish 4 marks its prompts itself with 133.

use crate::common::{Shell, World};

/// Ghostty and kitty in zsh: mark the prompt only where they run last, and move there.
const LAST: &str = r#"
mark_prompt() {
    if [[ $precmd_functions[-1] == mark_prompt ]]; then
        PROMPT=${PROMPT//$'%{\e]633;'[AB]$'\a%}'} PROMPT=$'%{\e]633;A\a%}'$PROMPT$'%{\e]633;B\a%}'
    else
        precmd_functions=(${precmd_functions:#mark_prompt} mark_prompt)
        printf '\e]633;A\a'
    fi
}
first_mark() { precmd_functions=(${precmd_functions:#first_mark} mark_prompt); mark_prompt; }
unmark_prompt() { PROMPT=${PROMPT//$'%{\e]633;'[AB]$'\a%}'}; }
precmd_functions+=(first_mark) preexec_functions+=(unmark_prompt)
"#;

/// iTerm2 and VS Code in zsh: mark a prompt that they have not marked, and restore it before a command.
const RESTORES: &str = r#"
mark_prompt() {
    [[ $PROMPT != "$marked" ]] || return
    unmarked=$PROMPT marked=$'%{\e]633;A\a%}'$PROMPT$'%{\e]633;B\a%}'
    PROMPT=$marked
}
unmark_prompt() { PROMPT=$unmarked; }
precmd_functions+=(mark_prompt) preexec_functions+=(unmark_prompt)
"#;

/// A user's own marks in zsh.
const STATIC: &str = r"PROMPT=$'%{\e]633;A\a%}'$PROMPT$'%{\e]633;B\a%}'";

/// VS Code and iTerm2 in fish: a prompt around the prompt, from the first one on.
const AROUND: &str = r#"
function mark_prompt --on-event fish_prompt
    functions -e mark_prompt
    functions -c fish_prompt unmarked_prompt
    function fish_prompt; printf '\e]633;A\a'; unmarked_prompt; printf '\e]633;B\a'; end
end
"#;

/// Ghostty and kitty in bash: mark a prompt that has no marks.
const UNLESS_MARKED: &str = r#"
mark_prompt() { [[ $PS1 == *'633;A'* ]] || PS1='\[\e]633;A\a\]'$PS1'\[\e]633;B\a\]'; }
PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}mark_prompt
"#;

/// WezTerm in bash: takes the marks away and puts them around the prompt anew.
const EACH_TIME: &str = r#"
mark_prompt() { PS1=${PS1//'\[\e]633;'[AB]'\a\]'} PS1='\[\e]633;A\a\]'$PS1'\[\e]633;B\a\]'; }
PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}mark_prompt
"#;

/// A user's own in bash.
const STATIC_IN_BASH: &str = r"PS1='\[\e]633;A\a\]'$PS1'\[\e]633;B\a\]'";

#[test]
fn each_prompt_has_one_mark_at_its_start_and_one_at_its_end() {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    let rebuilds = "rebuild() { PROMPT=$'own$ %{\\e]7777;P;%?\\a%}'; }; precmd_functions+=(rebuild)\n";
    for (shell, terminal) in [
        (Shell::Zsh, LAST),
        (Shell::Zsh, RESTORES),
        (Shell::Zsh, STATIC),
        (Shell::Zsh, &format!("{rebuilds}{LAST}")),
        (Shell::Fish, AROUND),
        (Shell::Bash, UNLESS_MARKED),
        (Shell::Bash, EACH_TIME),
        (Shell::Bash, STATIC_IN_BASH),
    ] {
        if !shell.is_here() {
            continue;
        }
        for (before, after) in [(terminal, ""), ("", terminal)] {
            let mut session = world.start(shell).before(before).after(after).spawn();
            let lines = [
                ("aws-switch work".to_owned(), ""),
                ("true".to_owned(), "(aws:work)"),
                (shell.cd(world.path("in")), "(aws:work)"),
                (shell.cd(world.home()), "(aws:dev)"),
                ("aws-switch --unset".to_owned(), "(aws:work)"),
                ("true".to_owned(), ""),
            ];
            for (line, _) in &lines {
                session.run(line);
            }
            let log = String::from_utf8_lossy(&session.log()).into_owned();
            // The text after each mark; the end of the last prompt may not be there yet.
            let prompts: Vec<&str> = log.split("\x1b]633;A").skip(1).take(lines.len()).collect();
            for (prompt, (line, segment)) in prompts.iter().zip(&lines) {
                let what = format!("{shell:?}: {terminal}: before {line}: {prompt:?}");
                let (prompt, rest) = prompt.split_once("\x1b]633;B").expect(&what);
                assert!(!rest.contains("\x1b]633;"), "{what}");
                assert_eq!(prompt.matches("(aws:").count(), usize::from(!segment.is_empty()), "{what}");
                assert!(prompt.contains(segment), "{what}");
            }
            assert_eq!(log.matches("\x1b]633;A").count(), lines.len() + 1, "{shell:?}: {terminal}: {log:?}");
        }
    }
}
