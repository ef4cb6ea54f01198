//! The parameters of a statement, in a form and length that people may read.

use std::fmt;

use crate::value::ValueRef;

/// More parameters than this are left out in the middle.
const SHOWN: usize = 12;
/// How many of those that are shown stand at the end then.
const LAST: usize = 2;
/// What stands for a value that nobody may see.
const SECRET: &str = "***";

/// Which values nobody may see.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hidden<'a> {
    all: bool,
    these: &'a [usize],
    /// Columns of the rows that come back.
    cells: &'a [usize],
}

impl<'a> Hidden<'a> {
    /// None of them.
    pub(crate) const NOTHING: Hidden<'static> = Hidden {
        all: false,
        these: &[],
        cells: &[],
    };

    /// All of them, or the parameters at these positions, and of rows the columns at those.
    pub(crate) fn new(all: bool, these: &'a [usize], cells: &'a [usize]) -> Self {
        Hidden { all, these, cells }
    }

    /// What is hidden of a row.
    pub(crate) fn of_row(self) -> Self {
        Hidden {
            these: self.cells,
            ..self
        }
    }

    /// The columns of rows that are hidden one by one.
    pub(crate) fn cells(self) -> &'a [usize] {
        self.cells
    }

    /// Whether nothing is shown at all.
    pub(crate) fn hides_all(self) -> bool {
        self.all
    }

    pub(super) fn hides(self, index: usize) -> bool {
        self.all || self.these.contains(&index)
    }

    /// Those of the values that are hidden.
    pub(super) fn among<'v>(
        self,
        values: &'v [ValueRef<'v>],
    ) -> impl Iterator<Item = ValueRef<'v>> + use<'a, 'v> {
        let values = values.iter().copied().enumerate();
        values
            .filter(move |(index, _)| self.hides(*index))
            .map(|(_, value)| value)
    }
}

/// Values as they are shown: `[1, "ed", ***]`.
pub(crate) struct Shown<'a> {
    pub(crate) values: &'a [ValueRef<'a>],
    pub(crate) hidden: Hidden<'a>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.values.len();
        if self.hidden.all && length > 0 {
            return write!(f, "[{length} hidden]");
        }
        let left_out = length.saturating_sub(SHOWN);
        let end_of_first = if left_out == 0 { length } else { SHOWN - LAST };
        f.write_str("[")?;
        for (index, value) in self.values.iter().enumerate() {
            if (end_of_first..end_of_first + left_out).contains(&index) {
                if index == end_of_first {
                    write!(f, ", … {left_out} more …")?;
                }
                continue;
            }
            if index > 0 {
                f.write_str(", ")?;
            }
            if self.hidden.hides(index) {
                f.write_str(SECRET)?;
            } else {
                f.write_str(&value.shortened())?;
            }
        }
        f.write_str("]")
    }
}

/// The message of an error without values that nobody may see. Servers quote them, and cut long ones, so that it is not enough to
/// look for the values themselves.
pub(super) fn without_values<'v>(
    message: &str,
    quotes_values: bool,
    hidden: impl Iterator<Item = ValueRef<'v>>,
) -> String {
    let mut message = if quotes_values {
        without_quoted(message)
    } else {
        message.to_owned()
    };
    for value in hidden {
        let text = match value {
            ValueRef::Text(text) | ValueRef::Json(text) | ValueRef::Decimal(text) => text,
            _ => continue,
        };
        // Shorter ones would be found in words that say nothing of them.
        if text.len() > 3 {
            message = message.replace(text, SECRET);
        }
    }
    message
}

/// `Duplicate entry 'ed' for key 'name'` without what was entered, `invalid input for type integer: "ed"` without the input.
fn without_quoted(message: &str) -> String {
    let Some((before, rest)) = message
        .find(['\'', '"'])
        .map(|position| message.split_at(position))
    else {
        return message.to_owned();
    };
    if before.ends_with("column ") {
        return message.to_owned();
    }
    let quote = &rest[..1];
    let end = rest
        .rfind(&format!("{quote} for "))
        .or_else(|| rest.rfind(quote))
        .unwrap_or(0);
    format!("{before}{SECRET}{}", &rest[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::{Hidden, Shown, without_values};
    use crate::value::ValueRef;

    fn shown(values: &[ValueRef<'_>], hidden: Hidden<'_>) -> String {
        Shown { values, hidden }.to_string()
    }

    #[test]
    fn values_are_shown_unless_they_are_hidden() {
        let values = [ValueRef::Int(1), ValueRef::Text("ed"), ValueRef::Null];
        let cases = [
            (Hidden::NOTHING, r#"[1, "ed", NULL]"#),
            (Hidden::new(false, &[1], &[]), "[1, ***, NULL]"),
            (Hidden::new(true, &[], &[]), "[3 hidden]"),
        ];
        for (hidden, expected) in cases {
            assert_eq!(shown(&values, hidden), expected);
        }
        assert_eq!(shown(&[], Hidden::new(true, &[], &[])), "[]");
    }

    #[test]
    fn long_lists_lose_their_middle() {
        let numbers: Vec<ValueRef<'_>> = (0..14).map(ValueRef::Int).collect();
        let text = shown(&numbers, Hidden::new(false, &[1, 13], &[]));
        assert_eq!(
            text,
            "[0, ***, 2, 3, 4, 5, 6, 7, 8, 9, … 2 more …, 12, ***]"
        );
        assert!(!shown(&numbers[..12], Hidden::NOTHING).contains('…'));
    }

    #[test]
    fn what_servers_quote_of_values_is_hidden_and_names_are_not() {
        let cases = [
            (
                "Duplicate entry 'it's 'me'-3' for key 'users.email' (error 1062)",
                "Duplicate entry *** for key 'users.email' (error 1062)",
            ),
            (
                "Incorrect integer value: 'abc' for column `db`.`t`.`c` at row 1",
                "Incorrect integer value: *** for column `db`.`t`.`c` at row 1",
            ),
            (
                "invalid input syntax for type integer: \"a\"b\"",
                "invalid input syntax for type integer: ***",
            ),
            (
                "value \"999\" is out of range for type integer",
                "value *** is out of range for type integer",
            ),
            (
                "Data too long for column 'name' at row 1",
                "Data too long for column 'name' at row 1",
            ),
            ("no quotes", "no quotes"),
        ];
        for (message, expected) in cases {
            assert_eq!(without_values(message, true, [].into_iter()), expected);
        }
        let raised = without_values(
            "the trigger says: hush, not 1",
            false,
            [ValueRef::Text("hush"), ValueRef::Text("1")].into_iter(),
        );
        assert_eq!(raised, "the trigger says: ***, not 1");
    }
}
