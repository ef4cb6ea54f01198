//! Exact numbers as integers, counted in units of their last digit.

use crate::value::ValueError;

/// Reads decimal digits as a number of so many digits, of which the last `scale` stand behind the point. Nothing is rounded.
pub(super) fn parse(text: &str, precision: u8, scale: u8) -> Result<i128, ValueError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = usize::from(scale);
    let (part, rest) = part.split_at_checked(scale).unwrap_or((part, ""));
    let is_number = !(whole.is_empty() && part.is_empty())
        && [whole, part, rest]
            .iter()
            .all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number {
        return Err(ValueError::new(format!("`{text}` is not a decimal number")));
    }
    let zeros = std::iter::repeat_n(b'0', scale - part.len());
    let mut digits = whole.bytes().chain(part.bytes()).chain(zeros);
    let number = digits.try_fold(0_i128, |number, digit| {
        number
            .checked_mul(10)?
            .checked_add(i128::from(digit - b'0'))
    });
    let fits = |number: &i128| *number < 10_i128.pow(precision.into());
    match number.filter(fits) {
        Some(number) if rest.bytes().all(|digit| digit == b'0') => {
            Ok(if negative { -number } else { number })
        }
        _ => Err(ValueError::out_of_range(
            text,
            &format!("a decimal({precision}, {scale})"),
        )),
    }
}

/// The digits again.
pub(super) fn write(number: i128, scale: u8) -> String {
    let scale = usize::from(scale);
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

#[cfg(test)]
mod tests {
    use super::{parse, write};

    #[test]
    fn digits_are_counted_from_the_last() {
        for (text, precision, scale, number, again) in [
            ("12.50", 10, 2, 1250, "12.50"),
            ("-0.5", 10, 2, -50, "-0.50"),
            ("+7", 3, 0, 7, "7"),
            (".5", 3, 1, 5, "0.5"),
            ("1.500", 3, 1, 15, "1.5"),
            (
                "-99999999999999999999999999999999999999",
                38,
                0,
                -(10_i128.pow(38) - 1),
                "",
            ),
        ] {
            assert_eq!(parse(text, precision, scale), Ok(number), "{text}");
            let again = if again.is_empty() { text } else { again };
            assert_eq!(write(number, scale), again);
        }
    }

    #[test]
    fn nothing_is_rounded_or_guessed() {
        for (text, problem) in [
            ("1.25", "1.25 does not fit into a decimal(3, 1)"),
            ("100", "100 does not fit into a decimal(3, 1)"),
            ("NaN", "`NaN` is not a decimal number"),
            ("1e3", "`1e3` is not a decimal number"),
            ("1.2x", "`1.2x` is not a decimal number"),
            ("-", "`-` is not a decimal number"),
            ("", "`` is not a decimal number"),
        ] {
            assert_eq!(parse(text, 3, 1).unwrap_err().to_string(), problem);
        }
    }
}
