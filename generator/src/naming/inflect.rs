//! English plurals, as far as names of tables need them.

/// Words whose plural follows no rule, or follows one against its look. Where there are two plurals, the first is written.
const IRREGULAR: &[(&str, &str)] = &[
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
    ("alumnus", "alumni"),
    ("index", "indexes"),
    ("index", "indices"),
    ("vertex", "vertices"),
    ("matrix", "matrices"),
    ("appendix", "appendices"),
    ("axis", "axes"),
    ("analysis", "analyses"),
    ("diagnosis", "diagnoses"),
    ("hypothesis", "hypotheses"),
    ("thesis", "theses"),
    ("crisis", "crises"),
    ("quiz", "quizzes"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("wife", "wives"),
    ("knife", "knives"),
    ("half", "halves"),
    ("shelf", "shelves"),
    ("wolf", "wolves"),
    ("thief", "thieves"),
    ("hero", "heroes"),
    ("echo", "echoes"),
    ("potato", "potatoes"),
    ("tomato", "tomatoes"),
    ("movie", "movies"),
    ("cookie", "cookies"),
    ("calorie", "calories"),
    ("cache", "caches"),
    ("use", "uses"),
    ("menu", "menus"),
];

/// Words that are the same in both numbers, or no plural although they end like one.
const UNCHANGED: &[&str] = &[
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
    "media",
    "analytics",
    "settings",
    "sms",
    "dns",
    "tls",
    "gps",
    "https",
];

/// Singular words that end in `s`, by their ends.
const SINGULAR_ENDS: &[&str] = &["ss", "us", "sis", "axis"];

/// Singular words that end in `s` and look like a plural.
const SINGULAR: &[&str] = &[
    "gas", "bias", "alias", "atlas", "canvas", "lens", "chaos", "iris", "tennis", "chassis",
    "debris", "has", "is", "as", "was", "this", "yes", "os", "ios", "pos", "aws", "cms", "gis",
];

/// One of them.
pub(super) fn singular(word: &str) -> String {
    if let Some((one, _)) = IRREGULAR.iter().find(|(_, many)| *many == word) {
        return (*one).to_owned();
    }
    let Some(without_s) = word.strip_suffix('s') else {
        return word.to_owned();
    };
    // So short a word is an abbreviation: `os`, `us`, `s`.
    if word.len() < 3 || UNCHANGED.contains(&word) || is_singular(word) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    match without_s.strip_suffix('e') {
        Some(stem) if takes_es(stem) => stem.to_owned(),
        _ => without_s.to_owned(),
    }
}

/// Several of them, from one.
pub(super) fn plural(word: &str) -> String {
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| *one == word) {
        return (*many).to_owned();
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
    let hisses = ["s", "sh", "ch", "x", "z"];
    if hisses.iter().any(|end| word.ends_with(end)) {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// Whether a word in `s` is one thing.
fn is_singular(word: &str) -> bool {
    SINGULAR.contains(&word) || SINGULAR_ENDS.iter().any(|end| word.ends_with(end))
}

/// Whether the plural of what is left of a word in `es` is made by `es`: `bus` and `box`, and not `hous` or `siz`.
fn takes_es(stem: &str) -> bool {
    let of_house = ["ous", "aus"].iter().any(|end| stem.ends_with(end));
    let hisses = ["sh", "ch", "x", "zz"];
    (is_singular(stem) && !of_house) || hisses.iter().any(|end| stem.ends_with(end))
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
            ("database", "databases"),
            ("house", "houses"),
            ("clause", "clauses"),
            ("size", "sizes"),
            ("photo", "photos"),
            ("schema", "schemas"),
            ("api", "apis"),
            ("alias", "aliases"),
            ("analysis", "analyses"),
            ("virus", "viruses"),
            ("process", "processes"),
            ("movie", "movies"),
            ("cache", "caches"),
            ("matrix", "matrices"),
            ("tie", "ties"),
            ("id", "ids"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one);
            assert_eq!(singular(one), one);
        }
        assert_eq!(
            (singular("indices"), plural("index")),
            ("index".into(), "indexes".into())
        );
    }
}
