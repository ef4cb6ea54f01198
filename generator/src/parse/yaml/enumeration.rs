//! Enums: what a file declares, and what it says about those that SQL files declare.

mod storage;
mod variant;

use aludel_catalog::{Default as ColumnDefault, Dialect, Enum, Name};

pub(super) use self::storage::{check, column_type};
use self::variant::Variant;
use super::{name, remarked};
use crate::{
    annotation::{EnumNotes, EnumStorage, Noted},
    diagnostic::{Diagnostic, Span},
    parse::{Placed, checks, draft::Draft, resolve::named_types, table::declared_twice},
    suggest,
    yaml::{Fields, Node, Scalar, Value, choice, fields, flag, keys, map, text, word},
};

/// The enums of the YAML files.
#[derive(Default)]
pub(super) struct Enums {
    declared: Vec<Declared>,
}

/// An enum.
#[derive(Clone)]
pub(super) struct Declared {
    pub(super) name: Name,
    pub(super) storage: EnumStorage,
    span: Span,
    variants: Vec<Variant>,
}

impl Declared {
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(|variant| variant.value.as_str())
    }
}

impl Enums {
    /// The enum that a column names; none where it says `false`.
    pub(super) fn find(&self, node: &Node, draft: &mut Draft) -> Option<Placed<Declared>> {
        let is_none = |scalar: &Scalar| scalar.boolean() == Some(false);
        if node.scalar().is_some_and(is_none) {
            return None;
        }
        let scalar = word(node, "the name of an enum", &mut draft.diagnostics)?;
        let name = name::of_table(scalar, draft)?;
        if let Some(found) = self.declared.iter().find(|item| item.name == name.value) {
            return Some(Placed::new(found.clone(), scalar.span));
        }
        let of_sql = draft
            .enums
            .iter()
            .find(|item| item.value.name == name.value);
        match of_sql {
            Some(found) => Some(Placed::new(native(found), scalar.span)),
            None if let Some(found) = checks::named(draft, &name.value) => {
                Some(Placed::new(checked(&found), scalar.span))
            }
            None => {
                let problem = self.unknown(&name, draft);
                draft.report(problem);
                None
            }
        }
    }

    /// Whether a type is only known here, as an enum.
    pub(super) fn stands_for_no_type(&self, text: &str, dialect: Dialect) -> bool {
        let declared = self
            .declared
            .iter()
            .find(|item| item.name.to_string() == text);
        declared
            .is_some_and(|item| item.storage != EnumStorage::Native || dialect != Dialect::Postgres)
    }

    fn unknown(&self, name: &Placed<Name>, draft: &Draft) -> Diagnostic {
        let own = self.declared.iter().map(|item| item.name.to_string());
        let others = draft.enums.iter().map(|item| item.value.name.to_string());
        let names: Vec<String> = own.chain(others).collect();
        let wanted = name.value.to_string();
        Diagnostic::error(format!("unknown enum `{wanted}`"))
            .at(name.span)
            .label("no such enum")
            .did_you_mean(suggest::nearest(&wanted, names.iter().map(String::as_str)))
    }
}

fn native(item: &Placed<Enum>) -> Declared {
    let variant = |value: &String| Variant {
        name: None,
        value: value.clone(),
        span: item.span,
    };
    Declared {
        name: item.value.name.clone(),
        storage: EnumStorage::Native,
        span: item.span,
        variants: item.value.values.iter().map(variant).collect(),
    }
}

fn checked(item: &Placed<Enum>) -> Declared {
    Declared {
        storage: EnumStorage::Check,
        ..native(item)
    }
}

/// Reads `enums`.
pub(super) fn declare_all(file: &Fields<'_>, enums: &mut Enums, draft: &mut Draft) {
    if let Some(node) = file.get("enums") {
        let entries = map(node, "a map of enums by name", &mut draft.diagnostics);
        for entry in entries.unwrap_or_default() {
            let Some(name) = name::of_table(&entry.key, draft) else {
                continue;
            };
            let node = remarked::enumeration(Some(&entry.value), &name.value, draft);
            declare(name, node.as_ref().unwrap_or(&entry.value), enums, draft);
        }
    }
}

/// Reads what only comments say of enums.
pub(super) fn declare_remarked(enums: &mut Enums, draft: &mut Draft) {
    for (name, node) in remarked::enums(draft) {
        declare(name, &node, enums, draft);
    }
}

fn declare(name: Placed<Name>, node: &Node, enums: &mut Enums, draft: &mut Draft) -> Option<()> {
    if let Some(first) = enums.declared.iter().find(|item| item.name == name.value) {
        draft.report(declared_twice("enum", &name, first.span));
        return None;
    }
    let (fields, values) = match &node.value {
        Value::Map(_) => {
            let fields = fields(node, keys::ENUM, &mut draft.diagnostics)?;
            (Some(fields), fields.get("values"))
        }
        _ => (None, Some(node)),
    };
    let of_sql = draft
        .enums
        .iter()
        .find(|item| item.value.name == name.value)
        .cloned()
        .or_else(|| named_types::set(draft, &name.value));
    let of_check = match of_sql {
        None => checks::named(draft, &name.value),
        Some(_) => None,
    };
    let storage = match of_check {
        None => read_storage(fields.as_ref(), of_sql.as_ref(), draft),
        Some(_) => EnumStorage::Check,
    };
    let of_sql = of_sql.or(of_check);
    let variants = match values {
        Some(node) => variant::read_all(node, storage, draft)?,
        None => Vec::new(),
    };
    let mut declared = Declared {
        name: name.value.clone(),
        storage,
        span: name.span,
        variants,
    };
    let mut notes = read_notes(fields.as_ref(), &declared, draft);
    match of_sql {
        Some(item) => {
            check_values(&declared, &item, draft);
            declared.variants = with_names(native(&item).variants, &declared.variants);
            notes.values.clone_from(&item.value.values);
            document(&mut notes, item.value, draft);
        }
        None if declared.variants.is_empty() => draft.report(without_values(&name)),
        None if storage == EnumStorage::Native => {
            let item = Enum {
                name: name.value.clone(),
                values: notes.values.clone(),
                comment: notes.comment.clone(),
            };
            draft.enums.push(Placed::new(item, name.span));
        }
        None => {}
    }
    draft.annotations.enums.insert(name.value, notes);
    enums.declared.push(declared);
    Some(())
}

/// A comment that is said here takes the place of the one in SQL.
fn document(notes: &mut EnumNotes, item: Enum, draft: &mut Draft) {
    if notes.comment.is_none() {
        notes.comment = item.comment;
        return;
    }
    let comment = if let Some(number) = draft.enum_number(&item.name) {
        &mut draft.enums[number].value.comment
    } else if let Some(number) = draft.domain_number(&item.name) {
        &mut draft.domains[number].value.comment
    } else {
        return;
    };
    comment.clone_from(&notes.comment);
}

fn with_names(mut variants: Vec<Variant>, named: &[Variant]) -> Vec<Variant> {
    for variant in &mut variants {
        let found = named.iter().find(|other| other.value == variant.value);
        variant.name = found.and_then(|found| found.name.clone());
    }
    variants
}

/// How it is stored: as the database declares it; as the file says; or else as the database does best.
fn read_storage(
    fields: Option<&Fields<'_>>,
    of_sql: Option<&Placed<Enum>>,
    draft: &mut Draft,
) -> EnumStorage {
    const WAYS: [EnumStorage; 4] = [
        EnumStorage::Native,
        EnumStorage::Check,
        EnumStorage::Lookup,
        EnumStorage::Integer,
    ];
    let usual = match (of_sql, draft.dialect) {
        (None, Dialect::Sqlite) => EnumStorage::Check,
        _ => EnumStorage::Native,
    };
    let node = fields.and_then(|fields| fields.get("storage"));
    let said = node.and_then(|node| {
        let number = choice(node, keys::ENUM_STORAGE, &mut draft.diagnostics)?;
        Some((WAYS[number], node.span))
    });
    let Some((said, span)) = said else {
        return usual;
    };
    match of_sql {
        Some(item) if said != EnumStorage::Native => {
            draft.report(declared_as_type(span, item));
            EnumStorage::Native
        }
        None if said == EnumStorage::Native && draft.dialect == Dialect::Sqlite => {
            draft.report(no_enums_in_sqlite(span));
            EnumStorage::Check
        }
        _ => said,
    }
}

fn read_notes(fields: Option<&Fields<'_>>, declared: &Declared, draft: &mut Draft) -> EnumNotes {
    let names = declared.variants.iter().filter_map(|variant| {
        let name = variant.name.as_ref()?;
        let noted = Noted {
            value: name.value.clone(),
            span: Some(name.span),
        };
        Some((variant.value.clone(), noted))
    });
    let mut notes = EnumNotes {
        name: None,
        values: declared.values().map(str::to_owned).collect(),
        storage: declared.storage,
        comment: None,
        variants: names.collect(),
        keep_unknown: false,
        checked: Vec::new(),
    };
    if let Some(fields) = fields {
        notes.name = super::notes::word_of(fields, "name", "the name of a type", draft);
        notes.comment = super::notes::comment(fields, draft);
        let keep = fields.get("keep_unknown");
        let keep = keep.and_then(|node| flag(node, &mut draft.diagnostics));
        notes.keep_unknown = keep.unwrap_or_default();
    }
    notes
}

/// What a file says about an enum of SQL has to be about its values.
fn check_values(declared: &Declared, item: &Placed<Enum>, draft: &mut Draft) {
    for variant in &declared.variants {
        if !item.value.values.contains(&variant.value) {
            let known = item.value.values.iter().map(String::as_str);
            let suggestion = suggest::nearest(&variant.value, known);
            let problem = unknown_value(&variant.value, &declared.name, variant.span)
                .also(item.span, "the enum is declared here")
                .did_you_mean(suggestion);
            draft.report(problem);
        }
    }
}

/// The default of a column that has values of this enum: a value, or its name in Rust.
pub(super) fn default(
    node: &Node,
    declared: &Declared,
    draft: &mut Draft,
) -> Option<ColumnDefault> {
    let scalar = text(node, "a value of the enum", &mut draft.diagnostics)?;
    let is_meant = |variant: &&Variant| {
        let name = variant.name.as_ref();
        name.is_some_and(|name| name.value == scalar.text) || variant.value == scalar.text
    };
    match declared.variants.iter().find(is_meant) {
        Some(variant) => Some(match declared.storage {
            EnumStorage::Integer => ColumnDefault::Number(variant.value.clone()),
            _ => ColumnDefault::Text(variant.value.clone()),
        }),
        None => {
            let names = declared.variants.iter().flat_map(|variant| {
                let name = variant.name.as_ref().map(|name| name.value.as_str());
                name.into_iter().chain([variant.value.as_str()])
            });
            let suggestion = suggest::nearest(&scalar.text, names);
            let problem = unknown_value(&scalar.text, &declared.name, scalar.span)
                .also(declared.span, "the enum is declared here")
                .did_you_mean(suggestion);
            draft.report(problem);
            None
        }
    }
}

fn unknown_value(value: &str, name: &Name, span: Span) -> Diagnostic {
    Diagnostic::error(format!("enum `{name}` has no value `{value}`")).at(span)
}

fn without_values(name: &Placed<Name>) -> Diagnostic {
    Diagnostic::error(format!("enum `{}` has no values", name.value)).at(name.span)
}

fn declared_as_type(span: Span, item: &Placed<Enum>) -> Diagnostic {
    Diagnostic::error("this enum is a type of the database's own")
        .at(span)
        .also(item.span, "it is declared here")
        .help("leave `storage` out")
}

fn no_enums_in_sqlite(span: Span) -> Diagnostic {
    Diagnostic::error("SQLite has no enums of its own")
        .at(span)
        .help("use `storage: check`, which is what it is without this line")
}
