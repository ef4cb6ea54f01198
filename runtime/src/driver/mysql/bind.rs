//! Parameters on their way to MySQL and MariaDB.

use mysql::Value as Stored;

use crate::{
    error::{Error, Result},
    value::{
        ValueError, ValueRef,
        civil::{self, MICROS_PER_DAY, MICROS_PER_SECOND},
    },
};

/// The longest time of either sign: 838:59:59 and a fraction.
const LONGEST_TIME: i64 = (838 * 3_600 + 59 * 60 + 59) * MICROS_PER_SECOND + 999_999;

/// All parameters of a statement. Nothing is altered: what the server cannot hold is an error.
pub(super) fn bind_all(parameters: &[ValueRef<'_>]) -> Result<Vec<Stored>> {
    let mut bound = Vec::with_capacity(parameters.len());
    for (number, parameter) in (1..).zip(parameters) {
        bound.push(bind(*parameter).map_err(|error| Error::of_parameter(number, error))?);
    }
    Ok(bound)
}

/// How large a packet with these values can get.
pub(super) fn size_of(values: &[Stored]) -> usize {
    // Each comes with its type, its length and a bit for NULL.
    const AROUND: usize = 12;
    let sizes = values.iter().map(|value| match value {
        Stored::Bytes(bytes) => bytes.len() + AROUND,
        _ => 2 * AROUND,
    });
    sizes.sum()
}

fn bind(value: ValueRef<'_>) -> Result<Stored, ValueError> {
    Ok(match value {
        ValueRef::Null => Stored::NULL,
        ValueRef::Bool(value) => Stored::Int(value.into()),
        ValueRef::Int(value) => Stored::Int(value),
        ValueRef::UInt(value) => Stored::UInt(value),
        ValueRef::Float(value) if !value.is_finite() => {
            return Err(ValueError::new(format!(
                "MySQL and MariaDB have no {value}"
            )));
        }
        ValueRef::Float(value) => Stored::Double(value),
        ValueRef::Text(text) | ValueRef::Json(text) | ValueRef::Decimal(text) => {
            Stored::Bytes(text.as_bytes().to_vec())
        }
        ValueRef::Bytes(bytes) => Stored::Bytes(bytes.to_vec()),
        ValueRef::Uuid(bytes) => Stored::Bytes(bytes.to_vec()),
        ValueRef::Date(days) => {
            let (year, month, day) = date(days.into())?;
            Stored::Date(year, month, day, 0, 0, 0, 0)
        }
        ValueRef::Time(micros) => time(micros)?,
        ValueRef::Timestamp(micros) | ValueRef::TimestampUtc(micros) => timestamp(micros)?,
        other @ (ValueRef::Array(_) | ValueRef::Other(_)) => {
            let problem = format!("MySQL and MariaDB cannot hold {}", other.what());
            return Err(ValueError::new(problem));
        }
    })
}

fn date(days: i64) -> Result<(u16, u8, u8), ValueError> {
    let (year, month, day) = civil::civil_from_days(days);
    if !(0..=9999).contains(&year) {
        let problem = format!(
            "the dates of MySQL and MariaDB are of the years 0 to 9999, found the year {year}"
        );
        return Err(ValueError::new(problem));
    }
    Ok((year as u16, month as u8, day as u8))
}

fn time(micros: i64) -> Result<Stored, ValueError> {
    if micros.unsigned_abs() > LONGEST_TIME.unsigned_abs() {
        let shown = civil::format_time(micros);
        return Err(ValueError::out_of_range(
            shown,
            "a time of MySQL and MariaDB",
        ));
    }
    let (days, hour, minute, second, fraction) = split(micros.abs());
    Ok(Stored::Time(
        micros < 0,
        days as u32,
        hour,
        minute,
        second,
        fraction,
    ))
}

fn timestamp(micros: i64) -> Result<Stored, ValueError> {
    let (days, hour, minute, second, fraction) = split(micros);
    let (year, month, day) = date(days)?;
    Ok(Stored::Date(
        year, month, day, hour, minute, second, fraction,
    ))
}

/// Days, hour, minute, second and microseconds.
fn split(micros: i64) -> (i64, u8, u8, u8, u32) {
    let of_day = micros.rem_euclid(MICROS_PER_DAY);
    let seconds = of_day / MICROS_PER_SECOND;
    (
        micros.div_euclid(MICROS_PER_DAY),
        (seconds / 3_600) as u8,
        (seconds / 60 % 60) as u8,
        (seconds % 60) as u8,
        (of_day % MICROS_PER_SECOND) as u32,
    )
}
