//! Values that the client fills in, as Rust expressions.

use super::{Enumeration, RustType};
use crate::{annotation::ClientValue, naming};

/// How generated code makes a value.
#[derive(Debug)]
pub(crate) enum Filling {
    /// By an expression of the column's type.
    Expression(String),
    /// From text, as it would read a cell.
    Text(String),
}

/// How to make the value for a column of this type; an error says what the enum does not have.
pub(super) fn filling(
    value: &ClientValue,
    ty: &RustType,
    enums: &[Enumeration],
) -> Result<Filling, String> {
    let expression = match value {
        ClientValue::Boolean(value) => value.to_string(),
        ClientValue::Number(number) => match ty {
            RustType::Primitive("f32" | "f64") if !number.contains(['.', 'e', 'E']) => {
                format!("{number}.0")
            }
            RustType::Primitive(_) => number.clone(),
            _ => return Ok(Filling::Text(number.clone())),
        },
        ClientValue::Text(text) => match ty {
            RustType::Prelude { .. } => format!("{text:?}.to_owned()"),
            RustType::Generated(name) => return variant(text, name, enums),
            RustType::Made { of, .. } => return members(text, of, enums),
            RustType::Civil { .. } if !begins_with_digit(text) => {
                return Err(format!(
                    "`{text}` is no date or time; what is now is `now()`"
                ));
            }
            _ => return Ok(Filling::Text(text.clone())),
        },
        ClientValue::Now => "rt::Now::now()".to_owned(),
        ClientValue::UuidV4 => "aludel::types::Uuid::new_v4()".to_owned(),
        ClientValue::UuidV7 => "aludel::types::Uuid::now_v7()".to_owned(),
        ClientValue::Function(path) => format!("{path}()"),
    };
    Ok(Filling::Expression(expression))
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

fn variant(text: &str, name: &str, enums: &[Enumeration]) -> Result<Filling, String> {
    let Some(enumeration) = enums.iter().find(|enumeration| enumeration.name == name) else {
        return Ok(Filling::Text(text.to_owned()));
    };
    // By the value in the database, or by the name in Rust.
    let named = naming::type_name(text);
    let meant = |(variant, value): &&(String, String)| value == text || *variant == named;
    match enumeration.variants.iter().find(meant) {
        Some((variant, _)) => Ok(Filling::Expression(format!("super::{name}::{variant}"))),
        None => Err(format!("`{text}` is no value of `{name}`")),
    }
}

/// The text of a SET, whose members are known; of a range, the text as it is.
fn members(text: &str, of: &RustType, enums: &[Enumeration]) -> Result<Filling, String> {
    if let RustType::Generated(name) = of {
        for member in text.split(',').filter(|member| !member.is_empty()) {
            let known = enums.iter().find(|enumeration| enumeration.name == *name);
            if let Some(known) = known
                && !known.variants.iter().any(|(_, value)| value == member)
            {
                return Err(format!("`{member}` is no value of `{name}`"));
            }
        }
    }
    Ok(Filling::Text(text.to_owned()))
}
