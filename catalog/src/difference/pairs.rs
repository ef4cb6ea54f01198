//! Pairs of what is the same on both sides.

/// What became of a list.
#[derive(Debug)]
pub(crate) struct Pairs<'c, T> {
    /// What is on both sides.
    pub(crate) kept: Vec<(&'c T, &'c T)>,
    pub(crate) dropped: Vec<&'c T>,
    pub(crate) added: Vec<&'c T>,
}

impl<'c, T> Pairs<'c, T> {
    /// Pairs what means the same: first by name, then those of which one has none. Of two that mean the same and have
    /// different names, the one is dropped and the other added.
    pub(super) fn of(
        from: &'c [T],
        to: &'c [T],
        name: impl Fn(&T) -> Option<&str>,
        is_same: impl Fn(&T, &T) -> bool,
    ) -> Self {
        let mut dropped: Vec<&'c T> = from.iter().collect();
        let mut matched: Vec<Option<&'c T>> = vec![None; to.len()];
        for by_name in [true, false] {
            for (new, found) in to.iter().zip(&mut matched) {
                if found.is_some() {
                    continue;
                }
                let fits = |old: &&'c T| {
                    let names = (name(old), name(new));
                    let is_named = match names {
                        (Some(old), Some(new)) => old.eq_ignore_ascii_case(new),
                        _ => !by_name,
                    };
                    is_named && is_same(old, new)
                };
                let position = dropped.iter().position(fits);
                *found = position.map(|position| dropped.remove(position));
            }
        }
        let mut pairs = Pairs {
            kept: Vec::new(),
            dropped,
            added: Vec::new(),
        };
        for (new, old) in to.iter().zip(matched) {
            match old {
                Some(old) => pairs.kept.push((old, new)),
                None => pairs.added.push(new),
            }
        }
        pairs
    }
}
