//! PostgreSQL's `numeric`: groups of four decimal digits, with the place of the first group.

use crate::value::ValueError;

const POSITIVE: u16 = 0x0000;
const NEGATIVE: u16 = 0x4000;
const NOT_A_NUMBER: u16 = 0xC000;
const INFINITE: u16 = 0xD000;
const NEGATIVELY_INFINITE: u16 = 0xF000;

/// How many digits can follow the point.
const LONGEST_FRACTION: usize = 16_383;
/// How many digits can stand before it.
const LONGEST_WHOLE: usize = 131_072;

/// Appends the digits of a number.
pub(super) fn decode(bytes: &[u8], text: &mut String) -> Option<()> {
    let (header, groups) = bytes.split_at_checked(8)?;
    let word = |index: usize| u16::from_be_bytes([header[2 * index], header[2 * index + 1]]);
    let (count, sign, scale) = (usize::from(word(0)), word(2), usize::from(word(3)));
    let weight = isize::from(i16::from_be_bytes([header[2], header[3]]));
    match sign {
        POSITIVE => {}
        NEGATIVE => text.push('-'),
        NOT_A_NUMBER => text.push_str("NaN"),
        INFINITE => text.push_str("Infinity"),
        NEGATIVELY_INFINITE => text.push_str("-Infinity"),
        _ => return None,
    }
    if !matches!(sign, POSITIVE | NEGATIVE) {
        return Some(());
    }
    if groups.len() != 2 * count {
        return None;
    }
    // The group at a place; beyond what is given there are zeros.
    let group = |place: isize| {
        let index = usize::try_from(weight - place).ok()?;
        let bytes = groups.get(2 * index..2 * index + 2)?;
        Some(u16::from_be_bytes([bytes[0], bytes[1]]))
    };
    let whole = group(weight.max(0)).unwrap_or(0);
    text.push_str(&whole.to_string());
    for place in (0..weight.max(0)).rev() {
        push_group(text, group(place).unwrap_or(0));
    }
    if scale > 0 {
        text.push('.');
        let end = text.len() + scale;
        let mut place = -1;
        while text.len() < end {
            push_group(text, group(place).unwrap_or(0));
            place -= 1;
        }
        text.truncate(end);
    }
    Some(())
}

fn push_group(text: &mut String, group: u16) {
    for power in [1000, 100, 10, 1] {
        text.push(char::from(
            b'0' + u8::try_from(group / power % 10).unwrap_or(0),
        ));
    }
}

/// A number in digits, cut at its point.
#[derive(Clone, Copy)]
pub(super) struct Digits<'t> {
    is_negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

impl<'t> Digits<'t> {
    /// Nothing where there is anything but a sign, digits and a point.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits =
            are_digits(whole) && are_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
        fits.then(|| Digits {
            is_negative,
            whole: whole.trim_start_matches('0'),
            fraction,
        })
    }
}

/// Appends a number as the server takes it.
///
/// # Errors
/// When it has more digits than PostgreSQL keeps.
pub(super) fn encode(digits: Digits<'_>, out: &mut impl bytes::BufMut) -> Result<(), ValueError> {
    let Digits {
        is_negative,
        whole,
        fraction,
    } = digits;
    if whole.len() > LONGEST_WHOLE || fraction.len() > LONGEST_FRACTION {
        return Err(ValueError::new("it has more digits than a numeric holds"));
    }
    let whole_groups = whole.len().div_ceil(4);
    let mut groups = Vec::with_capacity(whole_groups + fraction.len().div_ceil(4));
    // The first group may be shorter than the others.
    let (first, rest) = whole
        .as_bytes()
        .split_at(whole.len() - 4 * whole_groups.saturating_sub(1));
    if !first.is_empty() {
        groups.push(number(first, first.len()));
    }
    groups.extend(rest.chunks(4).map(|group| number(group, 4)));
    groups.extend(fraction.as_bytes().chunks(4).map(|group| number(group, 4)));
    let leading = groups.iter().take_while(|group| **group == 0).count();
    let trailing = groups[leading..]
        .iter()
        .rev()
        .take_while(|group| **group == 0)
        .count();
    let kept = &groups[leading..groups.len() - trailing];
    let weight = whole_groups as isize - 1 - leading as isize;
    let too_long = |_| ValueError::new("it has more digits than a numeric holds");
    out.put_u16(u16::try_from(kept.len()).map_err(too_long)?);
    out.put_i16(if kept.is_empty() {
        0
    } else {
        i16::try_from(weight).map_err(too_long)?
    });
    out.put_u16(if is_negative && !kept.is_empty() {
        NEGATIVE
    } else {
        POSITIVE
    });
    out.put_u16(u16::try_from(fraction.len()).map_err(too_long)?);
    kept.iter().for_each(|group| out.put_u16(*group));
    Ok(())
}

/// The digits as a number, as if zeros followed up to that width.
fn number(digits: &[u8], width: usize) -> u16 {
    let padded = digits
        .iter()
        .copied()
        .chain(std::iter::repeat(b'0'))
        .take(width);
    padded.fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::{Digits, decode, encode};

    #[test]
    fn digits_go_there_and_back() {
        let table = [
            "0",
            "1",
            "-1",
            "9",
            "10",
            "9999",
            "10000",
            "12345678",
            "100000000",
            "0.0",
            "0.1",
            "-0.00010",
            "0.00001",
            "12.50",
            "1234.5678",
            "12345.67890",
            "-99999999999999999999999999999.9999999999999999999",
            "0.000000000000000000000000000001",
            "10000000000000000000000000000000000000000",
        ];
        for digits in table {
            let mut bytes = Vec::new();
            encode(Digits::of(digits).unwrap(), &mut bytes).unwrap();
            let mut text = String::new();
            decode(&bytes, &mut text).unwrap();
            assert_eq!(text, digits);
        }
    }

    #[test]
    fn what_is_no_plain_number_is_left_to_the_server() {
        for text in ["", ".", "-", "1e5", "NaN", "1,5", " 1", "1.2.3", "١"] {
            assert!(Digits::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn damaged_bytes_are_refused() {
        for bytes in [
            &[][..],
            &[0; 7],
            &[0, 1, 0, 0, 0, 0, 0, 0],
            &[0, 0, 0, 0, 1, 1, 0, 0],
        ] {
            assert!(decode(bytes, &mut String::new()).is_none(), "{bytes:?}");
        }
    }
}
