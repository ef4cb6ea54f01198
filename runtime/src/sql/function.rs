//! Functions, as far as a dialect has to know them apart.

/// A function of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// One that all databases call the same, or that the program names itself: letters, digits, `_` and `.` only.
    Named(&'static str),
    /// `COUNT(*)`: it has no arguments.
    CountRows,
    /// The sum of whole numbers, as one of eight bytes.
    SumWhole,
    /// The average, as a floating-point number.
    Average,
    /// All texts of a group in one: the text, and what stands between.
    JoinText,
    /// The number of characters of a text.
    Length,
    /// A part of a text: from a position counted from 1, and of a length.
    Substring,
    /// The position of a text in another, counted from 1, or 0: the other, the text.
    Position,
    /// The number without its fraction: towards minus infinity.
    Floor,
    /// The number without its fraction: towards infinity.
    Ceiling,
    /// A number rounded to some digits.
    Round,
    /// A random number, from 0 up to 1.
    Random,
    /// The smallest of several values that are not NULL.
    Least,
    /// The greatest of several values that are not NULL.
    Greatest,
    /// A part of a date or time, as a whole number.
    Part(Part),
    /// Now, in UTC and microseconds, without a zone.
    Now,
}

/// A part of a date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The year.
    Year,
    /// The month, from 1.
    Month,
    /// The day of the month, from 1.
    Day,
    /// The hour, from 0.
    Hour,
    /// The minute, from 0.
    Minute,
    /// The second, from 0, without its fraction.
    Second,
}
