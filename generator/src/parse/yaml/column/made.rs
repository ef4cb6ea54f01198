//! Columns whose values the database makes: counted up, taken from a sequence, or computed.

use aludel_catalog::{Default, Dialect, Generated, Identity, Storage};

use super::Definition;
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        draft::Draft,
        yaml::{key, name, sequence},
    },
    yaml::{Fields, Node, Value, choice, keys, word},
};

/// What cannot be said of a column that is computed.
const MADE_KEYS: &[&str] = &[
    "default",
    "client_default",
    "on_update",
    "identity",
    "sequence",
    "version",
];

impl Definition {
    pub(super) fn read_made(&mut self, fields: &Fields<'_>, draft: &mut Draft) {
        if let Some(node) = fields.get("identity") {
            self.read_identity(node, draft);
        }
        if let Some(node) = fields.get("sequence") {
            self.read_sequence(node, draft);
        }
        match (fields.get("generated"), fields.get("storage")) {
            (Some(node), storage) => self.read_generated(fields, node, storage, draft),
            (None, Some(node)) => draft.report(nothing_stored(node.span)),
            (None, None) => {}
        }
        if self.column().identity.is_some()
            && let (Some(_), Some(entry)) = (&self.column().default, fields.entry("default"))
        {
            draft.report(counted_up(entry.key.span));
        }
    }

    fn read_identity(&mut self, node: &Node, draft: &mut Draft) {
        let said = match node.scalar().and_then(|scalar| scalar.boolean()) {
            Some(true) => Some("by_default"),
            Some(false) => None,
            None => choice(node, keys::IDENTITY, &mut draft.diagnostics)
                .map(|number| keys::IDENTITY.words[number]),
        };
        let Some(said) = said else {
            return;
        };
        if said == "strict" && draft.dialect == Dialect::Sqlite {
            self.strict = Some(node.span);
        }
        self.always = Some(said == "always");
        self.column().identity = Some(Identity {
            always: said == "always",
            strict: false,
            sequence: None,
        });
    }

    /// The numbers of an identity, or the sequence of the schema that a default is taken from.
    fn read_sequence(&mut self, node: &Node, draft: &mut Draft) {
        if let Value::Map(_) = &node.value {
            let sequence = sequence::read(node, draft);
            match &mut self.column().identity {
                Some(identity) => identity.sequence = sequence,
                None => draft.report(no_identity(node.span)),
            }
            return;
        }
        let scalar = word(
            node,
            "the name of a sequence, or a map",
            &mut draft.diagnostics,
        );
        let Some(name) = scalar.and_then(|scalar| name::of_table(scalar, draft)) else {
            return;
        };
        let known = draft
            .sequences
            .iter()
            .any(|other| other.value.name.as_ref() == Some(&name.value));
        if !known {
            draft.report(sequence::unknown(&name, draft));
        }
        let expression = match draft.dialect {
            Dialect::Postgres => format!("nextval('{}')", name.value),
            Dialect::Mysql => format!("nextval({})", name.value),
            Dialect::Sqlite => return draft.report(no_sequences_in_sqlite(node.span)),
        };
        self.column().default = Some(Default::Expression(expression));
    }

    fn read_generated(
        &mut self,
        fields: &Fields<'_>,
        node: &Node,
        storage: Option<&Node>,
        draft: &mut Draft,
    ) {
        for key in MADE_KEYS {
            if let Some(entry) = fields.entry(key) {
                draft.report(computed(key, entry.key.span, node.span));
            }
        }
        const STORAGES: [Storage; 2] = [Storage::Stored, Storage::Virtual];
        let storage = storage
            .and_then(|node| choice(node, keys::STORAGE, &mut draft.diagnostics))
            .map_or(Storage::Stored, |number| STORAGES[number]);
        let expression = key::expression(node, "an expression in SQL", draft);
        self.column().generated = expression.map(|expression| Generated {
            expression,
            storage,
        });
    }
}

fn nothing_stored(span: Span) -> Diagnostic {
    Diagnostic::error("`storage` is about a generated column")
        .at(span)
        .help("say what it is computed from: `generated: \"a + b\"`")
}

fn no_identity(span: Span) -> Diagnostic {
    Diagnostic::error("these are the numbers of an identity, and the column is none")
        .at(span)
        .help("add `identity: by_default`, or name a sequence of the schema")
}

fn no_sequences_in_sqlite(span: Span) -> Diagnostic {
    Diagnostic::error("SQLite has no sequences")
        .at(span)
        .help("use an `integer` column with `primary_key: true`, which SQLite counts up")
}

fn counted_up(span: Span) -> Diagnostic {
    Diagnostic::error("a column that is counted up has no default").at(span)
}

fn computed(key: &str, span: Span, generated: Span) -> Diagnostic {
    Diagnostic::error(format!("a generated column has no `{key}`"))
        .at(span)
        .also(generated, "it is computed from this")
}
