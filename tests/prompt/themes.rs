//! Themes that can show the profile: it stands once in the prompt, whether they do or not.

use crate::common::{Shell, World};

#[test]
fn a_theme_that_can_show_the_profile_shows_it_or_leaves_it_to_the_segment() {
    let world = World::new();
    world.config("[profile work]\n");
    let agnoster = "setopt prompt_subst\n\
                    prompt_aws() { [[ -z $AWS_PROFILE || ${SHOW_AWS_PROMPT-} == false ]] || print -n \"AWS: $AWS_PROFILE \" }\n\
                    build_prompt() { prompt_aws }\nPROMPT='$(build_prompt)'$PROMPT";
    let tide = |items: &str| {
        format!(
            "set -g _tide_right_items {items}; functions -c fish_prompt _tide_plain\n\
             function fish_prompt; _tide_plain; end"
        )
    };
    let pure = |enabled: bool| {
        format!(
            "set -g pure_enable_aws_profile {enabled}; functions -c fish_prompt _pure_prompt\n\
             function fish_prompt; _pure_prompt; end"
        )
    };
    let full_line = "functions -c fish_prompt _plain\n\
        function fish_prompt; string repeat -n $COLUMNS .; _plain; end";
    let liquidprompt = "_lp_aws_profile() { :; }";
    for (shell, theme, shown) in [
        (Shell::Zsh, agnoster.to_owned(), "AWS: work test$"),
        (Shell::Zsh, format!("SHOW_AWS_PROMPT=false\n{agnoster}"), "(aws:work) test$"),
        (Shell::Zsh, "build_prompt() { prompt_aws }".to_owned(), "(aws:work) test$"),
        (Shell::Zsh, liquidprompt.to_owned(), "test$"),
        (Shell::Zsh, format!("LP_ENABLE_AWS_PROFILE=0\n{liquidprompt}"), "(aws:work) test$"),
        (Shell::Fish, full_line.to_owned(), "(aws:work) test$"),
        (Shell::Fish, tide("git aws"), "test$"),
        (Shell::Fish, tide("git aws").replace("right", "left"), "test$"),
        (Shell::Fish, tide("git"), "(aws:work) test$"),
        (Shell::Fish, pure(true), "test$"),
        (Shell::Fish, pure(false), "(aws:work) test$"),
    ] {
        if !shell.is_here() {
            continue;
        }
        for (before, after) in [(theme.as_str(), ""), ("", theme.as_str())] {
            let mut session = world.start(shell).before(before).after(after).spawn();
            session.ok("aws-switch work");
            assert_eq!(session.prompt(), shown, "{shell:?}: {theme}");
            session.ok("true");
            assert_eq!(session.prompt(), shown, "{shell:?}: {theme}");
        }
    }
}
