//! How files are read and replaced: only regular files of a bounded size are read, and nobody ever sees half of one
//! that is written.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process;
use std::time::SystemTime;

#[derive(Debug)]
pub enum ReadError {
    Missing,
    /// It is something else: `a directory`, `a pipe` or `a device`.
    NotRegular(&'static str),
    TooLarge,
    Io(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

pub fn read_regular(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let (file, metadata) = open_regular(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or_default() + 1);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Opens a regular file for reading; the metadata are those of the open file.
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
    let file = match options.open(path) {
        // A file server that holds a lease on the file gives it up for an opener that waits.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => File::open(path)?,
        opened => opened?,
    };
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
        _ if metadata.is_dir() => Err(ReadError::NotRegular("a directory")),
        _ if is_pipe => Err(ReadError::NotRegular("a pipe")),
        _ => Err(ReadError::NotRegular("a device")),
    }
}

/// The permissions of a file that [`replace`] writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permissions {
    /// Only the user may read the file, and what is in the directories that are made for it.
    Private,
    /// Everybody may read it and only the user may write it, whatever the umask.
    Readable,
    /// The owner and permissions of the file that it replaces; without one the umask decides.
    Unchanged,
}

/// Writes a new file beside `path` and renames it, so that a reader sees the old content or the new one, and the old
/// one stays after an error. A link at `path` is replaced, never written through. Missing directories are made.
pub fn replace(path: &Path, bytes: &[u8], permissions: Permissions) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // In a container, every process may have the same id.
    let nanoseconds = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |now| now.subsec_nanos());
    name.push(format!(".aws-switch-new-{}-{nanoseconds}", process::id()));
    replace_by(&path.with_file_name(name), path, bytes, permissions)
}

/// Fails if there is anything at `new`: others may write to that directory, and have put a link there.
fn replace_by(new: &Path, path: &Path, bytes: &[u8], permissions: Permissions) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if permissions == Permissions::Private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = open_in_directory(new, &options, permissions)?;
    let written = set_permissions(&file, path, permissions).and_then(|()| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let written = written.and_then(|()| fs::rename(new, path));
    if written.is_err() {
        let _ = fs::remove_file(new);
    }
    written
}

/// Gives a new file the permissions that opening it did not.
fn set_permissions(new: &File, path: &Path, permissions: Permissions) -> io::Result<()> {
    #[cfg(unix)]
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    match (permissions, fs::metadata(path)) {
        #[cfg(unix)]
        (Permissions::Readable, _) => new.set_permissions(fs::Permissions::from_mode(0o644)),
        (Permissions::Unchanged, Ok(old)) => {
            // Root may edit another user's file; nobody else can give one away, nor has to.
            #[cfg(unix)]
            let _ = fchown(new, Some(old.uid()), Some(old.gid()));
            new.set_permissions(old.permissions())
        }
        _ => Ok(()),
    }
}

/// Adds to a private file, at once and whole, so that processes need not wait for each other; fails on one that is
/// larger than `most` bytes already.
pub fn append(path: &Path, bytes: &[u8], most: u64) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
        options.custom_flags(flags.bits().cast_signed()).mode(0o600);
    }
    let mut file = open_in_directory(path, &options, Permissions::Private)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() || metadata.len() > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    file.write_all(bytes)
}

fn open_in_directory(path: &Path, options: &OpenOptions, permissions: Permissions) -> io::Result<File> {
    if let Some(directory) = path.parent() {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        if permissions == Permissions::Private {
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        }
        #[cfg(not(unix))]
        let _ = permissions;
        builder.create(directory)?;
    }
    options.open(path)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn only_a_regular_file_of_a_bounded_size_is_read() {
        let directory = tempfile::tempdir().unwrap();
        let (file, pipe) = (directory.path().join("file"), directory.path().join("pipe"));
        fs::write(&file, "1234").unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(read_regular(&file, 4).unwrap(), b"1234");
        assert!(matches!(read_regular(&file, 3), Err(ReadError::TooLarge)));
        for (path, what) in [(directory.path(), "a directory"), (&pipe, "a pipe"), (Path::new("/dev/null"), "a device")]
        {
            let error = read_regular(path, 4).unwrap_err();
            assert!(matches!(error, ReadError::NotRegular(found) if found == what), "{error:?}");
        }
        for missing in [directory.path().join("none"), file.join("none")] {
            assert!(matches!(read_regular(&missing, 4), Err(ReadError::Missing)));
        }
    }

    #[test]
    fn a_replaced_file_has_the_permissions_that_were_asked_for() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("new").join("file");
        let replace = |permissions| replace(&file, b"x", permissions).unwrap();
        replace(Permissions::Private);
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
        replace(Permissions::Readable);
        assert_eq!(mode(&file), 0o644);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o751)).unwrap();
        replace(Permissions::Unchanged);
        assert_eq!(mode(&file), 0o751);
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_link_is_replaced_and_its_target_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let (target, link) = (directory.path().join("target"), directory.path().join("link"));
        fs::write(&target, "old").unwrap();
        symlink(&target, &link).unwrap();
        replace(&link, b"new", Permissions::Readable).unwrap();
        assert!(!link.is_symlink());
        assert_eq!((fs::read(&target).unwrap(), fs::read(&link).unwrap()), (b"old".to_vec(), b"new".to_vec()));
    }

    #[test]
    fn nothing_is_written_through_a_link_that_somebody_else_put_there() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name| directory.path().join(name);
        fs::write(path("target"), "old").unwrap();
        for to in ["target", "missing"] {
            symlink(path(to), path("link")).unwrap();
            replace_by(&path("link"), &path("file"), b"new", Permissions::Readable).unwrap_err();
            append(&path("link"), b"new", 10).unwrap_err();
            fs::remove_file(path("link")).unwrap();
        }
        assert_eq!(fs::read(path("target")).unwrap(), b"old");
        assert!(!path("missing").exists() && !path("file").exists());
    }
}
