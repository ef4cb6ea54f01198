//! Some columns of a table.

/// Columns as positions, in order. Those of tables of usual width take no allocation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    /// A bit for each of the first 64.
    first: u64,
    /// The others.
    others: Box<[usize]>,
}

impl Columns {
    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.others.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.first.count_ones() as usize + self.others.len()
    }

    pub(crate) fn contains(&self, column: usize) -> bool {
        match bit(column) {
            Some(bit) => self.first & bit != 0,
            None => self.others.contains(&column),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let mut left = self.first;
        let first = std::iter::from_fn(move || {
            let next = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(next)
        });
        first.chain(self.others.iter().copied())
    }
}

/// The columns come in order.
impl FromIterator<usize> for Columns {
    fn from_iter<I: IntoIterator<Item = usize>>(columns: I) -> Self {
        let mut first = 0;
        let mut others = Vec::new();
        for column in columns {
            match bit(column) {
                Some(bit) => first |= bit,
                None => others.push(column),
            }
        }
        Columns {
            first,
            others: others.into_boxed_slice(),
        }
    }
}

fn bit(column: usize) -> Option<u64> {
    (column < 64).then(|| 1 << column)
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn a_set_has_what_it_was_made_of_in_order() {
        for columns in [vec![], vec![0], vec![3, 63], vec![1, 64, 200], vec![64]] {
            let set: Columns = columns.iter().copied().collect();
            assert_eq!(set.iter().collect::<Vec<_>>(), columns);
            assert_eq!(set.len(), columns.len());
            assert_eq!(set.is_empty(), columns.is_empty());
            assert!((0..300).all(|column| set.contains(column) == columns.contains(&column)));
        }
    }
}
