use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Instant, SystemTime};

use super::*;

/// Removed when the test ends.
struct TestDirectory(PathBuf);

impl TestDirectory {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("aws-switch-files-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A file last changed some seconds ago.
    fn file(&self, name: &str, text: &str, age: u64) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        let changed = SystemTime::now() - Duration::from_secs(age);
        File::options().write(true).open(&path).unwrap().set_modified(changed).unwrap();
        path
    }
}

impl Drop for TestDirectory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn load(path: &Path) -> AwsFile {
    AwsFile::read(Some(path.to_owned()), "AWS_SWITCH_TEST_UNSET")
}

#[test]
fn a_file_is_read_and_one_that_is_switched_off_is_not() {
    let directory = TestDirectory::new();
    let file = load(&directory.file("a", "x", 60));
    assert_eq!((file.text.as_deref(), file.unread, file.undecoded), (Some("x"), None, vec![]));
    assert_eq!(AwsFile::read(None, "AWS_SWITCH_TEST_UNSET").text, None);
}

#[test]
fn what_is_missing_or_a_device_is_no_file_and_a_directory_is_reported() {
    let directory = TestDirectory::new();
    let plain = directory.file("file", "x", 60);
    for path in [directory.0.join("missing"), plain.join("below"), "/dev/null".into()] {
        let file = load(&path);
        assert!(file.text.is_none() && file.unread.is_none(), "{}", path.display());
    }
    let file = load(&directory.0);
    assert!(file.text.is_none());
    let problem = file.unread.unwrap();
    assert_eq!((problem.code, &*problem.fix), ("no-regular-file", "replace it with a file"));
}

#[cfg(unix)]
#[test]
fn a_fifo_does_not_hang() {
    let directory = TestDirectory::new();
    let path = directory.0.join("fifo");
    if std::process::Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()) {
        assert!(load(&path).text.is_none());
    }
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_reported_in_words() {
    let directory = TestDirectory::new();
    let path = directory.0.join("loop");
    std::os::unix::fs::symlink(&path, &path).unwrap();
    let Diagnostic { code, message, .. } = load(&path).unread.unwrap();
    assert_eq!(code, "unreadable-file");
    assert!(message.starts_with("the file cannot be read: ") && !message.contains("os error"), "{message}");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let directory = TestDirectory::new();
    let path = directory.file("large", "", 60);
    File::options().write(true).open(&path).unwrap().set_len(LARGEST + 1).unwrap();
    assert_eq!(load(&path).unread.unwrap().code, "file-too-large");
}

#[test]
fn an_old_empty_file_is_not_waited_for() {
    let directory = TestDirectory::new();
    let path = directory.file("empty", "", 60);
    let fastest = (0..20).map(|_| {
        let start = Instant::now();
        assert_eq!(load(&path).text.unwrap(), "");
        start.elapsed()
    });
    assert!(fastest.min().unwrap() < PAUSE);
}

#[test]
fn a_file_that_a_writer_has_just_emptied_is_read_again() {
    let directory = TestDirectory::new();
    let path = directory.0.join("written");
    // The writer has to come within the pause, which a busy machine may miss.
    let seen = (0..50).any(|_| {
        fs::write(&path, "").unwrap();
        let writer = {
            let path = path.clone();
            thread::spawn(move || {
                thread::sleep(PAUSE / 5);
                fs::write(path, "x").unwrap();
            })
        };
        let seen = load(&path).text.unwrap() == "x";
        writer.join().unwrap();
        seen
    });
    assert!(seen);
}

/// Writes half of a file, then `more` each time after this pause, as often.
fn write_on(path: &Path, pause: Duration, times: u32) -> thread::JoinHandle<()> {
    let mut file = File::create(path).unwrap();
    file.write_all(b"[profile a]\n").unwrap();
    thread::spawn(move || {
        for _ in 0..times {
            thread::sleep(pause);
            file.write_all(b"[profile b]\n").unwrap();
        }
    })
}

#[test]
fn the_other_half_of_a_file_is_waited_for() {
    let directory = TestDirectory::new();
    let path = directory.0.join("written");
    // The writer has to go on within JUST_NOW, which a busy machine may miss.
    let seen = (0..50).any(|_| {
        let writer = write_on(&path, PAUSE, 1);
        let seen = load(&path).text.unwrap();
        writer.join().unwrap();
        seen == "[profile a]\n[profile b]\n"
    });
    assert!(seen);
}

#[test]
fn a_file_that_is_written_all_the_time_is_reported() {
    let directory = TestDirectory::new();
    let path = directory.0.join("written");
    let is_reported = (0..50).any(|_| {
        let writer = write_on(&path, PAUSE / 5, 200);
        let unread = load(&path).unread;
        writer.join().unwrap();
        unread.is_some_and(|problem| problem.code == "file-in-flux")
    });
    assert!(is_reported);
}
