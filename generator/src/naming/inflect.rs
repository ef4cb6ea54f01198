//! English plurals, as far as names of tables need them.

/// Words whose plural follows no rule.
const IRREGULAR: [(&str, &str); 14] = [
    ("person", "people"),
    ("child", "children"),
    ("man", "men"),
    ("woman", "women"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("mouse", "mice"),
    ("goose", "geese"),
    ("criterion", "criteria"),
    ("phenomenon", "phenomena"),
    ("datum", "data"),
    ("index", "indexes"),
    ("quiz", "quizzes"),
    ("leaf", "leaves"),
];

/// Words that are the same in both numbers, or no plural although they end like one.
const UNCHANGED: [&str; 16] = [
    "series",
    "species",
    "news",
    "equipment",
    "information",
    "metadata",
    "sheep",
    "fish",
    "money",
    "feedback",
    "staff",
    "data",
    "analytics",
    "settings",
    "status",
    "address",
];

/// Singular words that end in `s`, by their ends.
const SINGULAR_ENDS: [&str; 5] = ["ss", "us", "is", "as", "os"];

/// One of them.
pub(super) fn singular(word: &str) -> String {
    if let Some((one, _)) = IRREGULAR.iter().find(|(_, many)| *many == word) {
        return (*one).to_owned();
    }
    if UNCHANGED.contains(&word) || !word.ends_with('s') {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for end in ["sses", "shes", "ches", "xes", "zes", "uses"] {
        if word.ends_with(end) {
            return word[..word.len() - 2].to_owned();
        }
    }
    if SINGULAR_ENDS.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    word[..word.len() - 1].to_owned()
}

/// Several of them, from one.
pub(super) fn plural(word: &str) -> String {
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| *one == word) {
        return (*many).to_owned();
    }
    if word == "status" || word == "address" {
        return format!("{word}es");
    }
    if UNCHANGED.contains(&word) {
        return word.to_owned();
    }
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty() => {
            return format!("{stem}ies");
        }
        _ => {}
    }
    if ["s", "sh", "ch", "x", "z"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// Changes the last word of a snake-case name.
pub(super) fn last_word(name: &str, change: impl FnOnce(&str) -> String) -> String {
    match name.rsplit_once('_') {
        Some((head, word)) => format!("{head}_{}", change(word)),
        None => change(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_singulars_of_usual_names_of_tables() {
        for (one, many) in [
            ("user", "users"),
            ("hobby", "hobbies"),
            ("person", "people"),
            ("boy", "boys"),
            ("address", "addresses"),
            ("box", "boxes"),
            ("branch", "branches"),
            ("status", "statuses"),
            ("bus", "buses"),
            ("child", "children"),
            ("tag", "tags"),
            ("day", "days"),
            ("series", "series"),
            ("boy2girl", "boy2girls"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one);
            assert_eq!(singular(one), one);
        }
    }
}
