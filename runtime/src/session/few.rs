//! Lists that mostly have one item.

use std::ops::Deref;

/// A list that takes no allocation where it has one item: the values of a key, the columns that an update sets.
#[derive(Debug, Clone)]
pub(crate) enum Few<T> {
    /// One item.
    One(T),
    /// None, or several.
    Many(Vec<T>),
}

impl<T> Few<T> {
    pub(crate) fn push(&mut self, item: T) {
        *self = match std::mem::replace(self, Few::Many(Vec::new())) {
            Few::One(first) => Few::Many(vec![first, item]),
            Few::Many(items) if items.is_empty() => Few::One(item),
            Few::Many(mut items) => {
                items.push(item);
                Few::Many(items)
            }
        };
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::One(item) => std::slice::from_ref(item),
            Few::Many(items) => items,
        }
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut items: Vec<T>) -> Self {
        match items.len() {
            1 => items.pop().map_or(Few::Many(items), Few::One),
            _ => Few::Many(items),
        }
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        match (items.next(), items.next()) {
            (Some(only), None) => Few::One(only),
            (first, second) => Few::Many(first.into_iter().chain(second).chain(items).collect()),
        }
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self {
            Few::One(item) => (Some(item), Vec::new()),
            Few::Many(items) => (None, items),
        };
        one.into_iter().chain(many)
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn a_list_has_what_it_was_made_of_however_it_was_made() {
        for count in 0..5 {
            let items: Vec<usize> = (0..count).collect();
            let mut pushed = Few::Many(Vec::new());
            items.iter().for_each(|item| pushed.push(*item));
            for list in [pushed, Few::from(items.clone()), (0..count).collect()] {
                assert_eq!(*list, items);
                assert_eq!(matches!(list, Few::One(_)), count == 1);
                assert_eq!(list.into_iter().collect::<Vec<_>>(), items);
            }
        }
    }
}
