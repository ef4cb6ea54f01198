//! What kind of statement it is, by its leading words.

use crate::suggest;

/// What is done with a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `CREATE TABLE`.
    CreateTable,
    /// `CREATE INDEX`.
    CreateIndex,
    /// `CREATE VIEW`.
    CreateView,
    /// `CREATE TYPE`.
    CreateType,
    /// `CREATE DOMAIN`.
    CreateDomain,
    /// `CREATE SEQUENCE`.
    CreateSequence,
    /// `ALTER TABLE`.
    AlterTable,
    /// `ALTER TYPE`.
    AlterType,
    /// `ALTER DOMAIN`.
    AlterDomain,
    /// `ALTER INDEX`.
    AlterIndex,
    /// `ALTER VIEW`.
    AlterView,
    /// `ALTER SEQUENCE`.
    AlterSequence,
    /// `CREATE SCHEMA`.
    CreateSchema,
    /// `ALTER SCHEMA`.
    AlterSchema,
    /// `DROP` of something that the catalog holds.
    Drop,
    /// `COMMENT ON`.
    Comment,
    /// `RENAME TABLE` (MySQL).
    RenameTable,
    /// `USE` (MySQL).
    Use,
    /// `SET search_path` (PostgreSQL), in one of its forms.
    SearchPath,
    /// A known kind that has nothing to say to us, such as `INSERT`.
    Skipped(String),
    /// Not SQL, as far as we know; with what may have been meant.
    Unknown(Option<String>),
}

/// What can be created, altered or dropped, and is of no interest here.
const OTHER_OBJECTS: &[&str] = &[
    "ACCESS",
    "AGGREGATE",
    "CAST",
    "COLLATION",
    "CONVERSION",
    "DATABASE",
    "EVENT",
    "EXTENSION",
    "FUNCTION",
    "GROUP",
    "INSTANCE",
    "LANGUAGE",
    "LARGE",
    "LOGFILE",
    "OPERATOR",
    "OWNED",
    "PACKAGE",
    "POLICY",
    "PROCEDURAL",
    "PROCEDURE",
    "PUBLICATION",
    "RESOURCE",
    "ROLE",
    "ROUTINE",
    "RULE",
    "SCHEMA",
    "SERVER",
    "SPATIAL",
    "STATISTICS",
    "SUBSCRIPTION",
    "SYSTEM",
    "TABLESPACE",
    "TEXT",
    "TRANSFORM",
    "TRIGGER",
    "USER",
];

/// What stands between CREATE and the word that says what is created.
const MODIFIERS: &[&str] = &[
    "OR",
    "REPLACE",
    "GLOBAL",
    "LOCAL",
    "TEMP",
    "TEMPORARY",
    "UNLOGGED",
    "UNIQUE",
    "FULLTEXT",
    "SPATIAL",
    "VECTOR",
    "RECURSIVE",
    "MATERIALIZED",
    "VIRTUAL",
    "FOREIGN",
    "ALGORITHM",
    "UNDEFINED",
    "MERGE",
    "TEMPTABLE",
    "SQL",
    "SECURITY",
    "INVOKER",
    "CONSTRAINT",
    "TRUSTED",
    "PROCEDURAL",
    "DEFAULT",
    "HYPERTABLE",
];

/// The first words of statements that declare nothing.
const OTHER_STATEMENTS: &[&str] = &[
    "ABORT",
    "ANALYZE",
    "ATTACH",
    "BEGIN",
    "CALL",
    "CHANGE",
    "CHECK",
    "CHECKPOINT",
    "CLOSE",
    "CLUSTER",
    "COMMIT",
    "COPY",
    "DEALLOCATE",
    "DECLARE",
    "DELETE",
    "DESCRIBE",
    "DETACH",
    "DISCARD",
    "DO",
    "END",
    "EXECUTE",
    "EXPLAIN",
    "FETCH",
    "FLUSH",
    "GRANT",
    "HANDLER",
    "IMPORT",
    "INSERT",
    "INSTALL",
    "KILL",
    "LISTEN",
    "LOAD",
    "LOCK",
    "MERGE",
    "NOTIFY",
    "OPTIMIZE",
    "PRAGMA",
    "PREPARE",
    "PURGE",
    "REASSIGN",
    "REFRESH",
    "REINDEX",
    "RELEASE",
    "REPAIR",
    "REPLACE",
    "RESET",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SECURITY",
    "SELECT",
    "SET",
    "SHOW",
    "START",
    "TABLE",
    "TRUNCATE",
    "UNLISTEN",
    "UNLOCK",
    "UPDATE",
    "VACUUM",
    "VALUES",
    "WITH",
    "XA",
];

/// The kind of a statement with these leading words, which are in capitals.
pub(super) fn classify(words: &[String]) -> Kind {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["CREATE", rest @ ..] => created(rest),
        ["ALTER", rest @ ..] => altered(rest),
        ["DROP", rest @ ..] => dropped(rest),
        ["COMMENT", ..] => Kind::Comment,
        ["RENAME", "TABLE" | "TABLES", ..] => Kind::RenameTable,
        ["USE", ..] => Kind::Use,
        ["SET" | "RESET", rest @ ..] if names_path(rest) => Kind::SearchPath,
        ["SET", "SCHEMA", ..] => Kind::SearchPath,
        ["SELECT", "SET_CONFIG", ..] | ["SELECT", "PG_CATALOG", "SET_CONFIG", ..] => {
            Kind::SearchPath
        }
        [first, ..] if OTHER_STATEMENTS.contains(first) => Kind::Skipped((*first).to_owned()),
        [first, ..] => Kind::Unknown(leading_word(first)),
        [] => Kind::Unknown(None),
    }
}

fn names_path(words: &[&str]) -> bool {
    words.iter().take(2).any(|word| *word == "SEARCH_PATH")
}

/// Whether a statement with these leading words can have a body of statements.
pub(super) fn has_body(words: &[String]) -> bool {
    matches!(classify(words), Kind::Skipped(label)
        if ["CREATE TRIGGER", "CREATE PROCEDURE", "CREATE FUNCTION", "CREATE EVENT", "CREATE PACKAGE"].contains(&label.as_str()))
}

fn created(words: &[&str]) -> Kind {
    match words {
        ["TABLE", ..] => Kind::CreateTable,
        ["INDEX", ..] => Kind::CreateIndex,
        ["VIEW", ..] => Kind::CreateView,
        ["TYPE", ..] => Kind::CreateType,
        ["DOMAIN", ..] => Kind::CreateDomain,
        ["SCHEMA", ..] => Kind::CreateSchema,
        ["SEQUENCE", ..] => Kind::CreateSequence,
        ["AGGREGATE", "FUNCTION", ..] => Kind::Skipped("CREATE FUNCTION".to_owned()),
        ["VIRTUAL", "TABLE", ..] => Kind::Skipped("CREATE VIRTUAL TABLE".to_owned()),
        ["FOREIGN", "DATA", ..] => Kind::Skipped("CREATE FOREIGN DATA WRAPPER".to_owned()),
        // The name of a definer can be any word.
        ["DEFINER", rest @ ..] => {
            let skipped = rest.iter().take(4).position(|word| {
                [
                    "SQL",
                    "VIEW",
                    "TRIGGER",
                    "FUNCTION",
                    "PROCEDURE",
                    "EVENT",
                    "AGGREGATE",
                ]
                .contains(word)
            });
            created(&rest[skipped.unwrap_or(0)..])
        }
        [word, rest @ ..] if MODIFIERS.contains(word) && !rest.is_empty() => created(rest),
        [word, ..] if OTHER_OBJECTS.contains(word) => Kind::Skipped(format!("CREATE {word}")),
        [word, ..] => Kind::Unknown(object_word("CREATE", word)),
        [] => Kind::Unknown(None),
    }
}

fn altered(words: &[&str]) -> Kind {
    match words {
        ["TABLE", ..] | ["FOREIGN", "TABLE", ..] | ["IGNORE" | "ONLINE", "TABLE", ..] => {
            Kind::AlterTable
        }
        ["TYPE", ..] => Kind::AlterType,
        ["DOMAIN", ..] => Kind::AlterDomain,
        ["INDEX", ..] => Kind::AlterIndex,
        ["VIEW", ..] | ["MATERIALIZED", "VIEW", ..] => Kind::AlterView,
        ["DEFINER" | "ALGORITHM" | "SQL", rest @ ..] if rest.contains(&"VIEW") => Kind::AlterView,
        ["SEQUENCE", ..] => Kind::AlterSequence,
        ["SCHEMA", ..] => Kind::AlterSchema,
        [word @ ("DEFAULT" | "DEFINER" | "FOREIGN"), ..] => Kind::Skipped(format!("ALTER {word}")),
        [word, ..] if OTHER_OBJECTS.contains(word) => Kind::Skipped(format!("ALTER {word}")),
        [word, ..] => Kind::Unknown(object_word("ALTER", word)),
        [] => Kind::Unknown(None),
    }
}

fn dropped(words: &[&str]) -> Kind {
    match words {
        [
            "TABLE" | "TABLES" | "TEMPORARY" | "VIEW" | "INDEX" | "TYPE" | "DOMAIN" | "SEQUENCE"
            | "MATERIALIZED" | "SCHEMA" | "DATABASE",
            ..,
        ]
        | ["FOREIGN", "TABLE", ..] => Kind::Drop,
        ["FOREIGN", ..] => Kind::Skipped("DROP FOREIGN DATA WRAPPER".to_owned()),
        [word, ..] if OTHER_OBJECTS.contains(word) => Kind::Skipped(format!("DROP {word}")),
        [word, ..] => Kind::Unknown(object_word("DROP", word)),
        [] => Kind::Unknown(None),
    }
}

fn leading_word(word: &str) -> Option<String> {
    let known = ["CREATE", "ALTER", "DROP", "COMMENT", "RENAME", "USE"];
    let others = OTHER_STATEMENTS.iter().copied();
    suggest::nearest(word, known.into_iter().chain(others)).map(str::to_owned)
}

fn object_word(verb: &str, word: &str) -> Option<String> {
    let known = ["TABLE", "INDEX", "VIEW", "TYPE", "DOMAIN", "SEQUENCE"];
    let others = OTHER_OBJECTS.iter().chain(MODIFIERS).copied();
    suggest::nearest(word, known.into_iter().chain(others)).map(|object| format!("{verb} {object}"))
}
