//! Enums, as the generated ones are.

use std::borrow::Cow;

use super::{Value, ValueError, ValueRef};

/// A generated enum.
pub trait Enumeration: Sized + Clone + 'static {
    /// The enum's name in the schema.
    const NAME: &'static str;
    /// The values of the list.
    const ALL: &'static [Self];

    /// The value as the database has it.
    fn as_str(&self) -> &str;

    /// The variant for a value that is not in the list, where there is one.
    fn unknown(_value: &str) -> Option<Self> {
        None
    }
}

/// Reads an enum from its text.
///
/// # Errors
/// When the text is not in the list, and the enum has no variant for that.
pub fn read_enum<E: Enumeration>(value: ValueRef<'_>) -> Result<E, ValueError> {
    let ValueRef::Text(text) = value else {
        return Err(ValueError::expected("text", value));
    };
    let known = E::ALL.iter().find(|known| known.as_str() == text).cloned();
    known
        .or_else(|| E::unknown(text))
        .ok_or_else(|| ValueError::new(format!("`{text}` is no value of the enum `{}`", E::NAME)))
}

/// The text of an enum.
pub fn write_enum<E: Enumeration>(value: &E) -> Value {
    Value::Text(Cow::Owned(value.as_str().to_owned()))
}
