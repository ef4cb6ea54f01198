//! One folder: its schema, its options, and what is expected.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use aludel_build::{Builder, Dates, Dialect, Failure, MigrationTool};

use super::difference::difference;

/// The folder of all cases. Relative, so that messages and comments name the same files on every machine.
const FOLDER: &str = "tests/golden";

/// What becomes of a schema.
enum Outcome {
    /// The generated files, by name.
    Models(Files),
    /// What is said about its errors.
    Messages(String),
}

type Files = BTreeMap<String, String>;

pub(super) struct Case {
    pub(super) name: String,
    folder: PathBuf,
}

impl Case {
    /// All cases, by name.
    pub(super) fn all() -> Vec<Case> {
        let folders = entries(Path::new(FOLDER));
        let folders = folders.into_iter().filter(|path| path.is_dir());
        folders
            .map(|folder| Case {
                name: file_name(&folder),
                folder,
            })
            .collect()
    }

    pub(super) fn expects_messages(&self) -> bool {
        self.messages().exists()
    }

    /// What is not as expected; nothing where the expected files were to be written again.
    pub(super) fn problem(&self) -> Option<String> {
        let outcome = self.outcome();
        if std::env::var_os("ALUDEL_UPDATE").is_some() {
            self.update(&outcome);
            return None;
        }
        let differences: Vec<String> = match &outcome {
            Outcome::Models(_) if self.expects_messages() => {
                vec!["  it generates models instead of messages".to_owned()]
            }
            Outcome::Models(found) => self.differences(found),
            Outcome::Messages(found) => {
                let expected = fs::read_to_string(self.messages()).unwrap_or_default();
                let shown = difference(&expected, found);
                shown
                    .map(|shown| format!("  expected.txt:\n{shown}"))
                    .into_iter()
                    .collect()
            }
        };
        (!differences.is_empty()).then(|| {
            format!(
                "golden/{}:\n{}\nIf this is better, run the test again with ALUDEL_UPDATE=1, and read what it wrote.",
                self.name,
                differences.join("\n")
            )
        })
    }

    /// A module of a program that uses the models, where there is one.
    pub(super) fn uses(&self) -> Option<String> {
        fs::read_to_string(self.folder.join("uses.rs")).ok()
    }

    /// Generates its models as a module, with what its options say.
    pub(super) fn generate(&self, output: &Path) -> Result<aludel_build::Report, Failure> {
        let mut schema = self.schema().into_iter();
        let first = schema.next().expect("a case has a schema");
        let builder = schema.fold(aludel_build::schema(first), Builder::schema);
        let options = self.options();
        let builder = match options.iter().any(|line| line == "dialect found") {
            true => builder,
            false => builder.dialect(Dialect::Sqlite),
        };
        let builder = options
            .iter()
            .fold(builder, |builder, line| chosen(builder, line));
        builder.output_module(output).run()
    }

    fn outcome(&self) -> Outcome {
        let output = tempfile::tempdir().unwrap();
        match self.generate(output.path()) {
            Ok(report) => {
                let mut files = read(output.path());
                files.retain(|name, _| name.ends_with(".rs") || self.keeps(name));
                if !report.warnings.is_empty() {
                    files.insert("warnings.txt".to_owned(), report.warnings.to_string());
                }
                files
                    .values_mut()
                    .for_each(|text| *text = self.without_folder(text));
                Outcome::Models(files)
            }
            Err(failure) => Outcome::Messages(self.without_folder(&failure.to_string())),
        }
    }

    fn differences(&self, found: &Files) -> Vec<String> {
        let expected = read(&self.expected());
        let names = expected
            .keys()
            .chain(found.keys().filter(|name| !expected.contains_key(*name)));
        names
            .filter_map(|name| match (expected.get(name), found.get(name)) {
                (Some(expected), Some(found)) => {
                    let shown = difference(expected, found)?;
                    Some(format!("  expected/{name}:\n{shown}"))
                }
                (Some(_), None) => Some(format!("  expected/{name} is not generated")),
                _ => Some(format!("  {name} is not in expected/")),
            })
            .collect()
    }

    fn update(&self, outcome: &Outcome) {
        // They may be missing: that is why they are written.
        let _ = fs::remove_dir_all(self.expected());
        let _ = fs::remove_file(self.messages());
        match outcome {
            Outcome::Messages(text) => fs::write(self.messages(), text).unwrap(),
            Outcome::Models(files) => {
                fs::create_dir(self.expected()).unwrap();
                for (name, text) in files {
                    fs::write(self.expected().join(name), text).unwrap();
                }
            }
        }
    }

    fn schema(&self) -> Vec<PathBuf> {
        let mut paths = entries(&self.folder);
        paths.retain(|path| path.file_stem().is_some_and(|stem| stem == "schema"));
        paths
    }

    fn options(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder.join("options")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Whether an option says that this file, which is no Rust, is expected too.
    fn keeps(&self, name: &str) -> bool {
        self.options().contains(&format!("keep {name}"))
    }

    fn without_folder(&self, text: &str) -> String {
        text.replace(&format!("{FOLDER}/{}/", self.name), "")
    }

    fn expected(&self) -> PathBuf {
        self.folder.join("expected")
    }

    fn messages(&self) -> PathBuf {
        self.folder.join("expected.txt")
    }
}

/// What a line of the options says, in the words of the builder's methods.
fn chosen(builder: Builder, line: &str) -> Builder {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["dialect", "mysql"] => builder.dialect(Dialect::Mysql),
        ["dialect", "postgres"] => builder.dialect(Dialect::Postgres),
        ["dialect", "sqlite"] => builder.dialect(Dialect::Sqlite),
        ["dialect", "found"] => builder,
        ["model", table, name] => builder.model(*table, *name),
        ["relationship", key, name, back] => builder.relationship(*key, *name, *back),
        ["derive", path] => builder.derive(*path),
        ["check_enums", "off"] => builder.check_enums(false),
        ["migrations", "auto", folder] => builder.migrations(format!("{FOLDER}/{folder}")),
        ["migrations", tool, folder] => {
            let tool = MigrationTool::from_word(tool).unwrap();
            builder.migrations_of(tool, format!("{FOLDER}/{folder}"))
        }
        ["id_newtypes"] => builder.id_newtypes(),
        ["dates", "jiff"] => builder.dates(Dates::Jiff),
        ["dates", "time"] => builder.dates(Dates::Time),
        ["include", tables] => builder.include(*tables),
        ["exclude", tables] => builder.exclude(*tables),
        ["keep", _] => builder,
        _ => panic!("`{line}` is no option"),
    }
}

fn read(folder: &Path) -> Files {
    let paths = if folder.exists() {
        entries(folder)
    } else {
        Vec::new()
    };
    paths
        .iter()
        .map(|path| (file_name(path), fs::read_to_string(path).unwrap()))
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}
