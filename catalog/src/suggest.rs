//! "Did you mean": the nearest of some known words.

/// The candidate nearest to `word`, if one is near enough to be what was meant. Case is ignored.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let bound = match word.len() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    candidates
        .into_iter()
        .map(|candidate| {
            let other: Vec<char> = candidate.to_lowercase().chars().collect();
            (distance(&word, &other, bound), candidate)
        })
        .filter(|(distance, candidate)| *distance <= bound && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be put in, left out, replaced or swapped with their neighbour (Damerau and Levenshtein, optimal
/// string alignment); anything above `bound` is only known to be above it.
fn distance(left: &[char], right: &[char], bound: usize) -> usize {
    if left.len().abs_diff(right.len()) > bound {
        return bound + 1;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(from != to);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *from == right[column - 1] && left[row - 1] == *to {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_suggested_and_none_where_all_are_far() {
        let known = ["integer", "text", "timestamp", "create", "name", "id"];
        let cases = [
            ("INTEGR", Some("integer")),
            ("craete", Some("create")),
            ("tetx", Some("text")),
            ("nmae", Some("name")),
            ("frobnicate", None),
            ("x", None),
            ("ud", Some("id")),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
