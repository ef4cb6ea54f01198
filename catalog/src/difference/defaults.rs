//! Whether two defaults fill in the same.

use crate::{
    Column, Default, Dialect, Type,
    ddl::expression::{Scope, canonical, plain},
};

use super::columns::Side;

/// What a default fills in.
#[derive(PartialEq)]
enum Filled {
    Nothing,
    /// A literal, as the column's type takes it.
    Value(String),
    /// Anything else.
    Computed(crate::ddl::expression::Canonical),
}

/// Whether both columns are filled with the same where an insert gives no value.
pub(super) fn is_same(from: Side<'_>, to: Side<'_>) -> bool {
    filled(from) == filled(to)
}

/// Whether the default of a column takes the next number of a sequence, which is what counting up comes down to.
pub(super) fn takes_number(side: Side<'_>) -> bool {
    match &side.column.default {
        Some(Default::Expression(text)) => {
            canonical(text, Scope::without_columns(side.catalog), &str::to_owned).takes_number()
        }
        _ => false,
    }
}

fn filled(side: Side<'_>) -> Filled {
    let column = side.column;
    if column.identity.is_some() || column.generated.is_some() {
        return Filled::Nothing;
    }
    match &column.default {
        None | Some(Default::Null) => Filled::Nothing,
        Some(Default::Boolean(value)) => value_of(side, &u8::from(*value).to_string()),
        Some(Default::Number(value) | Default::Text(value)) => value_of(side, value),
        Some(Default::Now(word)) => computed(side, word),
        Some(Default::Expression(text)) => computed(side, text),
    }
}

fn computed(side: Side<'_>, text: &str) -> Filled {
    let meaning = canonical(text, Scope::without_columns(side.catalog), &str::to_owned);
    match meaning.literal() {
        _ if meaning.is_null() => Filled::Nothing,
        Some(literal) => value_of(side, &literal),
        None => Filled::Computed(meaning),
    }
}

/// A literal as the column takes it: `'1'` and `1`, `t` and `true` are the same to most of them.
fn value_of(side: Side<'_>, literal: &str) -> Filled {
    let kind = side.catalog.resolve(&side.column.ty.kind);
    let value = match kind {
        Type::Boolean => match literal.to_lowercase().as_str() {
            "t" | "true" | "yes" | "on" | "y" => "1".into(),
            "f" | "false" | "no" | "off" | "n" => "0".into(),
            other => bits(other),
        },
        Type::Integer { .. } | Type::Float | Type::Double => match literal.parse::<f64>() {
            Ok(number) if literal.contains(['.', 'e', 'E']) => number.to_string(),
            _ => plain(literal.trim_start_matches('+')),
        },
        Type::Decimal { .. } => plain(literal.trim_start_matches('+')),
        // MySQL writes all digits of a moment that it keeps.
        Type::Timestamp { .. } | Type::Time { .. } if literal.contains('.') => {
            literal.trim_end_matches('0').trim_end_matches('.').into()
        }
        _ => literal.into(),
    };
    Filled::Value(value)
}

/// `b'1'` is the truth value of a column of one bit.
fn bits(literal: &str) -> String {
    match literal
        .strip_prefix("b'")
        .map(|bits| bits.trim_end_matches('\''))
    {
        Some(bits) => plain(bits),
        None => literal.into(),
    }
}

/// What MySQL sets a column to whenever its row changes: only the current moment is there to be said.
pub(super) fn is_set_alike(from: &Column, to: &Column, dialect: Dialect) -> bool {
    let meaning = |text: &Option<String>| {
        let catalog = crate::Catalog::new(dialect);
        let text = text.as_deref();
        text.map(|text| canonical(text, Scope::without_columns(&catalog), &str::to_owned))
    };
    meaning(&from.on_update) == meaning(&to.on_update)
}
