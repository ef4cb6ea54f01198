//! Reading schema files and folders from disk.

use std::{
    collections::HashMap,
    fs, io,
    path::{Component, Path, PathBuf},
};

use super::{
    SourceFile,
    folder::Folder,
    migrations::{self, MigrationTool, Sections},
    natural,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Severity, Span},
    yaml::is_yaml,
};

/// What the names of schema files end in.
const EXTENSIONS: [&str; 3] = ["sql", "yaml", "yml"];

/// How a file in UTF-16 begins.
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// Where schema files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A schema file, or a folder of them. A folder of migrations within is recognised where the names in it, or the marks that a
    /// tool reads, say which tool it is of.
    Schema(PathBuf),
    /// A folder of migrations. Where its tool is not said, it has to be recognised.
    Migrations(PathBuf, Option<MigrationTool>),
}

impl From<PathBuf> for Place {
    fn from(path: PathBuf) -> Self {
        Place::Schema(path)
    }
}

impl Place {
    /// The file or the folder.
    pub fn path(&self) -> &Path {
        match self {
            Place::Schema(path) | Place::Migrations(path, _) => path,
        }
    }
}

/// What [`read`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// The schema files, in the order in which they apply.
    pub files: Vec<SourceFile>,
    /// Every file and folder that was looked at: what `cargo::rerun-if-changed` is to name.
    pub watched: Vec<PathBuf>,
    /// What was left out, and other things to know; no errors.
    pub warnings: Vec<Diagnostic>,
}

/// Reads schema files, and folders of them.
///
/// A folder stands for every `*.sql`, `*.yaml` and `*.yml` in it or in a folder within, by path, numbers in names counting as numbers: `2_users.sql`
/// comes before `10_posts.sql`. A folder of migrations stands for those of its files that lead up, in the order of its tool; the YAML
/// files beside them say more. Hidden files and folders are left out. A file that is named itself is read whatever its
/// extension. A file that is reached twice is read once.
///
/// # Errors
/// For each path that does not exist or cannot be read, each folder without any schema file, each file that is not UTF-8
/// (with the place of the first byte that is not; what dumps hold between their declarations may be anything), and each migration that its tool would refuse.
pub fn read<P: Clone + Into<Place>>(places: &[P]) -> Result<Sources, Diagnostics> {
    let mut reader = Reader::default();
    for place in places {
        reader.read(&place.clone().into());
    }
    let (errors, warnings) = reader
        .problems
        .into_iter()
        .partition::<Vec<_>, _>(|problem| problem.severity == Severity::Error);
    if errors.is_empty() {
        reader.sources.warnings = warnings;
        Ok(reader.sources)
    } else {
        Err(Diagnostics::new(reader.sources.files, errors))
    }
}

#[derive(Default)]
struct Reader {
    sources: Sources,
    /// The files that were read, by their real path; nothing for those that could not be.
    seen: HashMap<PathBuf, Option<usize>>,
    problems: Vec<Diagnostic>,
}

/// What a folder has to be read from.
enum Found {
    File(PathBuf),
    Migrations(Folder, MigrationTool),
}

impl Found {
    fn path(&self) -> &Path {
        match self {
            Found::File(path) => path,
            Found::Migrations(folder, _) => folder.path(),
        }
    }
}

impl Reader {
    fn read(&mut self, place: &Place) {
        let path = place.path();
        match (fs::metadata(path), place) {
            (Err(error), _) => self.problems.push(unreadable(path, &error)),
            (Ok(metadata), Place::Schema(_)) if metadata.is_dir() => self.read_folder(path),
            (Ok(_), Place::Schema(_)) => self.read_file(path, None),
            (Ok(metadata), Place::Migrations(..)) if !metadata.is_dir() => {
                self.problems.push(no_folder(path));
            }
            (Ok(_), Place::Migrations(_, tool)) => self.read_named_migrations(path, *tool),
        }
    }

    fn read_folder(&mut self, folder: &Path) {
        let mut found = Vec::new();
        self.search(folder, &mut found);
        if found.is_empty() && self.problems.is_empty() {
            self.problems.push(no_schema_file(folder));
        }
        found
            .sort_by(|left, right| natural::compare(&display(left.path()), &display(right.path())));
        for found in found {
            match found {
                Found::File(path) => self.read_file(&path, None),
                Found::Migrations(folder, tool) => self.read_migrations(&folder, tool),
            }
        }
    }

    /// Adds the schema files in `folder` and below to `found`.
    fn search(&mut self, folder: &Path, found: &mut Vec<Found>) {
        let Some(listed) = self.list(folder) else {
            return;
        };
        if let Some(tool) = migrations::recognise(&listed, false) {
            return found.push(Found::Migrations(listed, tool));
        }
        for path in listed.files().iter().filter(|path| is_schema(path)) {
            found.push(Found::File(path.clone()));
        }
        for inner in listed.folders() {
            self.search(inner, found);
        }
    }

    fn list(&mut self, folder: &Path) -> Option<Folder> {
        self.sources.watched.push(folder.to_path_buf());
        let listed = Folder::list(folder);
        listed
            .map_err(|error| self.problems.push(unreadable(folder, &error)))
            .ok()
    }

    fn read_named_migrations(&mut self, folder: &Path, tool: Option<MigrationTool>) {
        let Some(listed) = self.list(folder) else {
            return;
        };
        match tool.or_else(|| migrations::recognise(&listed, true)) {
            Some(tool) => self.read_migrations(&listed, tool),
            None => self.problems.push(unknown_tool(folder)),
        }
    }

    fn read_migrations(&mut self, folder: &Folder, tool: MigrationTool) {
        let arranged = migrations::arrange(folder, tool, display);
        for path in &arranged.files {
            let is_sql = path.extension().is_some_and(|extension| extension == "sql");
            self.read_file(path, tool.sections().filter(|_| is_sql));
        }
        let seen = &self.seen;
        let number = |path: &Path| seen.get(&real(path)).copied().flatten();
        let problems = arranged.problems.into_iter();
        let placed = problems.map(|problem| problem.placed(number));
        self.problems.extend(placed);
    }

    fn read_file(&mut self, path: &Path, sections: Option<Sections>) {
        if self.seen.contains_key(&real(path)) {
            return;
        }
        self.sources.watched.push(path.to_path_buf());
        let number = match fs::read(path) {
            Ok(bytes) => {
                self.decode(path, &bytes, sections);
                Some(self.sources.files.len() - 1)
            }
            Err(error) => {
                self.problems.push(unreadable(path, &error));
                None
            }
        };
        self.seen.insert(real(path), number);
    }

    fn decode(&mut self, path: &Path, bytes: &[u8], sections: Option<Sections>) {
        let file = SourceFile::decode(display(path), bytes);
        // In SQL it matters where it stands: dumps have bytes of any kind between their texts.
        let is_text = !is_yaml(file.name()) && !UTF_16.iter().any(|mark| bytes.starts_with(mark));
        if !is_text {
            let number = self.sources.files.len();
            let problem = file.check_encoding(number, 0..file.text().len());
            self.problems.extend(problem);
        }
        let file = match sections {
            Some(sections) => self.upward(file, sections),
            None => file,
        };
        self.sources.files.push(file);
    }

    /// The part of a file that leads up.
    fn upward(&mut self, file: SourceFile, sections: Sections) -> SourceFile {
        let up = sections.up(file.text());
        let number = self.sources.files.len();
        if !up.is_marked {
            let problem = no_way_up(sections.mark()).at(Span::new(number, 0, 0));
            self.problems.push(problem);
            // It is shown as it is.
            return file;
        }
        if let Some(start) = up.stray {
            let line = file.line(file.position(start).line).trim_end().len();
            let problem = before_all(sections.mark()).at(Span::new(number, start, start + line));
            self.problems.push(problem);
            return file;
        }
        SourceFile {
            undecoded: file.undecoded,
            ..SourceFile::new(file.name, up.text)
        }
    }
}

/// What a path is, however it is written.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
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

fn no_folder(path: &Path) -> Diagnostic {
    Diagnostic::error(format!(
        "`{}` is a file, not a folder of migrations",
        display(path)
    ))
}

fn unknown_tool(folder: &Path) -> Diagnostic {
    let known: Vec<&str> = MigrationTool::ALL
        .iter()
        .map(|tool| tool.as_str())
        .collect();
    Diagnostic::error(format!(
        "nothing in `{}` says which tool its migrations are of",
        display(folder)
    ))
    .help("say it in build.rs, `.migrations_of(MigrationTool::Sqlx, \"…\")`, or on the command line, `--migrations sqlx`")
    .help(format!("the tools are {}", known.join(", ")))
}

fn no_way_up(mark: &str) -> Diagnostic {
    Diagnostic::error(format!("this migration has no part `{mark}`"))
        .help(format!("write `{mark}` in front of what it changes"))
}

fn before_all(mark: &str) -> Diagnostic {
    Diagnostic::error(format!("this stands in front of `{mark}`"))
        .label("belongs to no part of the migration")
}
