//! Expressions of the schema: kept as written for the schema's own dialect, and said in words of another one.
//!
//! Where dialects would read the same words differently (`||` joins texts or means OR, `LIKE` takes notice of case or not,
//! `/` divides whole numbers or not), the words change, or the expression is refused; what is not understood is refused as
//! well.

mod canonical;
mod kind;
mod parse;
mod token;
mod tree;
mod write;

use crate::{Catalog, Column, ColumnType, Dialect, Table, Type};

use super::{DdlError, dialect::DdlDialect, domain, sql::Sql};
use tree::Expr;

pub(crate) use canonical::{Canonical, canonical, plain, words};

/// What the names in an expression stand for.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'c> {
    pub(super) catalog: &'c Catalog,
    /// The table whose columns it may name.
    pub(super) table: Option<&'c Table>,
    /// The column that `VALUE` stands for, in a check of a domain.
    pub(super) value: Option<&'c Column>,
}

impl<'c> Scope<'c> {
    /// An expression that may name columns of a table.
    pub(crate) fn of(catalog: &'c Catalog, table: &'c Table) -> Self {
        Scope {
            catalog,
            table: Some(table),
            value: None,
        }
    }

    /// An expression without columns.
    pub(crate) fn without_columns(catalog: &'c Catalog) -> Self {
        Scope {
            catalog,
            table: None,
            value: None,
        }
    }

    /// The column that a name means in the schema's own dialect.
    fn column(self, name: &str, is_quoted: bool) -> Option<&'c Column> {
        if !is_quoted && name.eq_ignore_ascii_case("VALUE") && self.value.is_some() {
            return self.value;
        }
        let columns = &self.table?.columns;
        let exact = match self.catalog.dialect {
            Dialect::Postgres if !is_quoted => name.to_lowercase(),
            _ => name.into(),
        };
        let found = columns.iter().find(|column| column.name == exact);
        if self.catalog.dialect == Dialect::Postgres {
            return found;
        }
        found.or_else(|| {
            let mut columns = columns.iter();
            columns.find(|column| column.name.eq_ignore_ascii_case(name))
        })
    }

    /// What the values of a column of this name really are.
    fn type_of(self, name: &str) -> Option<&'c ColumnType> {
        let columns = self.table.map_or(&[][..], |table| &table.columns);
        let mut columns = columns.iter().chain(self.value);
        let column = columns.find(|column| column.name == name)?;
        Some(domain::resolve(self.catalog, &column.ty).ok()?.ty)
    }

    fn is_bytes(self, expression: &Expr) -> bool {
        match expression {
            Expr::Bytes(_) => true,
            Expr::Column(name) => self
                .type_of(name)
                .is_some_and(|ty| matches!(ty.kind, Type::Bytes { .. })),
            _ => false,
        }
    }

    /// Whether it is a column whose collation takes notice of case.
    fn is_binary_text(self, expression: &Expr) -> bool {
        let Expr::Column(name) = expression else {
            return false;
        };
        let own = self.table.and_then(|table| {
            let of_column = table.column(name).and_then(|it| it.collation.as_deref());
            let mut options = table.options.iter();
            let of_table = options.find(|option| option.name == "COLLATE");
            of_column.or(of_table.and_then(|option| option.value.as_deref()))
        });
        own.is_some_and(|collation| collation.to_ascii_lowercase().ends_with("bin"))
    }
}

/// `expression` in words of `dialect`.
pub(super) fn translate(
    expression: &str,
    scope: Scope<'_>,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    if scope.catalog.dialect == dialect.dialect() {
        let Some(column) = scope.value else {
            return Ok(expression.into());
        };
        let mut name = Sql::new(dialect);
        name.name(&column.name)?;
        return Ok(replace(expression, "VALUE", &name.finish()?));
    }
    let translated =
        parse::parse(expression, scope).and_then(|tree| write::write(&tree, scope, dialect, None));
    translated.map_err(|error| refused(expression, dialect, &error))
}

/// `expression` as the default of a column of the type `kind`, in words of `dialect`. The schema's own dialect keeps it.
pub(super) fn translate_default(
    expression: &str,
    kind: &Type,
    scope: Scope<'_>,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    if scope.catalog.dialect == dialect.dialect() {
        return Ok(expression.into());
    }
    let translated = parse::parse(expression, scope)
        .and_then(|tree| write::write(&tree, scope, dialect, Some(kind)));
    translated.map_err(|error| refused(expression, dialect, &error))
}

/// The name of the sequence that a default takes its numbers from, where it does nothing else.
pub(super) fn sequence_of(expression: &str, catalog: &Catalog) -> Option<String> {
    let tree = parse::parse(expression, Scope::without_columns(catalog)).ok()?;
    match tree {
        Expr::Call(tree::Function::NextValue, arguments) => match &arguments[..] {
            [Expr::Text(name)] => Some(name.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The text of another dialect's query, of which only quotes are understood.
pub(super) fn requote(
    query: &str,
    catalog: &Catalog,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    write::requote(query, catalog, dialect)
}

fn refused(expression: &str, dialect: &'static dyn DdlDialect, reason: &DdlError) -> DdlError {
    DdlError::new(format!(
        "`{expression}` cannot be said in words of {}: {reason}",
        dialect.title()
    ))
}

/// Whether `expression` contains `word` outside of quotes, in whatever case.
pub(crate) fn mentions(expression: &str, word: &str) -> bool {
    pieces(expression).any(|piece| piece.eq_ignore_ascii_case(word))
}

/// The columns of the scope's table that `expression` names.
pub(super) fn columns<'c>(expression: &str, scope: Scope<'c>) -> Vec<&'c str> {
    let columns = scope.table.map_or(&[][..], |table| &table.columns);
    let names = columns.iter().map(|column| column.name.as_str());
    names.filter(|name| self::names(expression, name)).collect()
}

/// Whether `query` contains `name`, quoted or not, in whatever case.
pub(crate) fn names(query: &str, name: &str) -> bool {
    pieces(query).any(|piece| piece.trim_matches(['"', '`']).eq_ignore_ascii_case(name))
}

/// `expression` with `word`, wherever it stands outside of quotes and in whatever case, replaced.
pub(super) fn replace(expression: &str, word: &str, replacement: &str) -> String {
    replace_each(expression, |piece| {
        piece.eq_ignore_ascii_case(word).then_some(replacement)
    })
}

fn replace_each<'t>(
    expression: &'t str,
    replacement: impl Fn(&'t str) -> Option<&'t str>,
) -> String {
    pieces(expression)
        .map(|piece| replacement(piece).unwrap_or(piece))
        .collect()
}

/// Cuts a text into words, quoted parts, and single characters; together they are the text again.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match first {
            '\'' | '"' | '`' => quoted_length(rest, first),
            first if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

/// How long the quoted part at the beginning of `text` is. A doubled quote stands for one.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut behind = 1;
    while let Some(end) = text[behind..].find(quote) {
        behind += end + 1;
        if !text[behind..].starts_with(quote) {
            return behind;
        }
        behind += 1;
    }
    text.len()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}
