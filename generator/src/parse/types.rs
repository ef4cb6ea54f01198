//! What types mean: their names in each dialect, and the neutral type for each.

mod mysql;
mod postgres;
mod sqlite;

use aludel_catalog::{ColumnType, Dialect, IntegerSize, Name, Type};

use super::{draft::Draft, type_name::TypeName};
use crate::{
    diagnostic::{Diagnostic, Severity, Span},
    suggest,
};

/// What the name of a type stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A type.
    Plain(Type),
    /// An integer that the database counts up (`serial`).
    Serial { size: IntegerSize, unsigned: bool },
    /// One of these values.
    Values(Vec<String>),
    /// A type of the schema's own; which one shows when all files are read.
    Named(Name),
    /// Nothing that is known.
    Unknown,
}

/// What a type means in a dialect.
pub(super) fn meaning(ty: &TypeName, dialect: Dialect) -> Meaning {
    match dialect {
        Dialect::Sqlite => sqlite::meaning(ty),
        Dialect::Postgres => postgres::meaning(ty),
        Dialect::Mysql => mysql::meaning(ty),
    }
}

/// The type where no column is declared, so that `serial` and lists of values are none.
pub(super) fn plain(ty: TypeName, draft: &mut Draft) -> ColumnType {
    let kind = match meaning(&ty, draft.dialect) {
        Meaning::Plain(plain) => plain,
        Meaning::Named(name) => named(name, &ty),
        Meaning::Serial { .. } | Meaning::Values(_) | Meaning::Unknown => unknown(&ty, draft),
    };
    ColumnType::new(kind, ty.sql.value)
}

/// Stands for an enum or a domain, or arrays of it, until all files are read.
pub(super) fn named(name: Name, ty: &TypeName) -> Type {
    (0..ty.dimensions).fold(Type::Domain(name), |element, _| {
        Type::Array(Box::new(element))
    })
}

/// What is taken for a type that is not known in the dialect, which is reported.
pub(super) fn unknown(ty: &TypeName, draft: &mut Draft) -> Type {
    let written = match ty.quoted {
        true => &ty.name,
        false => &ty.sql.value,
    };
    let mut problem = unknown_type(written, ty.sql.span, draft.dialect, std::iter::empty());
    if draft.dialect == Dialect::Sqlite && !sqlite::is_slip(bare(written)) {
        problem.severity = Severity::Warning;
        problem = problem.label("SQLite keeps any value under this name: it is read as `Value`");
    }
    draft.report(problem);
    Type::Other
}

/// Names from other languages, and what they are called in SQL.
const ALIASES: &[(&str, &str)] = &[
    ("STRING", "TEXT"),
    ("STR", "TEXT"),
    ("NUMBER", "NUMERIC"),
    ("LONG", "BIGINT"),
];

/// There is no such type; `others` are those that the schema itself declares.
pub(super) fn unknown_type<'c>(
    sql: &str,
    span: Span,
    dialect: Dialect,
    others: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    let bare = bare(sql);
    let error = Diagnostic::error(format!("unknown type `{bare}`"))
        .at(span)
        .label("not a type");
    if names(dialect)
        .iter()
        .any(|name| name.eq_ignore_ascii_case(bare))
    {
        return error.help(format!(
            "`{bare}` stands only where a column of a table is declared"
        ));
    }
    let is_known_to = |other: &Dialect| {
        let mut known = names(*other).iter();
        known.any(|name| name.eq_ignore_ascii_case(bare))
    };
    if let Some(other) = Dialect::ALL.into_iter().find(is_known_to) {
        let (other, own) = (title(other), title(dialect));
        return error.help(format!(
            "`{bare}` is a type of {other}; this is read as {own}"
        ));
    }
    let alias = ALIASES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(bare));
    let candidates = names(dialect).iter().copied().chain(others);
    let meant = alias.map(|(_, meant)| *meant);
    error.did_you_mean(meant.or_else(|| suggest::nearest(bare, candidates)))
}

/// A type as it is written, without what stands in parentheses or brackets.
fn bare(sql: &str) -> &str {
    sql.split(['(', '[']).next().unwrap_or(sql).trim()
}

/// Whether the name is one of another dialect or language.
fn is_foreign(name: &str) -> bool {
    let mut aliases = ALIASES.iter().map(|(alias, _)| alias);
    let mut names = Dialect::ALL.into_iter().flat_map(names);
    aliases.any(|alias| alias.eq_ignore_ascii_case(name))
        || names.any(|known| known.eq_ignore_ascii_case(name))
}

/// The names of a dialect's types.
fn names(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Sqlite => sqlite::NAMES,
        Dialect::Postgres => postgres::NAMES,
        Dialect::Mysql => mysql::NAMES,
    }
}

/// A dialect as people write it.
pub(super) fn title(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "PostgreSQL",
        Dialect::Mysql => "MySQL",
    }
}

/// A type that SQLite reads by a part of its name, though another one is likely to be meant.
pub(super) fn doubtful_type(ty: &TypeName, dialect: Dialect) -> Option<Diagnostic> {
    if dialect != Dialect::Sqlite || ty.quoted {
        return None;
    }
    let meant = sqlite::doubtful(&ty.name)?;
    let warning = Diagnostic::warning(format!("unusual type `{}`", ty.name))
        .at(ty.sql.span)
        .label("SQLite goes by a part of this name")
        .did_you_mean(Some(meant));
    Some(warning)
}

fn text(ty: &TypeName, fixed: bool) -> Type {
    Type::Text {
        length: ty.number(0),
        fixed,
    }
}

fn bytes(ty: &TypeName, fixed: bool) -> Type {
    Type::Bytes {
        length: ty.number(0),
        fixed,
    }
}

fn decimal(ty: &TypeName) -> Type {
    Type::Decimal {
        precision: ty.number(0),
        scale: ty.number(1),
    }
}

fn timestamp(ty: &TypeName, zone: bool) -> Type {
    Type::Timestamp {
        precision: ty.number(0),
        zone,
    }
}

fn time(ty: &TypeName, zone: bool) -> Type {
    Type::Time {
        precision: ty.number(0),
        zone,
    }
}
