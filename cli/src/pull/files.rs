//! Which file a declaration stands in, and how files begin.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
};

use aludel::{
    Dialect,
    reflect::{Declaration, Declared},
};

/// How every file begins. One that does not is somebody's own.
const MARK: &str = "-- Written by `aludel pull`";

/// The texts of files, by their names.
pub(super) struct Files {
    folder: PathBuf,
    texts: BTreeMap<String, String>,
    is_folder: bool,
}

impl Files {
    /// The declarations, a file for each table in a folder, or all in one file.
    pub(super) fn of(declarations: &[Declaration], dialect: Dialect, output: &Path) -> Self {
        let is_folder = output
            .extension()
            .is_none_or(|extension| extension != "sql");
        let (folder, single) = match (is_folder, output.parent(), output.file_name()) {
            (false, Some(parent), Some(name)) => (parent, Some(name.to_string_lossy())),
            _ => (output, None),
        };
        let mut names = Names::default();
        let mut texts = BTreeMap::new();
        for declaration in declarations {
            let name = match &single {
                Some(name) => name.to_string(),
                None => names.file(&declaration.of),
            };
            let text = texts.entry(name).or_insert_with(|| head(dialect));
            text.push_str(&format!("\n{declaration}\n"));
        }
        Files {
            folder: folder.to_owned(),
            texts,
            is_folder,
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// How the names of files end that go when their tables are gone.
    pub(super) fn leftovers(&self) -> Option<&'static str> {
        self.is_folder.then_some(".sql")
    }
}

pub(super) fn is_ours(_name: &str, text: &str) -> bool {
    text.starts_with(MARK)
}

fn head(dialect: Dialect) -> String {
    let database = match dialect {
        Dialect::Sqlite => "a SQLite",
        Dialect::Postgres => "a PostgreSQL",
        Dialect::Mysql => "a MySQL or MariaDB",
    };
    format!(
        "{MARK} from {database} database: what is changed here is lost when it is pulled again.\n"
    )
}

/// The names of files. No two differ in the case of letters alone, which some file systems take for the same.
struct Names {
    given: HashMap<Declared, String>,
    taken: HashSet<String>,
}

impl Default for Names {
    fn default() -> Self {
        Names {
            given: HashMap::new(),
            taken: ["types", "views"].map(str::to_owned).into(),
        }
    }
}

impl Names {
    fn file(&mut self, of: &Declared) -> String {
        let table = match of {
            Declared::Table(table) => table,
            Declared::View(_) => return "views.sql".to_owned(),
            _ => return "types.sql".to_owned(),
        };
        if let Some(given) = self.given.get(of) {
            return given.clone();
        }
        let schema = table.schema.as_ref();
        let schema = schema.map(|schema| plain(schema) + ".");
        let wanted = schema.unwrap_or_default() + &plain(&table.name);
        let mut name = wanted.clone();
        for number in 2.. {
            if self.taken.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{wanted}_{number}");
        }
        name.push_str(".sql");
        self.given.insert(of.clone(), name.clone());
        name
    }
}

/// A name as that of a file: what may mean something to a file system is an underscore.
fn plain(name: &str) -> String {
    let letter = |letter: char| match letter.is_alphanumeric() || "_-$".contains(letter) {
        true => letter,
        false => '_',
    };
    match name.is_empty() {
        true => "_".to_owned(),
        false => name.chars().map(letter).collect(),
    }
}
