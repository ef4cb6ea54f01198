//! The texts of statements, so that a tree of the same shape is not written out again.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
    time::Instant,
};

use crate::sql::{BuildPassThrough, Fingerprint};

/// How many texts are kept for sure; up to twice as many are.
const KEPT: usize = 256;

type Generation = HashMap<Fingerprint, Arc<Known>, BuildPassThrough>;

/// A text, and what is known of all trees that have it.
pub(crate) struct Known {
    pub(crate) text: Box<str>,
    /// Which of its parameters are values of sensitive columns, counted from 0.
    pub(crate) secrets: Box<[usize]>,
    /// Which columns of its rows show values of sensitive columns, counted from 0.
    pub(crate) secret_cells: Box<[usize]>,
    /// The table that it changes, and whether it inserts.
    pub(crate) changes: Option<(&'static str, bool)>,
    /// When it was written.
    pub(crate) since: Instant,
}

#[cfg(test)]
impl Known {
    /// A text of which nothing is known.
    pub(crate) fn of_text(text: &str) -> Self {
        Known {
            text: text.into(),
            secrets: Box::default(),
            secret_cells: Box::default(),
            changes: None,
            since: Instant::now(),
        }
    }
}

/// The texts that were used last, by the fingerprints of their trees.
///
/// There are two generations: when the young one is full it becomes the old one, and what is not asked for while it is old is
/// forgotten. That keeps what is used, and costs nothing where nothing is forgotten.
#[derive(Default)]
pub(crate) struct Texts {
    young: Generation,
    old: Generation,
}

impl Texts {
    /// The text of a tree; made by `write` when it is not there.
    pub(crate) fn get<E>(
        &mut self,
        fingerprint: Fingerprint,
        write: impl FnOnce() -> Result<Known, E>,
    ) -> Result<&Arc<Known>, E> {
        if self.young.len() == KEPT && !self.young.contains_key(&fingerprint) {
            self.old = std::mem::take(&mut self.young);
        }
        match self.young.entry(fingerprint) {
            Entry::Occupied(text) => Ok(text.into_mut()),
            Entry::Vacant(place) => {
                let text = match self.old.remove(&fingerprint) {
                    Some(text) => text,
                    None => Arc::new(write()?),
                };
                Ok(place.insert(text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::{KEPT, Known, Texts};
    use crate::sql::Fingerprint;

    fn get(texts: &mut Texts, number: usize) -> bool {
        let mut written = false;
        let text = texts.get(Fingerprint::numbered(number), || {
            written = true;
            Ok::<_, Infallible>(Known::of_text(&number.to_string()))
        });
        assert_eq!(*text.unwrap().text, number.to_string());
        written
    }

    #[test]
    fn a_text_is_written_once_while_it_is_used() {
        let mut texts = Texts::default();
        for number in 0..KEPT * 10 {
            assert!(get(&mut texts, number), "{number} is new");
            assert!(!get(&mut texts, 0), "0 is in use");
        }
    }

    #[test]
    fn texts_that_nobody_uses_are_forgotten() {
        let mut texts = Texts::default();
        for number in 0..KEPT * 10 {
            get(&mut texts, number);
        }
        assert!(texts.young.len() + texts.old.len() <= 2 * KEPT);
        assert!(get(&mut texts, 0));
        assert!(!get(&mut texts, KEPT * 10 - 1));
    }
}
