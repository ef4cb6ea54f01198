//! The tools, one row each.

use std::fmt;

use super::{
    named::{self, Named},
    sections::Sections,
};

/// A tool that keeps migrations in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MigrationTool {
    /// sqlx, with or without files that lead down.
    Sqlx,
    /// refinery.
    Refinery,
    /// Diesel: a folder for each migration.
    Diesel,
    /// dbmate.
    Dbmate,
    /// goose.
    Goose,
    /// Flyway, with repeatable, baseline and undo migrations.
    Flyway,
    /// golang-migrate.
    GolangMigrate,
    /// Atlas, with checkpoints.
    Atlas,
    /// Rails, which keeps the schema that all migrations lead to: `structure.sql`.
    Rails,
    /// rusqlite_migration: a folder for each migration, numbered without gaps.
    RusqliteMigration,
}

/// Where the migrations of a tool stand in their folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// As files.
    Files,
    /// As files, also in folders within.
    FilesBelow,
    /// As folders, with a file `up.sql` each.
    Folders,
    /// In one file that the tool writes.
    Dump,
}

/// What is peculiar to a tool.
struct Row {
    tool: MigrationTool,
    /// As its users write it.
    name: &'static str,
    /// As a word of the command line.
    word: &'static str,
    layout: Layout,
    extensions: &'static [&'static str],
    read_name: fn(&str) -> Option<Named>,
    /// How it names a migration.
    example: &'static str,
    sections: Option<Sections>,
    /// Why two of one version are wrong; nothing where the tool lets them pass.
    on_same_version: Option<&'static str>,
    /// Whether versions count from 1 without gaps.
    without_gaps: bool,
}

const TABLE: [Row; 10] = [
    Row {
        name: "sqlx",
        word: "sqlx",
        read_name: named::sqlx,
        example: "`20240131120000_description.sql`",
        on_same_version: Some("sqlx applies one of them and then refuses the other"),
        ..row(MigrationTool::Sqlx)
    },
    Row {
        name: "refinery",
        word: "refinery",
        layout: Layout::FilesBelow,
        extensions: &["sql", "rs"],
        read_name: named::refinery,
        example: "`V1__description.sql`",
        on_same_version: Some("refinery refuses them"),
        ..row(MigrationTool::Refinery)
    },
    Row {
        name: "Diesel",
        word: "diesel",
        layout: Layout::Folders,
        read_name: named::diesel,
        example: "`2024-01-31-120000_description/up.sql`",
        on_same_version: Some("Diesel runs only one of them"),
        ..row(MigrationTool::Diesel)
    },
    Row {
        name: "dbmate",
        word: "dbmate",
        read_name: named::dbmate,
        example: "`20240131120000_description.sql`",
        sections: Some(Sections::Dbmate),
        on_same_version: Some("dbmate refuses the second"),
        ..row(MigrationTool::Dbmate)
    },
    Row {
        name: "goose",
        word: "goose",
        extensions: &["sql", "go"],
        read_name: named::goose,
        example: "`00001_description.sql`",
        sections: Some(Sections::Goose),
        on_same_version: Some("goose refuses them"),
        ..row(MigrationTool::Goose)
    },
    Row {
        name: "Flyway",
        word: "flyway",
        layout: Layout::FilesBelow,
        extensions: &["sql", "java", "kt"],
        read_name: named::flyway,
        example: "`V1_2__Description.sql` and `R__Description.sql`",
        on_same_version: Some("Flyway refuses them"),
        ..row(MigrationTool::Flyway)
    },
    Row {
        name: "golang-migrate",
        word: "golang-migrate",
        read_name: named::golang_migrate,
        example: "`000001_description.up.sql`",
        on_same_version: Some("golang-migrate refuses them"),
        ..row(MigrationTool::GolangMigrate)
    },
    Row {
        name: "Atlas",
        word: "atlas",
        read_name: named::atlas,
        example: "`20240131120000_description.sql`",
        sections: Some(Sections::Atlas),
        ..row(MigrationTool::Atlas)
    },
    Row {
        name: "Rails",
        word: "rails",
        layout: Layout::Dump,
        read_name: named::rails,
        example: "`structure.sql`",
        ..row(MigrationTool::Rails)
    },
    Row {
        name: "rusqlite_migration",
        word: "rusqlite-migration",
        layout: Layout::Folders,
        read_name: named::rusqlite_migration,
        example: "`01-description/up.sql`",
        on_same_version: Some("rusqlite_migration refuses them"),
        without_gaps: true,
        ..row(MigrationTool::RusqliteMigration)
    },
];

/// What most tools have in common.
const fn row(tool: MigrationTool) -> Row {
    Row {
        tool,
        name: "",
        word: "",
        layout: Layout::Files,
        extensions: &["sql"],
        read_name: named::sqlx,
        example: "",
        sections: None,
        on_same_version: None,
        without_gaps: false,
    }
}

impl MigrationTool {
    /// All tools.
    pub const ALL: [MigrationTool; 10] = [
        MigrationTool::Sqlx,
        MigrationTool::Refinery,
        MigrationTool::Diesel,
        MigrationTool::Dbmate,
        MigrationTool::Goose,
        MigrationTool::Flyway,
        MigrationTool::GolangMigrate,
        MigrationTool::Atlas,
        MigrationTool::Rails,
        MigrationTool::RusqliteMigration,
    ];

    /// Its name as a word of the command line: `golang-migrate`.
    pub fn as_str(self) -> &'static str {
        self.row().word
    }

    /// The tool of this word, if there is one.
    pub fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|tool| tool.as_str() == word)
    }

    pub(super) fn layout(self) -> Layout {
        self.row().layout
    }

    pub(super) fn extensions(self) -> &'static [&'static str] {
        self.row().extensions
    }

    pub(super) fn read_name(self, name: &str) -> Option<Named> {
        (self.row().read_name)(name)
    }

    pub(super) fn example(self) -> &'static str {
        self.row().example
    }

    pub(in crate::source) fn sections(self) -> Option<Sections> {
        self.row().sections
    }

    pub(super) fn on_same_version(self) -> Option<&'static str> {
        self.row().on_same_version
    }

    pub(super) fn is_without_gaps(self) -> bool {
        self.row().without_gaps
    }

    fn row(self) -> &'static Row {
        let mut rows = TABLE.iter();
        rows.find(|row| row.tool == self)
            .expect("every tool has a row")
    }
}

impl fmt::Display for MigrationTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().name)
    }
}
