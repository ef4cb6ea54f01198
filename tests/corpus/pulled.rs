//! What a database declares, read from it: that it says of the schema what the database says, and that it makes the same database.

use std::{collections::BTreeMap, fs};

use aludel::{
    Connection, Engine,
    reflect::{self, Declaration, Declared},
};
use aludel_build::{Dialect, diagnostic::Severity, parse::parse, source::SourceFile};
use aludel_testing::server::{Kind, Server};

use super::facts::Facts;

/// What was read from a database.
pub(crate) struct Pulled(Vec<Declaration>);

impl Pulled {
    pub(crate) fn from(conn: &Connection) -> Pulled {
        Pulled(reflect::declarations(conn).unwrap())
    }

    /// All of it as one file.
    pub(crate) fn text(&self) -> String {
        let statements = self.0.iter().map(|declaration| format!("{declaration}\n"));
        statements.collect()
    }

    /// Where the generator reads something else than the database has. Each table stands in a file of its own, whose statements come
    /// in any order but within it.
    pub(crate) fn differences(&self, database: &Facts, dialect: Dialect) -> Vec<String> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for declaration in &self.0 {
            let file = match &declaration.of {
                Declared::Table(name) => format!("{name}.sql"),
                Declared::View(_) => "views.sql".to_owned(),
                _ => "types.sql".to_owned(),
            };
            let text = files.entry(file).or_default();
            *text += &format!("{declaration}\n");
        }
        let files: Vec<SourceFile> = files
            .into_iter()
            .map(|(name, text)| SourceFile::new(name, text))
            .collect();
        let parsed = parse(&files, dialect);
        let errors = parsed.diagnostics.iter();
        let errors = errors.filter(|diagnostic| diagnostic.severity == Severity::Error);
        let errors = errors.map(|error| format!("pulled: error: {}", error.message));
        let differences = database.differences(&Facts::of(&parsed)).into_iter();
        let differences = differences.map(|line| format!("pulled: {line}"));
        errors.chain(differences).collect()
    }

    /// Where another database, made by these statements, declares something else. Another one gives why it refused some of them.
    pub(crate) fn again(&self, other: &Pulled, refusals: &[String]) -> Vec<String> {
        let refused = refusals
            .iter()
            .map(|line| format!("pulled: refused: {line}"));
        let (ours, theirs) = (self.texts(), other.texts());
        let lost = ours.iter().filter(|text| !theirs.contains(text));
        let lost = lost.map(|text| format!("pulled: not there again: {text}"));
        let new = theirs.iter().filter(|text| !ours.contains(text));
        let new = new.map(|text| format!("pulled: there now: {text}"));
        let mut all: Vec<String> = refused.chain(lost).chain(new).collect();
        if all.is_empty() && ours != theirs {
            all.push("pulled: another order".to_owned());
        }
        all
    }

    fn texts(&self) -> Vec<&str> {
        self.0.iter().map(|one| one.sql.as_str()).collect()
    }
}

/// What a new database on a server declares when it was made by what was read from another, beside what that lacks. `is_refusal` knows
/// the lines that say what was refused.
pub(crate) fn again(
    server: &Server,
    pulled: &Pulled,
    is_refusal: impl Fn(&str) -> bool,
) -> Vec<String> {
    let database = server.new_database_name();
    let file = tempfile::Builder::new().suffix(".sql").tempfile().unwrap();
    fs::write(file.path(), pulled.text()).unwrap();
    let said = server.load(&database, file.path());
    let refusals: Vec<String> = said
        .lines()
        .filter(|line| is_refusal(line))
        .map(str::to_owned)
        .collect();
    let engine = Engine::new(server.url(&database).as_str()).unwrap();
    let other = Pulled::from(&engine.connect().unwrap());
    if server.kind() == Kind::MariaDb {
        // Others look there for the database that a file made.
        server.execute("information_schema", &format!("DROP DATABASE {database}"));
    }
    pulled.again(&other, &refusals)
}
