//! Ignored and allowed files.

use super::cell::{Cell, INNER, OUTER};
use super::shell_words as words;
use crate::common::walk::one_line;

pub fn ignored_inside(cell: &Cell) {
    let mut walk = cell.walk();
    let path = cell.shell.quote(&cell.shell.path(cell.world.path(INNER)));
    walk.ok(&format!("aws-switch deny {path}"));
    walk.goes("outer", OUTER, "outer");
    // The base is active, never the profile of the outer file.
    walk.goes("outer/inner", INNER, "base");
    walk.goes_silently("outer/inner/deep", "base");
    walk.goes("outer/deep", OUTER, "outer");
    walk.goes("outer/inner", INNER, "base");
    walk.goes_silently("plain", "base");
    walk.goes("outer/inner", INNER, "base");
    walk.ok("aws-switch other");
    walk.goes_silently("outer/inner/deep", "other");
    walk.goes("outer", OUTER, "outer");
    walk.goes("outer/inner", INNER, "other");
}

pub fn invalid_files(cell: &Cell) {
    let file = "bad/.awsprofile";
    let long = format!("outer\n{}", "# filler\n".repeat(1000));
    cell.world.write(file, "");
    let mut walk = cell.walk();
    walk.goes("bad", file, "base");
    for content in ["nobody\n", "\n# a\n", "outer\nr\nx\n", "outer\0\n", "../outer\n", &long, "$(touch x)\n"] {
        cell.world.write(file, content);
        walk.reports("", file, "base");
    }
    cell.world.write(file, "outer");
    walk.reports("", file, "outer");
    std::fs::remove_file(cell.world.path(file)).unwrap();
    cell.world.dir(file);
    walk.reports("", file, "base");
    assert!(!cell.world.path("x").exists());
}

pub fn pin(cell: &Cell) {
    let file = "plain/.awsprofile";
    let mut walk = cell.walk();
    walk.goes_silently("plain", "base");
    let shown = cell.shell.below_home(file);
    assert_eq!(walk.ok("aws-switch pin work"), format!("aws-switch: pinned work ({shown})"));
    walk.stays_active("pin", "work");
    assert_eq!(std::fs::read_to_string(cell.world.path(file)).unwrap(), "work\n");
    walk.goes("", file, "base");
    walk.goes("plain", file, "work");
    walk.ok("aws-switch pin acme-prod");
    walk.stays_active("a protected profile is allowed by its own pin", "acme-prod");
    assert_eq!(walk.ok("aws-switch pin --remove"), format!("aws-switch: removed {shown}; back to base"));
    walk.stays_active("pin --remove", "base");
    let output = walk.run("aws-switch pin --remove");
    one_line(&output.text);
    assert!(output.status == 1 && output.text.contains("error: no .awsprofile in ~"), "{}", output.text);
    assert!(!cell.world.path(file).exists());
    walk.ok("aws-switch pin");
    walk.stays_active("pin", "base");
    assert_eq!(std::fs::read_to_string(cell.world.path(file)).unwrap(), "base\n");
}

pub fn deny_then_allow(cell: &Cell) {
    let mut walk = cell.walk();
    walk.goes("outer/deep", OUTER, "outer");
    let shown = cell.shell.below_home(OUTER);
    assert_eq!(walk.ok("aws-switch deny"), format!("aws-switch: denied {shown}; back to base"));
    walk.stays_active("deny", "base");
    for content in ["inner", "outer"] {
        // A denial is for every content.
        cell.world.write(OUTER, content);
        walk.ok("");
        walk.stays_active("an edit", "base");
    }
    walk.goes_silently("plain", "base");
    walk.goes("outer", OUTER, "base");
    let output = walk.run("aws-switch auto");
    assert_eq!(output.status, 4, "{}", output.text);
    walk.stays_active("auto", "base");
    assert_eq!(walk.ok("aws-switch allow"), format!("aws-switch: trusted {shown}; outer is active"));
    walk.stays_active("allow", "outer");
    walk.goes("plain", OUTER, "base");
    let path = cell.shell.quote(&cell.shell.path(cell.world.path("outer")));
    walk.ok(&format!("aws-switch deny {path}"));
    walk.goes("outer", OUTER, "base");
}

pub fn protected_profile(cell: &Cell) {
    let file = "prod/.awsprofile";
    cell.world.write(file, "acme-prod");
    let mut walk = cell.walk();
    let wanted = format!(
        "aws-switch: warning: ignored {}: acme-prod is protected; run 'aws-switch allow' to trust it (base stays active)",
        cell.shell.below_home(file)
    );
    assert_eq!(walk.ok(&walk.cd("prod")), wanted);
    walk.stays_active("an ignored file", "base");
    walk.ok("aws-switch allow");
    walk.stays_active("allow", "acme-prod");
    walk.goes("plain", file, "base");
    walk.goes("prod", file, "acme-prod");
    // `allow` trusted the content that the file had.
    cell.world.write(file, "acme-prod\neu-west-1");
    walk.reports(words::nothing(cell.shell), file, "base");
}

pub fn auto_trusted(cell: &Cell) {
    let mut walk = cell
        .walk_in(cell.start().env("AWS_PROFILE", "base").before(&cell.shell.set_local("AWS_SWITCH_AUTO", "trusted")));
    walk.goes("outer", OUTER, "base");
    walk.ok("aws-switch allow");
    walk.stays_active("allow", "outer");
    walk.goes("outer/inner", INNER, "base");
    walk.goes("outer/deep", OUTER, "outer");
    cell.world.write(OUTER, "other\n");
    walk.reports("", OUTER, "base");
}

pub fn expected_account(cell: &Cell) {
    let account = |name: &str, id: &str| {
        format!("[profile {name}]\nrole_arn = arn:aws:iam::{id}:role/x\ncredential_source = Ec2InstanceMetadata\n")
    };
    cell.world.config(&format!(
        "[profile base]\n[profile unknown]\ncredential_process = x\n{}{}",
        account("work", "111122223333"),
        account("acme-prod", "777788889999")
    ));
    let file = "plain/.awsprofile";
    cell.world.write(file, "work\n777788889999\n");
    let mut walk = cell.walk();
    let ignored = format!(
        "aws-switch: warning: ignored {}: work belongs to account 111122223333, and the file expects account \
         777788889999; correct the profile or the account in the file (base stays active)",
        cell.shell.below_home(file)
    );
    assert_eq!(walk.ok(&walk.cd("plain")), ignored);
    walk.stays_active("a wrong account", "base");
    assert_eq!(walk.run("aws-switch auto").status, 4);
    walk.ok("aws-switch allow");
    walk.stays_active("allow does not make the account right", "base");
    for content in ["work\n111122223333\n", "unknown\neu-west-1\n111122223333\n"] {
        let profile = content.lines().next().unwrap();
        cell.world.write(file, content);
        walk.reports(words::nothing(cell.shell), file, profile);
    }
    let shown = cell.shell.below_home(file);
    let pinned = walk.ok("aws-switch pin work -r us-east-2 --account");
    assert_eq!(pinned, format!("aws-switch: pinned work in us-east-2 for account 111122223333 ({shown})"));
    assert_eq!(std::fs::read_to_string(cell.world.path(file)).unwrap(), "work\nus-east-2\n111122223333\n");
    walk.stays_active("pin", "work");
    assert_eq!(walk.var("AWS_REGION").as_deref(), Some("us-east-2"));
}
