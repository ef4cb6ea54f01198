//! Enums, as the generated ones are.

use std::borrow::Cow;

use super::{Value, ValueError, ValueRef};

/// A generated enum.
pub trait Enumeration: Sized + Clone + 'static {
    /// The enum's name in the schema.
    const NAME: &'static str;
    /// The values of the list.
    const ALL: &'static [Self];
    /// Whether the database keeps numbers.
    const IS_INTEGER: bool = false;

    /// The value as the database has it.
    fn as_str(&self) -> &str;

    /// The variant for a value that is not in the list, where there is one.
    fn unknown(_value: &str) -> Option<Self> {
        None
    }
}

/// Reads an enum.
///
/// # Errors
/// When the value is not in the list, and the enum has no variant for that.
pub fn read_enum<E: Enumeration>(value: ValueRef<'_>) -> Result<E, ValueError> {
    let number;
    let text = match value {
        ValueRef::Text(text) => text,
        ValueRef::Int(value) if E::IS_INTEGER => {
            number = value.to_string();
            &number
        }
        other => {
            return Err(ValueError::expected(
                if E::IS_INTEGER { "an integer" } else { "text" },
                other,
            ));
        }
    };
    let known = E::ALL.iter().find(|known| known.as_str() == text).cloned();
    let found = known.or_else(|| E::unknown(text));
    found.ok_or_else(|| ValueError::new(format!("`{text}` is no value of the enum `{}`", E::NAME)))
}

/// The value that the database keeps.
pub fn write_enum<E: Enumeration>(value: &E) -> Value {
    let text = value.as_str();
    match text.parse() {
        Ok(number) if E::IS_INTEGER => Value::Int(number),
        _ => Value::Text(Cow::Owned(text.to_owned())),
    }
}
