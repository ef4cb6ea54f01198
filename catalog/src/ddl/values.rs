//! Conditions that keep a text within a list of values, and numbers as all databases read them.

use crate::{Catalog, Name};

use super::{DdlError, sql::Sql};

/// The values of an enum.
pub(super) fn of_enum<'c>(catalog: &'c Catalog, name: &Name) -> Result<&'c [String], DdlError> {
    let enumeration = catalog
        .enumeration(name)
        .ok_or_else(|| DdlError::new(format!("there is no enum `{name}`")))?;
    match enumeration.values.is_empty() {
        true => Err(DdlError::new("its enum has no values")),
        false => Ok(&enumeration.values),
    }
}

/// `'a', 'b'`
pub(super) fn write_list(sql: &mut Sql, values: &[String]) {
    for (position, value) in values.iter().enumerate() {
        if position > 0 {
            sql.push(", ");
        }
        sql.literal(value);
    }
}

/// `"column" IN ('a', 'b')`
pub(super) fn write_one_of(sql: &mut Sql, column: &str, values: &[String]) -> Result<(), DdlError> {
    sql.name(column)?;
    sql.push(" IN (");
    write_list(sql, values);
    sql.push(")");
    Ok(())
}

/// A list like `a,b` or nothing at all: once each value is taken out of `,a,b,`, a comma is left.
pub(super) fn write_some_of(
    sql: &mut Sql,
    column: &str,
    values: &[String],
) -> Result<(), DdlError> {
    sql.name(column)?;
    sql.push(" = '' OR ");
    for _ in values {
        sql.push("replace(");
    }
    sql.push("',' || ");
    sql.name(column)?;
    sql.push(" || ','");
    for value in values {
        sql.push(", ");
        sql.literal(&format!(",{value},"));
        sql.push(", ',')");
    }
    sql.push(" = ','");
    Ok(())
}

/// Whether `text` is a literal as some dialect writes it: `-1`, `.5`, `1e-3`, `0xFF`, `1_000`.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut previous = ' ';
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().all(|character| {
            let after_exponent = matches!(previous, 'e' | 'E');
            previous = character;
            character.is_ascii_alphanumeric()
                || matches!(character, '.' | '_')
                || (after_exponent && matches!(character, '+' | '-'))
        })
}

/// A number in decimal digits: `0xFF` means something else in MySQL and nothing in older versions of PostgreSQL.
pub(super) fn decimal(number: &str) -> Result<String, DdlError> {
    let plain = number.replace('_', "");
    let (sign, digits) = match plain.strip_prefix(['-', '+']) {
        Some(digits) => (&plain[..1], digits),
        None => ("", plain.as_str()),
    };
    let hexadecimal = digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"));
    if let Some(hexadecimal) = hexadecimal {
        return i64::from_str_radix(hexadecimal, 16)
            .map(|value| format!("{sign}{value}"))
            .map_err(|_| DdlError::new(format!("its default `{number}` is not of 64 bits")));
    }
    match digits.parse::<f64>() {
        Ok(_) => Ok(plain),
        Err(_) => Err(DdlError::new(format!(
            "its default `{number}` is neither a number nor the current date or time"
        ))),
    }
}

/// Whether a number means false.
pub(super) fn is_zero(number: &str) -> bool {
    number.parse::<f64>().is_ok_and(|number| number == 0.0)
}

/// The bytes of a text, as hexadecimal digits.
pub(super) fn hexadecimal(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}
