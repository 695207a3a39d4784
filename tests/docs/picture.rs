//! The README's picture: recorded from a real zsh, and compared with what the product prints. `docs/record` updates it.
//! Only on Linux are the paths of temporary directories short enough not to wrap lines.

use std::fs;
use std::path::Path;

use super::svg::{self, DARK, LIGHT, Shot};
use crate::common::{Session, Shell, World};

const CONFIG: &str = "[default]
region = eu-central-1

[profile work]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = eu-west-1

[profile acme-dev]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = work
region = us-east-1

[profile acme-prod]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = work
region = us-east-1

[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
";
const SIZE: (u16, u16) = (24, 80);

/// The home in the picture; the real one has a new name each time.
const HOME: &str = "/home/me";

fn shot(session: &Session, world: &World) -> Shot {
    session.look(|display| svg::shot(display.screen(), world.home().to_str().unwrap(), HOME))
}

fn record() -> Vec<Shot> {
    let world = World::new();
    world.config(CONFIG);
    world.log_in_to_corp();
    world.write("infra/.awsprofile", "acme-dev\n");
    let prompt = format!("PROMPT=$'%~ $ {}'", Shell::Zsh.prompt_mark());
    let start = world.start(Shell::Zsh).before(Shell::Zsh.completion_setup()).after(&prompt);
    let mut session = start.size(SIZE.0, SIZE.1).spawn();
    session.keys("aws-switch \t");
    session.wait_for("work       --", crate::common::pty::PATIENCE);
    // zsh draws the list first, and then moves the cursor back.
    let typed = u16::try_from("~ $ aws-switch ".len()).unwrap();
    session.wait("the cursor", |display| (display.screen().cursor_position() == (0, typed)).then_some(()));
    let candidates = shot(&session, &world);
    session.keys("wo\t");
    session.wait_line("~ $ aws-switch work");
    session.submit();
    for line in ["cd infra && aws-switch current --name", "cd", "aws-switch acme-prod"] {
        session.run(line);
    }
    vec![candidates, shot(&session, &world)]
}

#[test]
fn the_readmes_picture_is_what_a_terminal_shows() {
    if !Shell::Zsh.is_here() {
        return;
    }
    let shots = record();
    for (name, palette) in [("light.svg", &LIGHT), ("dark.svg", &DARK)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/picture").join(name);
        let drawn = svg::draw(&shots, SIZE.1, palette);
        assert!(!drawn.contains("aws-switch-test-"), "a path was broken by the edge");
        if std::env::var_os("AWS_SWITCH_RECORD").is_some() {
            fs::write(&file, drawn).unwrap();
            continue;
        }
        let committed = fs::read_to_string(&file).unwrap();
        assert!(committed == drawn, "{name} is stale: run docs/record\n{}", svg::text(&shots));
    }
}
