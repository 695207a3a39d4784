//! The list that `aws-switch` alone opens: its drawing, its end, and the recent profiles.

mod drawing;
mod ending;
mod keyboard;
mod recent;
#[cfg(target_os = "linux")]
mod signals;

use crate::common::{Session, World};

/// Types a line that opens the list, and waits until it shows this.
fn open(session: &Session, line: &str, shown: &str) {
    session.keys(format!("{line}\r"));
    session.wait(shown, |display| display.text().contains(shown).then_some(()));
}

/// Types into the list, and waits until it shows this.
fn type_in(session: &Session, text: &str, shown: &str) {
    session.keys(text);
    session.wait(shown, |display| display.text().contains(shown).then_some(()));
}

/// Leaves the list, and comes to the next prompt.
fn leave(session: &mut Session) {
    session.keys("\u{1b}");
    assert_eq!(session.wait_prompt(), 130, "{:?}", session.shell());
}

/// A few profiles of all kinds.
fn world() -> World {
    let world = World::new();
    world.config(
        "[profile work]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 123456789012\n\
         sso_role_name = AdministratorAccess\n[profile acme-prod]\nregion = us-east-1\n\
         role_arn = arn:aws:iam::310987654321:role/deploy\nsource_profile = work\n[profile 日本]\n\
         [profile a-name-that-goes-on-and-on-and-on-beyond-all]\n[profile dev-two]\n[profile dev]\n\
         [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n",
    );
    world.log_in_to_corp();
    world
}
