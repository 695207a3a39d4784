//! Files of the state folder: read only if plain and small, and replaced as a whole.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::paths;

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// There is none.
    Missing,
    /// It is something else: `a folder`, `a pipe` or `a device`.
    NotRegular(#[allow(dead_code, reason = "for the readers of the AWS files")] &'static str),
    /// It is larger than the caller takes.
    TooLarge,
    /// The system's own error.
    Io(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        if paths::is_absence(&error) { Self::Missing } else { Self::Io(error) }
    }
}

/// Reads a regular file of at most `most` bytes.
///
/// # Errors
/// If there is none, or it cannot be read.
pub fn read_regular(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let (file, metadata) = open_regular(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or_default() + 1);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Opens a regular file for reading; the metadata are those of the open file.
///
/// # Errors
/// If there is none, or it cannot be opened.
pub fn open_regular(path: &Path) -> Result<(File, Metadata), ReadError> {
    // To open a device may have effects of its own.
    check_regular(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe that took the file's place since does not hang; it is found out below.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    check_regular(&metadata)?;
    Ok((file, metadata))
}

fn check_regular(metadata: &Metadata) -> Result<(), ReadError> {
    #[cfg(unix)]
    let is_pipe = std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type());
    #[cfg(not(unix))]
    let is_pipe = false;
    match metadata {
        _ if metadata.is_file() => Ok(()),
        _ if metadata.is_dir() => Err(ReadError::NotRegular("a folder")),
        _ if is_pipe => Err(ReadError::NotRegular("a pipe")),
        _ => Err(ReadError::NotRegular("a device")),
    }
}

/// No more of a file is read: 64 KiB.
const MOST_BYTES: u64 = 64 << 10;

/// How long a process waits for those that write at the same moment.
const PATIENCE: Duration = Duration::from_secs(2);

/// What stands at the start of a regular file; nothing else is opened for long, as a FIFO would hang.
///
/// # Errors
/// If it is none, or cannot be read.
pub fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let opened = options.open(file)?;
    let found = opened.metadata()?;
    if !found.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // A byte more than there should be saves asking whether that was all.
    let mut bytes = Vec::with_capacity(usize::try_from(found.len().min(MOST_BYTES)).unwrap_or_default() + 1);
    opened.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Adds to a plain file of at most `most` bytes, at once and whole, so that nobody need wait for anybody. It says
/// whether the file was one, or could be made.
///
/// # Errors
/// If it cannot be written.
pub fn append(file: &Path, bytes: &[u8], most: u64) -> io::Result<bool> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
        options.custom_flags(flags.bits().cast_signed()).mode(0o600);
    }
    let Ok(mut opened) = in_folder(file.parent(), || options.open(file)) else { return Ok(false) };
    let found = opened.metadata()?;
    if !found.is_file() || found.len() > most {
        return Ok(false);
    }
    opened.write_all(bytes).map(|()| true)
}

/// Does something while no other process does it for this folder, for as long as one may wait; a process that
/// holds it longer has been stopped, and keeps nobody from going on.
pub fn alone(folder: &Path, act: impl FnOnce()) {
    let lock = in_folder(Some(folder), || open_lock(folder));
    let _held = lock.ok().and_then(|lock| match lock.try_lock() {
        // The system lets those that wait go on in their order; to try again and again, some never would.
        Err(TryLockError::WouldBlock) => {
            let (sender, receiver) = mpsc::channel();
            let wait = move || lock.lock().map(|()| sender.send(lock));
            thread::Builder::new().spawn(wait).ok()?;
            receiver.recv_timeout(PATIENCE).ok()
        }
        _ => Some(lock),
    });
    act();
}

/// Writes beside the file and renames, so that a reader sees the old or the new, never half. Only
/// what is written `durably` is sure to outlive a crash of the machine.
///
/// # Errors
/// If it cannot be written.
pub fn replace(file: &Path, bytes: &[u8], durably: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let new = file.with_extension(format!("new-{}", process::id()));
    let fill = |mut new: File| {
        new.write_all(bytes)?;
        if durably { new.sync_all() } else { Ok(()) }
    };
    let opened = in_folder(file.parent(), || options.open(&new));
    let written = opened.and_then(fill).and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

/// Opens what is in a folder, which is made, for the user alone, if it is missing.
fn in_folder(folder: Option<&Path>, open: impl Fn() -> io::Result<File>) -> io::Result<File> {
    let opened = open();
    match (&opened, folder) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            let mut folders = DirBuilder::new();
            folders.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
            folders.create(folder)?;
            open()
        }
        _ => opened,
    }
}

/// The folder itself, which leaves nothing beside what is kept.
#[cfg(unix)]
fn open_lock(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// A file in it, as folders cannot be locked here.
#[cfg(not(unix))]
fn open_lock(folder: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).open(folder.join("lock"))
}
