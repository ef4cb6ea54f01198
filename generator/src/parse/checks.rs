//! Checks that list the values of a column: such a column holds an enum, whatever the database calls its type.

use sqlparser::ast::{BinaryOperator, Expr, Value};

use aludel_catalog::{Dialect, Enum, Name, Type};

use super::{
    Placed,
    draft::{ColumnDraft, Draft, TableDraft},
    tree,
};
use crate::{
    annotation::{ColumnNotes, EnumNotes, EnumStorage, Noted},
    diagnostic::Span,
    naming,
};

/// A list of values, and the columns that have no others.
struct Listed {
    /// The name that its enum should have.
    wanted: Name,
    values: Vec<String>,
    span: Span,
    comment: Option<String>,
    columns: Vec<(Name, String)>,
}

/// The list of the column whose enum goes by this name.
pub(super) fn named(draft: &Draft, wanted: &Name) -> Option<Placed<Enum>> {
    let listed = all(draft)
        .into_iter()
        .find(|listed| listed.wanted == *wanted)?;
    let item = Enum {
        name: listed.wanted,
        values: listed.values,
        comment: listed.comment,
    };
    Some(Placed::new(item, listed.span))
}

/// Notes an enum for each column whose values are listed and of which nothing else is said.
pub(super) fn note(draft: &mut Draft) {
    for listed in all(draft) {
        let columns: Vec<(Name, String)> = listed
            .columns
            .into_iter()
            .filter(|(table, column)| is_open(draft, table, column))
            .collect();
        if columns.is_empty() {
            continue;
        }
        let name = free_name(draft, &listed.wanted, &listed.values);
        for (table, column) in &columns {
            let notes = draft.annotations.tables.entry(table.clone()).or_default();
            let notes = notes.columns.entry(column.clone()).or_default();
            notes.enumeration = Some(Noted {
                value: name.clone(),
                span: Some(listed.span),
            });
        }
        let new = || EnumNotes {
            values: listed.values.clone(),
            storage: EnumStorage::Check,
            comment: listed.comment.clone(),
            ..EnumNotes::default()
        };
        let notes = draft.annotations.enums.entry(name).or_insert_with(new);
        notes.checked.extend(columns);
    }
}

/// Whether nothing else says what the column's values are.
fn is_open(draft: &Draft, table: &Name, column: &str) -> bool {
    let notes = draft.annotations.tables.get(table);
    let notes = notes.and_then(|notes| notes.columns.get(column));
    notes.is_none_or(
        |ColumnNotes {
             enumeration,
             rust,
             no_enum,
             ..
         }| { enumeration.is_none() && rust.is_none() && !no_enum },
    )
}

/// A file may have said more about the enum by its name; any other enum of that name makes it take another.
fn free_name(draft: &Draft, wanted: &Name, values: &[String]) -> Name {
    let is_free = |name: &Name| {
        let noted = draft.annotations.enums.get(name);
        let declared = draft.enums.iter().any(|item| item.value.name == *name);
        !declared && noted.is_none_or(|noted| noted.values == values && noted.checked.is_empty())
    };
    let numbered = (2_usize..).map(|number| Name {
        schema: wanted.schema.clone(),
        name: format!("{}_{number}", wanted.name),
    });
    std::iter::once(wanted.clone())
        .chain(numbered)
        .find(is_free)
        .expect("there are more numbers than enums")
}

fn all(draft: &Draft) -> Vec<Listed> {
    let of_tables = draft.tables.iter().flat_map(|table| of_table(draft, table));
    of_tables.chain(of_domains(draft)).collect()
}

fn of_table(draft: &Draft, table: &TableDraft) -> Vec<Listed> {
    let mut found: Vec<(usize, Vec<String>, Span)> = Vec::new();
    let mut several = Vec::new();
    for check in &table.checks {
        let Some((column, values)) = list(&check.check.expression, draft.dialect) else {
            continue;
        };
        let Some(number) = table.column_number(draft, &column) else {
            continue;
        };
        match found.iter().any(|(other, ..)| *other == number) {
            true => several.push(number),
            false => found.push((number, values, check.span)),
        }
    }
    let fits = |(number, values, _): &(usize, Vec<String>, Span)| {
        // Which of two lists holds would have to be computed.
        !several.contains(number) && holds(draft, &table.columns[*number], values)
    };
    let listed = |(number, values, span): (usize, Vec<String>, Span)| {
        let column = &table.columns[number].column.name;
        Listed {
            wanted: Name {
                schema: table.name.schema.clone(),
                name: naming::of_values(&table.name.name, column),
            },
            values,
            span,
            comment: None,
            columns: vec![(table.name.clone(), column.clone())],
        }
    };
    found.into_iter().filter(fits).map(listed).collect()
}

/// Whether what is read from the column is one of these texts, letter by letter.
fn holds(draft: &Draft, column: &ColumnDraft, values: &[String]) -> bool {
    let collation = column.column.collation.as_deref().unwrap_or_default();
    let Type::Text { length, fixed } = column.column.ty.kind else {
        return false;
    };
    let is_padded = fixed && draft.dialect == Dialect::Postgres;
    let length = length.unwrap_or(1);
    let fills = |value: &String| value.chars().count() as u64 == length;
    !collation.eq_ignore_ascii_case("nocase") && (!is_padded || values.iter().all(fills))
}

/// Domains of texts whose check lists them: `CHECK (VALUE IN (…))`.
fn of_domains(draft: &Draft) -> Vec<Listed> {
    let mut all = Vec::new();
    for domain in &draft.domains {
        let is_text = matches!(domain.value.base.kind, Type::Text { fixed: false, .. });
        let [check] = domain.value.checks.as_slice() else {
            continue;
        };
        let Some((subject, values)) = list(check, draft.dialect).filter(|_| is_text) else {
            continue;
        };
        if !subject.eq_ignore_ascii_case("value") {
            continue;
        }
        let of_domain = Type::Domain(domain.value.name.clone());
        let columns = draft.tables.iter().flat_map(|table| {
            let columns = table.columns.iter();
            let fitting = columns.filter(|column| column.column.ty.kind == of_domain);
            fitting.map(|column| (table.name.clone(), column.column.name.clone()))
        });
        all.push(Listed {
            wanted: domain.value.name.clone(),
            values,
            span: domain.span,
            comment: domain.value.comment.clone(),
            columns: columns.collect(),
        });
    }
    all
}

/// The column and the texts that a check lists, if that is all it does.
fn list(check: &str, dialect: Dialect) -> Option<(String, Vec<String>)> {
    let tree = tree::expression(check, dialect)?;
    let mut alternatives = Vec::new();
    split_at_or(&tree, &mut alternatives);
    let mut column: Option<String> = None;
    let mut values: Vec<String> = Vec::new();
    for alternative in alternatives {
        let (subject, texts) = match bare(alternative) {
            Expr::InList {
                expr,
                list,
                negated: false,
            } => (expr, texts(list)?),
            Expr::AnyOp {
                left,
                compare_op: BinaryOperator::Eq,
                right,
                ..
            } => match bare(right) {
                Expr::Array(array) => (left, texts(&array.elem)?),
                _ => return None,
            },
            Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq,
                right,
            } => (left, vec![text(right)?]),
            // That it can be NULL is for the column to say.
            Expr::IsNull(subject) => (subject, Vec::new()),
            _ => return None,
        };
        let subject = name(subject, dialect)?;
        if column.get_or_insert_with(|| subject.clone()) != &subject {
            return None;
        }
        for text in texts {
            if !values.contains(&text) {
                values.push(text);
            }
        }
    }
    let is_list =
        values.len() > 1 || matches!(bare(&tree), Expr::InList { .. } | Expr::AnyOp { .. });
    column
        .filter(|_| is_list && !values.is_empty())
        .map(|column| (column, values))
}

fn split_at_or<'e>(expression: &'e Expr, found: &mut Vec<&'e Expr>) {
    match bare(expression) {
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Or,
            right,
        } => {
            split_at_or(left, found);
            split_at_or(right, found);
        }
        other => found.push(other),
    }
}

/// What stands within parentheses and casts.
fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Nested(inner) => bare(inner),
        Expr::Cast { expr, .. } => bare(expr),
        Expr::Prefixed { value, .. } => bare(value),
        other => other,
    }
}

fn name(expression: &Expr, dialect: Dialect) -> Option<String> {
    match bare(expression) {
        Expr::Identifier(name) => Some(match (dialect, name.quote_style) {
            (Dialect::Postgres, None) => name.value.to_ascii_lowercase(),
            _ => name.value.clone(),
        }),
        _ => None,
    }
}

fn texts(list: &[Expr]) -> Option<Vec<String>> {
    list.iter().map(text).collect()
}

fn text(expression: &Expr) -> Option<String> {
    let Expr::Value(value) = bare(expression) else {
        return None;
    };
    match &value.value {
        Value::SingleQuotedString(text)
        | Value::EscapedStringLiteral(text)
        | Value::NationalStringLiteral(text) => Some(text.clone()),
        _ => None,
    }
}
