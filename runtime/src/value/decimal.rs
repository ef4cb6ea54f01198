//! Exact numbers.

use rust_decimal::Decimal;

use super::{FromValue, ToValue, Value, ValueError, ValueRef};

impl FromValue for Decimal {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Decimal(text) | ValueRef::Text(text) => Decimal::from_str_exact(text)
                .or_else(|error| Decimal::from_str_exact(shortest(text)).map_err(|_| error))
                .map_err(|error| {
                    ValueError::new(format!("`{text}` does not fit into Decimal: {error}"))
                }),
            ValueRef::Int(value) => Ok(Decimal::from(value)),
            ValueRef::UInt(value) => Ok(Decimal::from(value)),
            // What SQLite makes of a number in a column that it did not get from us: the shortest text is what was meant.
            ValueRef::Float(value) => Decimal::from_str_exact(&value.to_string())
                .map_err(|_| ValueError::out_of_range(value, "Decimal")),
            other => Err(ValueError::expected("an exact number", other)),
        }
    }
}

/// The same number without zeros at its end, which databases write more of than a `Decimal` has digits.
fn shortest(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

impl ToValue for Decimal {
    const EXACT: bool = true;

    fn to_value(&self) -> Value {
        Value::Decimal(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use crate::value::{FromValue, ValueRef};

    #[test]
    fn zeros_beyond_its_digits_cost_no_number_and_other_digits_do() {
        let read = |text: &str| Decimal::from_value(ValueRef::Decimal(text));
        let long = |end: &str| format!("-1.5{:0<28}{end}", "");
        assert_eq!(read(&long("0")).unwrap(), Decimal::new(-15, 1));
        assert!(read(&long("1")).is_err());
        let whole = format!("100.{:0<30}", "");
        assert_eq!(read(&whole).unwrap(), Decimal::from(100));
        assert!(read(&format!("1{:0<30}", "")).is_err());
        assert_eq!(read("1.10").unwrap().scale(), 2, "zeros that fit are kept");
    }
}
