//! Every key that a YAML file can have, and every word that stands for a choice: what readers, suggestions and the JSON Schema
//! for editors agree on.

/// A kind of map, with its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its name in the JSON Schema.
    pub name: &'static str,
    /// What it describes: "a table".
    pub what: &'static str,
    /// Its keys.
    pub keys: &'static [&'static str],
}

/// A choice of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its name in the JSON Schema.
    pub name: &'static str,
    /// The words.
    pub words: &'static [&'static str],
}

/// All kinds of maps.
pub fn kinds() -> &'static [Kind] {
    KINDS
}

/// All choices.
pub fn choices() -> &'static [Choice] {
    CHOICES
}

impl Choice {
    /// The number of a word. Case is ignored, and `_` is as good as a blank.
    pub(crate) fn position(&self, word: &str) -> Option<usize> {
        let same = |known: &&str| {
            known.len() == word.len()
                && known.bytes().zip(word.bytes()).all(|(known, written)| {
                    known.eq_ignore_ascii_case(&written) || known == b'_' && written == b' '
                })
        };
        self.words.iter().position(same)
    }

    /// The words, for messages.
    pub(crate) fn listed(&self) -> String {
        let quoted: Vec<String> = self.words.iter().map(|word| format!("`{word}`")).collect();
        match quoted.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    }
}

pub(crate) const FILE: &Kind = &KINDS[0];
pub(crate) const TABLE: &Kind = &KINDS[1];
pub(crate) const COLUMN: &Kind = &KINDS[2];
pub(crate) const REFERENCES: &Kind = &KINDS[3];
pub(crate) const FOREIGN_KEY: &Kind = &KINDS[4];
pub(crate) const PRIMARY_KEY: &Kind = &KINDS[5];
pub(crate) const UNIQUE: &Kind = &KINDS[6];
pub(crate) const INDEX: &Kind = &KINDS[7];
pub(crate) const ENUM: &Kind = &KINDS[8];
pub(crate) const SEQUENCE: &Kind = &KINDS[9];
pub(crate) const PROPERTY: &Kind = &KINDS[10];
pub(crate) const RELATIONSHIP: &Kind = &KINDS[11];
pub(crate) const VIEW: &Kind = &KINDS[12];
pub(crate) const VIEW_COLUMN: &Kind = &KINDS[13];
pub(crate) const FORCED_TYPE: &Kind = &KINDS[14];
pub(crate) const MATCH: &Kind = &KINDS[15];
pub(crate) const OPTIONS: &Kind = &KINDS[16];

pub(crate) const DIALECT: &Choice = &CHOICES[0];
pub(crate) const IDENTITY: &Choice = &CHOICES[1];
pub(crate) const ACTION: &Choice = &CHOICES[2];
pub(crate) const MATCH_TYPE: &Choice = &CHOICES[3];
pub(crate) const DEFERRABLE: &Choice = &CHOICES[4];
pub(crate) const STORAGE: &Choice = &CHOICES[5];
pub(crate) const ENUM_STORAGE: &Choice = &CHOICES[6];
pub(crate) const LOAD: &Choice = &CHOICES[7];
pub(crate) const PROPERTY_LOAD: &Choice = &CHOICES[8];
pub(crate) const CASCADE: &Choice = &CHOICES[9];

const KINDS: &[Kind] = &[
    Kind {
        name: "file",
        what: "a schema",
        keys: &[
            "version",
            "dialect",
            "defaults",
            "types",
            "inflections",
            "singularize",
            "enums",
            "sequences",
            "sequence",
            "tables",
            "views",
        ],
    },
    Kind {
        name: "table",
        what: "a table",
        keys: &[
            "model",
            "doc",
            "comment",
            "derive",
            "display",
            "junction",
            "primary_key",
            "columns",
            "properties",
            "relationships",
            "foreign_keys",
            "indexes",
            "unique",
            "checks",
            "options",
        ],
    },
    Kind {
        name: "column",
        what: "a column",
        keys: &[
            "type",
            "null",
            "unique",
            "primary_key",
            "index",
            "identity",
            "sequence",
            "default",
            "client_default",
            "on_update",
            "references",
            "on_delete",
            "generated",
            "storage",
            "collation",
            "comment",
            "doc",
            "enum",
            "rust",
            "field",
        ],
    },
    Kind {
        name: "references",
        what: "a reference",
        keys: &[
            "to",
            "on_delete",
            "on_update",
            "name",
            "match",
            "deferrable",
        ],
    },
    Kind {
        name: "foreign_key",
        what: "a foreign key",
        keys: &[
            "columns",
            "references",
            "on_delete",
            "on_update",
            "name",
            "match",
            "deferrable",
        ],
    },
    Kind {
        name: "primary_key",
        what: "a primary key",
        keys: &["columns", "name"],
    },
    Kind {
        name: "unique",
        what: "a unique constraint",
        keys: &["columns", "name", "nulls_not_distinct", "deferrable"],
    },
    Kind {
        name: "index",
        what: "an index",
        keys: &[
            "on", "unique", "name", "where", "method", "include", "comment", "finder", "args",
        ],
    },
    Kind {
        name: "enum",
        what: "an enum",
        keys: &[
            "storage",
            "values",
            "keep_unknown",
            "name",
            "comment",
            "doc",
        ],
    },
    Kind {
        name: "sequence",
        what: "a sequence",
        keys: &["type", "start", "increment", "min", "max", "cache", "cycle"],
    },
    Kind {
        name: "property",
        what: "a property",
        keys: &["type", "sql", "null", "load"],
    },
    Kind {
        name: "relationship",
        what: "a relationship",
        keys: &[
            "to",
            "foreign_key",
            "through",
            "backref",
            "cascade",
            "order_by",
            "where",
            "load",
            "read_only",
        ],
    },
    Kind {
        name: "view",
        what: "a view",
        keys: &[
            "query",
            "materialized",
            "key",
            "columns",
            "model",
            "doc",
            "comment",
            "derive",
            "display",
            "relationships",
        ],
    },
    Kind {
        name: "view_column",
        what: "a column of a view",
        keys: &["type", "null", "references", "enum", "rust", "field"],
    },
    Kind {
        name: "forced_type",
        what: "a forced type",
        keys: &["match", "rust"],
    },
    Kind {
        name: "match",
        what: "a pattern for columns",
        keys: &["type", "column", "table", "null", "comment"],
    },
    Kind {
        name: "options",
        what: "options of a table",
        keys: &["sqlite", "postgres", "mysql"],
    },
];

const CHOICES: &[Choice] = &[
    Choice {
        name: "dialect",
        words: &["sqlite", "postgres", "mysql"],
    },
    Choice {
        name: "identity",
        words: &["always", "by_default", "strict"],
    },
    Choice {
        name: "action",
        words: &[
            "no_action",
            "restrict",
            "cascade",
            "set_null",
            "set_default",
        ],
    },
    Choice {
        name: "match_type",
        words: &["simple", "full", "partial"],
    },
    Choice {
        name: "deferrable",
        words: &["deferred", "immediate", "never"],
    },
    Choice {
        name: "column_storage",
        words: &["stored", "virtual"],
    },
    Choice {
        name: "enum_storage",
        words: &["native", "check", "lookup", "int"],
    },
    Choice {
        name: "load",
        words: &[
            "lazy",
            "joined",
            "selectin",
            "subquery",
            "raise",
            "write_only",
        ],
    },
    Choice {
        name: "property_load",
        words: &["eager", "deferred"],
    },
    Choice {
        name: "cascade",
        words: &[
            "save",
            "merge",
            "refresh",
            "expunge",
            "delete",
            "delete_orphan",
        ],
    },
];
