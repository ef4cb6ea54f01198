//! Two texts beside each other.

/// How many lines that are the same are shown around a difference.
const CONTEXT: usize = 2;

/// The part in which two texts differ, line by line; none where they are the same.
pub(super) fn difference(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(same).count();
    let (rest_old, rest_new) = (&old[head..], &new[head..]);
    let tail = rest_old.iter().rev().zip(rest_new.iter().rev());
    let tail = tail.take_while(same).count();
    let mut text = String::new();
    let mut add = |sign: &str, lines: &[&str]| {
        for line in lines {
            text += &format!("    {sign} {line}\n");
        }
    };
    add(" ", &old[head.saturating_sub(CONTEXT)..head]);
    add("-", &rest_old[..rest_old.len() - tail]);
    add("+", &rest_new[..rest_new.len() - tail]);
    add(" ", &rest_old[rest_old.len() - tail..][..tail.min(CONTEXT)]);
    Some(text)
}

#[test]
fn a_difference_is_shown_with_what_is_around_it() {
    assert_eq!(difference("a\nb\n", "a\nb\n"), None);
    let shown = difference("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nD\nD\ne\nf\ng\n").unwrap();
    assert_eq!(
        shown,
        "      b\n      c\n    - d\n    + D\n    + D\n      e\n      f\n"
    );
    let ended = difference("a\n", "a").unwrap();
    assert_eq!(ended, "      a\n");
}
