//! Files of the state folder: read only if plain and small, and replaced as a whole.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process;

/// No more of a file is read: 64 KiB.
const MOST_BYTES: u64 = 64 << 10;

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
    if !opened.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    opened.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes beside the file and renames, so that a reader sees the old or the new, never half. Only
/// what is written `durably` is sure to outlive a crash of the machine.
///
/// # Errors
/// If it cannot be written.
pub fn replace(file: &Path, bytes: &[u8], durably: bool) -> io::Result<()> {
    let mut folders = DirBuilder::new();
    let mut options = OpenOptions::new();
    folders.recursive(true);
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folders.mode(0o700);
        options.mode(0o600);
    }
    if let Some(folder) = file.parent() {
        folders.create(folder)?;
    }
    let new = file.with_extension(format!("new-{}", process::id()));
    let fill = |mut new: File| {
        new.write_all(bytes)?;
        if durably { new.sync_all() } else { Ok(()) }
    };
    let written = options.open(&new).and_then(fill).and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}
