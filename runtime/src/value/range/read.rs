//! Ranges read from text.

use std::ops::Bound;

use super::Range;
use crate::value::{FromValue, ValueError, ValueRef};

/// Reads `[1,5)`, `("a b",]`, `empty`.
pub(super) fn range<T: FromValue>(text: &str) -> Result<Range<T>, ValueError> {
    if text == "empty" {
        return Ok(Range::Empty);
    }
    let wrong = || ValueError::new(format!("`{text}` is not a range"));
    let (with_lower, rest) = match text.split_at_checked(1) {
        Some(("[", rest)) => (true, rest),
        Some(("(", rest)) => (false, rest),
        _ => return Err(wrong()),
    };
    let (lower, rest) = item(rest).ok_or_else(wrong)?;
    let rest = rest.strip_prefix(',').ok_or_else(wrong)?;
    let (upper, rest) = item(rest).ok_or_else(wrong)?;
    let with_upper = match rest {
        "]" => true,
        ")" => false,
        _ => return Err(wrong()),
    };
    Ok(Range::Within(
        bound(lower, with_lower)?,
        bound(upper, with_upper)?,
    ))
}

/// The text of a bound, if there is one, and what follows it.
fn item(text: &str) -> Option<(Option<String>, &str)> {
    let mut item = String::new();
    let mut quoted = false;
    let mut any = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            ',' | ')' | ']' if !quoted => return Some((any.then_some(item), &text[at..])),
            '"' if quoted && characters.next_if(|(_, next)| *next == '"').is_some() => {
                item.push('"');
            }
            '"' => quoted = !quoted,
            '\\' => item.push(characters.next()?.1),
            other => item.push(other),
        }
        any = true;
    }
    None
}

fn bound<T: FromValue>(text: Option<String>, included: bool) -> Result<Bound<T>, ValueError> {
    let Some(text) = text else {
        return Ok(Bound::Unbounded);
    };
    // Most types read their text. Whole numbers do not: nowhere else does a text stand for one.
    let value = T::from_value(ValueRef::Text(&text)).or_else(|error| match text.parse() {
        Ok(number) => T::from_value(ValueRef::Int(number)),
        Err(_) => Err(error),
    })?;
    Ok(match included {
        true => Bound::Included(value),
        false => Bound::Excluded(value),
    })
}

#[cfg(test)]
mod tests {
    use std::ops::Bound::{Excluded, Included, Unbounded};

    use super::{Range, range};
    use crate::value::{FromValue, ToValue};

    #[test]
    fn a_range_is_read_as_it_is_written() {
        for (text, expected) in [
            ("empty", Range::Empty),
            ("[1,5)", Range::from(1..5)),
            ("[1,5]", Range::from(1..=5)),
            ("(-1,)", Range::Within(Excluded(-1), Unbounded)),
            ("(,-1]", Range::Within(Unbounded, Included(-1))),
            ("(,)", Range::from(..)),
        ] {
            assert_eq!(range::<i64>(text).unwrap(), expected);
            assert_eq!(expected.to_string(), text);
        }
    }

    #[test]
    fn what_would_end_a_bound_is_in_quotes() {
        for item in ["", "a b", ",", "\"", "\\", ")]", "空"] {
            let texts = Range::Within(Included(item.to_owned()), Excluded(item.to_owned()));
            let read = Range::<String>::from_value(texts.to_value().as_ref());
            assert_eq!(read.unwrap(), texts);
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for wrong in [
            "", "[", "[1", "[1,", "[1,2", "1,2", "[1,2}", "[1,2)x", "[1;2)", "[a,2)", "[1,\"2)",
            "[\\",
        ] {
            assert!(range::<i32>(wrong).is_err(), "{wrong}");
        }
        let error = range::<i32>("[1,3000000000)").unwrap_err();
        assert_eq!(error.to_string(), "3000000000 does not fit into i32");
    }
}
