//! A text that is counted while it lives, so that tests see what memory holds.

use std::cell::Cell;

use aludel::{FromValue, ToValue, Value, ValueError, ValueRef};

thread_local! {
    static LIVING: Cell<usize> = const { Cell::new(0) };
}

/// A text of which this thread knows how many live.
#[derive(Debug, PartialEq, Eq)]
pub struct Counted(String);

impl Counted {
    /// How many live that this thread made.
    pub fn living() -> usize {
        LIVING.get()
    }
}

impl From<&str> for Counted {
    fn from(text: &str) -> Self {
        LIVING.set(LIVING.get() + 1);
        Counted(text.to_owned())
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Counted::from(self.0.as_str())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        // Those of a thread that ends are nobody's business.
        let _ = LIVING.try_with(|living| living.set(living.get() - 1));
    }
}

impl FromValue for Counted {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        String::from_value(value).map(|text| Counted::from(text.as_str()))
    }
}

impl ToValue for Counted {
    fn to_value(&self) -> Value {
        self.0.to_value()
    }
}
