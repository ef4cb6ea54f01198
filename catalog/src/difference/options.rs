//! What differs in what is said of a table besides its parts.

use crate::{Dialect, Table, TableOption};

/// Options of MySQL that a database always says and a schema rarely: only what a schema says of them counts.
const SAID_ANYWAY: [&str; 4] = ["ENGINE", "CHARSET", "COLLATE", "AUTO_INCREMENT"];

/// An option before and after.
pub(crate) type OptionPair<'c> = (Option<&'c TableOption>, Option<&'c TableOption>);

/// The options that differ.
pub(super) fn compare<'c>(dialect: Dialect, from: &'c Table, to: &'c Table) -> Vec<OptionPair<'c>> {
    let own = |table: &'c Table| {
        let options = table.options.iter();
        options.filter(move |option| option.dialect == dialect)
    };
    let find = |table: &'c Table, name: &str| own(table).find(|option| option.name == name);
    let is_same = |old: Option<&TableOption>, new: Option<&TableOption>| match (old, new) {
        (Some(old), Some(new)) => value(old) == value(new) || old.name == "AUTO_INCREMENT",
        (Some(old), None) => SAID_ANYWAY.contains(&old.name.as_str()),
        (None, Some(new)) => {
            new.name == "AUTO_INCREMENT" || (new.name == "ENGINE" && value(new) == "innodb")
        }
        (None, None) => true,
    };
    let mut pairs = Vec::new();
    for old in own(from) {
        let new = find(to, &old.name);
        if !is_same(Some(old), new) {
            pairs.push((Some(old), new));
        }
    }
    for new in own(to).filter(|new| find(from, &new.name).is_none()) {
        if !is_same(None, Some(new)) {
            pairs.push((None, Some(new)));
        }
    }
    pairs
}

fn value(option: &TableOption) -> String {
    let value = option.value.as_deref().unwrap_or_default();
    value.to_lowercase().replace([' ', '\'', '"'], "")
}
