//! The files that plugin managers source from the repository's root: loaded, used and unloaded.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::pty::MUCH_PATIENCE;
use crate::common::{Session, Shell, World, skip};

/// A file of the repository, in the directory of a plugin manager.
fn cloned(world: &World, file: &str) -> PathBuf {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the file is there");
    world.write(format!("plug ins/it's 'aws-switch'/{file}"), text)
}

fn world() -> World {
    let world = World::new();
    world.config("[profile work]\n[profile dev]\n");
    world.write("in/.awsprofile", "dev\n");
    world
}

#[track_caller]
fn use_every_feature(session: &mut Session, world: &World, what: &str) {
    assert_eq!(session.screen(), "test$", "{what}");
    session.ok("aws-switch work");
    assert_eq!(session.prompt(), "(aws:work) test$", "{what}");
    let cd = session.shell().cd(world.path("in"));
    session.ok(&cd);
    assert_eq!(session.prompt(), "(aws:dev) test$", "{what}");
    session.keys("aws-switch wo\t");
    session.submit();
    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "{what}");
}

#[test]
fn the_zsh_plugin_loads_in_every_way_that_managers_load_one() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = world();
    let plugin = Shell::Zsh.quote(cloned(&world, "aws-switch.plugin.zsh").to_str().expect("UTF-8"));
    for load in [
        format!("source {plugin}"),
        format!("ZERO={plugin} source {plugin}"),
        format!("load() {{ emulate -L zsh; source $1 }}; load {plugin}"),
        format!("load() {{ ZERO=$1; eval \"$(<$1)\" }}; load {plugin}"),
        format!("source {plugin}; source {plugin}"),
        format!("setopt no_function_argzero err_return no_unset; source {plugin}; unsetopt err_return"),
    ] {
        let mut session = world.start(Shell::Zsh).before(Shell::Zsh.completion_setup()).integration(&load).spawn();
        use_every_feature(&mut session, &world, &load);
    }
}

#[test]
fn unloading_the_zsh_plugin_removes_everything() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = world();
    let plugin = Shell::Zsh.quote(cloned(&world, "aws-switch.plugin.zsh").to_str().expect("UTF-8"));
    let mut session =
        world.start(Shell::Zsh).before(Shell::Zsh.completion_setup()).integration(&format!("source {plugin}")).spawn();
    use_every_feature(&mut session, &world, "before");
    assert_eq!(session.ok("aws-switch_plugin_unload"), "");
    assert_eq!(session.prompt(), "test$");
    assert_eq!(session.var("AWS_PROFILE").as_deref(), Some("work"), "the profile stays");
    let left = "print -rC1 -- ${(k)functions[(I)*aws?switch*]} ${(k)parameters[(I)*(aws_switch|AWS_SWITCH)*]} \
                $precmd_functions[(r)*aws*] $chpwd_functions[(r)*aws*] $preexec_functions[(r)*aws*] ${(k)_comps[(I)aws-switch]}";
    assert_eq!(session.ok(left), "");
    // A manager may load it again.
    session.ok(&format!("source {plugin}"));
    session.ok("aws-switch dev");
    assert_eq!(session.prompt(), "(aws:dev) test$");
}

#[test]
fn the_zsh_script_works_with_popular_plugins() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = world();
    for name in ["zsh-autosuggestions", "zsh-syntax-highlighting"] {
        let Some(file) = ["/usr/share", "/usr/share/zsh/plugins"]
            .map(|directory| PathBuf::from(format!("{directory}/{name}/{name}.zsh")))
            .into_iter()
            .find(|file| file.exists())
        else {
            skip(&format!("{name} is not installed, nothing ran beside it"));
            continue;
        };
        let plugin = format!("source {}", file.display());
        let first = Shell::Zsh.completion_setup();
        for (before, after) in [(format!("{first}; {plugin}"), ""), (first.to_owned(), plugin.as_str())] {
            let mut session = world.start(Shell::Zsh).before(&before).after(after).spawn();
            use_every_feature(&mut session, &world, &format!("{name}: {before}"));
        }
    }
}

#[test]
fn the_fish_package_loads() {
    if !Shell::Fish.is_here() {
        return;
    }
    let world = world();
    let file = Shell::Fish.quote(cloned(&world, "init.fish").to_str().expect("UTF-8"));
    let mut session = world.start(Shell::Fish).integration(&format!("source {file}")).spawn();
    use_every_feature(&mut session, &world, "init.fish");
}

#[test]
fn without_the_helper_nothing_is_loaded_and_nothing_printed() {
    let world = world();
    world.remove_program("aws-switch");
    for (shell, file) in [(Shell::Zsh, "aws-switch.plugin.zsh"), (Shell::Fish, "init.fish")] {
        if !shell.is_here() {
            continue;
        }
        let file = shell.quote(cloned(&world, file).to_str().expect("UTF-8"));
        let mut session = world.start(shell).integration(&format!("source {file}")).spawn();
        assert_eq!(session.screen(), "test$", "{shell:?}");
        assert_ne!(session.run("aws-switch work").status, 0, "{shell:?}");
    }
}

#[test]
fn loaded_at_a_prompt_the_integration_shows_the_directory_profile_there() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let world = World::new();
    world.config("[profile work]\n");
    world.write("in/.awsprofile", "work\n");
    // As zinit's turbo mode does.
    let later = format!("zmodload zsh/sched; load_later() {{ {}; }}; sched +1 load_later", Shell::Zsh.init_line());
    let mut session = world.start(Shell::Zsh).dir(world.path("in")).integration(&later).spawn();
    session.wait_for("\naws-switch: work is active (~/in/.awsprofile)\n", MUCH_PATIENCE);
    session.wait_line("(aws:work) test$");
    session.ok("true");
    assert_eq!(session.prompt(), "(aws:work) test$");
}
