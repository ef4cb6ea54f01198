//! Reading schema files and folders from disk.

use std::{
    collections::HashSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use super::{SourceFile, natural};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};

/// What the names of schema files end in.
const EXTENSIONS: [&str; 3] = ["sql", "yaml", "yml"];

/// What [`read`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// The schema files, in the order in which they apply.
    pub files: Vec<SourceFile>,
    /// Every file and folder that was looked at: what `cargo::rerun-if-changed` is to name.
    pub watched: Vec<PathBuf>,
}

/// Reads schema files, and folders of them.
///
/// A folder stands for every `*.sql`, `*.yaml` and `*.yml` in it or in a folder within, by path, numbers in names counting as numbers: `2_users.sql`
/// comes before `10_posts.sql`. Hidden files and folders are left out. A file that is named itself is read whatever its
/// extension. A file that is reached twice is read once.
///
/// # Errors
/// For each path that does not exist or cannot be read, each folder without any schema file, and each file that is not UTF-8
/// (with the place of the first byte that is not).
pub fn read(paths: &[PathBuf]) -> Result<Sources, Diagnostics> {
    let mut reader = Reader::default();
    for path in paths {
        reader.read(path);
    }
    if reader.problems.is_empty() {
        Ok(reader.sources)
    } else {
        Err(Diagnostics::new(reader.sources.files, reader.problems))
    }
}

#[derive(Default)]
struct Reader {
    sources: Sources,
    seen: HashSet<PathBuf>,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn read(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.read_folder(path),
            Ok(_) => self.read_file(path),
            Err(error) => self.problems.push(unreadable(path, &error)),
        }
    }

    fn read_folder(&mut self, folder: &Path) {
        let mut found = Vec::new();
        self.search(folder, &mut found);
        if found.is_empty() && self.problems.is_empty() {
            self.problems.push(no_schema_file(folder));
        }
        found.sort_by(|left, right| natural::compare(&display(left), &display(right)));
        for file in found {
            self.read_file(&file);
        }
    }

    /// Adds the schema files in `folder` and below to `found`.
    fn search(&mut self, folder: &Path, found: &mut Vec<PathBuf>) {
        self.sources.watched.push(folder.to_path_buf());
        let entries = match list(folder) {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(unreadable(folder, &error)),
        };
        for path in entries.into_iter().filter(|path| !is_hidden(path)) {
            if path.is_dir() {
                self.search(&path, found);
            } else if is_schema(&path) {
                found.push(path);
            }
        }
    }

    fn read_file(&mut self, path: &Path) {
        if !self
            .seen
            .insert(path.canonicalize().unwrap_or_else(|_| path.to_path_buf()))
        {
            return;
        }
        self.sources.watched.push(path.to_path_buf());
        match fs::read(path) {
            Ok(bytes) => self.decode(path, bytes),
            Err(error) => self.problems.push(unreadable(path, &error)),
        }
    }

    fn decode(&mut self, path: &Path, bytes: Vec<u8>) {
        let file = match String::from_utf8(bytes) {
            Ok(text) => SourceFile::new(display(path), text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let mark = if bytes.starts_with(b"\xef\xbb\xbf") {
                    3
                } else {
                    0
                };
                let span = Span::new(self.sources.files.len(), valid - mark, valid - mark + 3);
                self.problems.push(not_utf8(span, bytes[valid]));
                SourceFile::new(display(path), String::from_utf8_lossy(&bytes))
            }
        };
        self.sources.files.push(file);
    }
}

fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn is_schema(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        EXTENSIONS
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// A path as messages show it: relative to the current folder where it lies within, `/` between folders.
fn display(path: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&current).unwrap_or(path);
    let mut shown = String::new();
    for component in path.components() {
        if component == Component::CurDir {
            continue;
        }
        if !shown.is_empty() && !shown.ends_with('/') {
            shown.push('/');
        }
        match component {
            Component::RootDir => shown.push('/'),
            other => shown.push_str(&other.as_os_str().to_string_lossy()),
        }
    }
    if shown.is_empty() { ".".into() } else { shown }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::error(format!("cannot read `{}`: {reason}", display(path)))
}

fn no_schema_file(folder: &Path) -> Diagnostic {
    Diagnostic::error(format!("no schema file in `{}`", display(folder)))
        .help("schema files are those whose names end in `.sql`, `.yaml` or `.yml`")
}

fn not_utf8(span: Span, byte: u8) -> Diagnostic {
    Diagnostic::error("this file is not valid UTF-8")
        .at(span)
        .label(format!("the first byte that is not: 0x{byte:02x}"))
        .help("save the file as UTF-8")
}
