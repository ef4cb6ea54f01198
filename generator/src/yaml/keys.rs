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

const KINDS: &[Kind] = &[
    *FILE,
    *TABLE,
    *COLUMN,
    *REFERENCES,
    *FOREIGN_KEY,
    *PRIMARY_KEY,
    *UNIQUE,
    *INDEX,
    *ENUM,
    *SEQUENCE,
    *PROPERTY,
    *RELATIONSHIP,
    *VIEW,
    *VIEW_COLUMN,
    *FORCED_TYPE,
    *MATCH,
    *OPTIONS,
];

pub(crate) const FILE: &Kind = &Kind {
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
};

pub(crate) const TABLE: &Kind = &Kind {
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
};

pub(crate) const COLUMN: &Kind = &Kind {
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
        "version",
        "sensitive",
    ],
};

pub(crate) const REFERENCES: &Kind = &Kind {
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
};

pub(crate) const FOREIGN_KEY: &Kind = &Kind {
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
};

pub(crate) const PRIMARY_KEY: &Kind = &Kind {
    name: "primary_key",
    what: "a primary key",
    keys: &["columns", "name"],
};

pub(crate) const UNIQUE: &Kind = &Kind {
    name: "unique",
    what: "a unique constraint",
    keys: &["columns", "name", "nulls_not_distinct", "deferrable"],
};

pub(crate) const INDEX: &Kind = &Kind {
    name: "index",
    what: "an index",
    keys: &[
        "on", "unique", "name", "where", "method", "include", "comment", "finder", "args",
    ],
};

pub(crate) const ENUM: &Kind = &Kind {
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
};

pub(crate) const SEQUENCE: &Kind = &Kind {
    name: "sequence",
    what: "a sequence",
    keys: &["type", "start", "increment", "min", "max", "cache", "cycle"],
};

pub(crate) const PROPERTY: &Kind = &Kind {
    name: "property",
    what: "a property",
    keys: &["type", "sql", "null", "load"],
};

pub(crate) const RELATIONSHIP: &Kind = &Kind {
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
};

pub(crate) const VIEW: &Kind = &Kind {
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
};

pub(crate) const VIEW_COLUMN: &Kind = &Kind {
    name: "view_column",
    what: "a column of a view",
    keys: &["type", "null", "references", "enum", "rust", "field"],
};

pub(crate) const FORCED_TYPE: &Kind = &Kind {
    name: "forced_type",
    what: "a forced type",
    keys: &["match", "rust"],
};

pub(crate) const MATCH: &Kind = &Kind {
    name: "match",
    what: "a pattern for columns",
    keys: &["type", "column", "table", "null", "comment"],
};

pub(crate) const OPTIONS: &Kind = &Kind {
    name: "options",
    what: "options of a table",
    keys: &["sqlite", "postgres", "mysql"],
};

const CHOICES: &[Choice] = &[
    *DIALECT,
    *IDENTITY,
    *ACTION,
    *MATCH_TYPE,
    *DEFERRABLE,
    *STORAGE,
    *ENUM_STORAGE,
    *LOAD,
    *PROPERTY_LOAD,
    *CASCADE,
];

pub(crate) const DIALECT: &Choice = &Choice {
    name: "dialect",
    words: &["sqlite", "postgres", "mysql"],
};

pub(crate) const IDENTITY: &Choice = &Choice {
    name: "identity",
    words: &["always", "by_default", "strict"],
};

pub(crate) const ACTION: &Choice = &Choice {
    name: "action",
    words: &[
        "no_action",
        "restrict",
        "cascade",
        "set_null",
        "set_default",
    ],
};

pub(crate) const MATCH_TYPE: &Choice = &Choice {
    name: "match_type",
    words: &["simple", "full", "partial"],
};

pub(crate) const DEFERRABLE: &Choice = &Choice {
    name: "deferrable",
    words: &["deferred", "immediate", "never"],
};

pub(crate) const STORAGE: &Choice = &Choice {
    name: "column_storage",
    words: &["stored", "virtual"],
};

pub(crate) const ENUM_STORAGE: &Choice = &Choice {
    name: "enum_storage",
    words: &["native", "check", "lookup", "int"],
};

pub(crate) const LOAD: &Choice = &Choice {
    name: "load",
    words: &[
        "lazy",
        "joined",
        "selectin",
        "subquery",
        "raise",
        "write_only",
    ],
};

pub(crate) const PROPERTY_LOAD: &Choice = &Choice {
    name: "property_load",
    words: &["eager", "deferred"],
};

pub(crate) const CASCADE: &Choice = &Choice {
    name: "cascade",
    words: &[
        "save",
        "merge",
        "refresh",
        "expunge",
        "delete",
        "delete_orphan",
        "all",
    ],
};
