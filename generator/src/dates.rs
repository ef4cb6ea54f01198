//! Whose types dates and times have in generated code.

/// A library of dates and times. `aludel` has a feature of the same name for each, and that of the chosen one has to be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Dates {
    /// `chrono`, whose feature is on by default: `aludel::types::Date`.
    #[default]
    Chrono,
    /// `jiff`: `aludel::types::jiff::Date`.
    Jiff,
    /// `time`: `aludel::types::time::Date`.
    Time,
}

impl Dates {
    /// The module of its types, within that of all.
    pub(crate) fn module(self) -> &'static str {
        match self {
            Dates::Chrono => "",
            Dates::Jiff => "jiff::",
            Dates::Time => "time::",
        }
    }
}
