//! Sets, as MySQL has them: any number of the values of an enum, as their text with commas in between.

use std::{fmt, str::FromStr};

use super::{FromValue, ToValue, Value, ValueError, ValueRef, enumeration::Enumeration};

/// Any number of the values of an enum, each at most once, in the order of its list: the type of MySQL's `SET` columns.
///
/// Other databases keep the same text, `red,blue`. A member that is not in the list is an error when it is read.
///
/// ```ignore
/// let bright = Set::from([Colour::Red, Colour::Yellow]);
/// conn.insert(Shirt::insert().colours(bright))?;
/// assert!(shirt.colours.contains(&Colour::Red));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Set<E> {
    members: Vec<E>,
}

impl<E> Set<E> {
    /// A set of nothing.
    pub const fn new() -> Self {
        Set {
            members: Vec::new(),
        }
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The members, in the order of the enum's list.
    pub fn iter(&self) -> std::slice::Iter<'_, E> {
        self.members.iter()
    }
}

impl<E: Enumeration> Set<E> {
    /// All values of the enum's list.
    pub fn all() -> Self {
        E::ALL.iter().cloned().collect()
    }

    /// Whether it has a member.
    pub fn contains(&self, member: &E) -> bool {
        self.position(member).is_ok()
    }

    /// Adds a member. Returns whether it is a new one.
    pub fn insert(&mut self, member: E) -> bool {
        match self.position(&member) {
            Ok(_) => false,
            Err(place) => {
                self.members.insert(place, member);
                true
            }
        }
    }

    /// Takes a member out. Returns whether it was there.
    pub fn remove(&mut self, member: &E) -> bool {
        let found = self.position(member);
        found.map(|place| self.members.remove(place)).is_ok()
    }

    /// Where a member is, or would be.
    fn position(&self, member: &E) -> Result<usize, usize> {
        let wanted = rank(member);
        self.members
            .binary_search_by(|other| rank(other).cmp(&wanted))
    }
}

/// The place in the enum's list. What is not in it stands behind, by its text.
fn rank<E: Enumeration>(member: &E) -> (usize, &str) {
    let text = member.as_str();
    let mut list = E::ALL.iter();
    match list.position(|known| known.as_str() == text) {
        Some(place) => (place, ""),
        None => (E::ALL.len(), text),
    }
}

impl<E> Default for Set<E> {
    fn default() -> Self {
        Set::new()
    }
}

impl<E: fmt::Debug> fmt::Debug for Set<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(&self.members).finish()
    }
}

/// As the database has it: the members with commas in between.
impl<E: Enumeration> fmt::Display for Set<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, member) in self.members.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            f.write_str(member.as_str())?;
        }
        Ok(())
    }
}

impl<E: Enumeration> FromStr for Set<E> {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let members = text.split(',').filter(|_| !text.is_empty());
        members.map(member).collect()
    }
}

fn member<E: Enumeration>(text: &str) -> Result<E, ValueError> {
    let known = E::ALL.iter().find(|known| known.as_str() == text).cloned();
    known
        .or_else(|| E::unknown(text))
        .ok_or_else(|| ValueError::new(format!("`{text}` is no member of the set `{}`", E::NAME)))
}

impl<E: Enumeration> FromValue for Set<E> {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Text(text) => text.parse(),
            other => Err(ValueError::expected("text", other)),
        }
    }
}

impl<E: Enumeration> ToValue for Set<E> {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string().into())
    }
}

impl<E: Enumeration> Extend<E> for Set<E> {
    fn extend<I: IntoIterator<Item = E>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<E: Enumeration> FromIterator<E> for Set<E> {
    fn from_iter<I: IntoIterator<Item = E>>(members: I) -> Self {
        let mut set = Set::new();
        set.extend(members);
        set
    }
}

impl<E: Enumeration, const N: usize> From<[E; N]> for Set<E> {
    fn from(members: [E; N]) -> Self {
        members.into_iter().collect()
    }
}

impl<E> IntoIterator for Set<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<'s, E> IntoIterator for &'s Set<E> {
    type Item = &'s E;
    type IntoIter = std::slice::Iter<'s, E>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
