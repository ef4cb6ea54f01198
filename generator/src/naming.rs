//! From names in a database to names in Rust.

mod inflect;
mod keyword;

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// What is called this has no letter or digit in its name.
const UNNAMED: &str = "unnamed";

/// The struct for the rows of a table: `user_accounts` → `UserAccount`.
pub(crate) fn model(table: &str, inflections: &BTreeMap<String, String>) -> String {
    type_name(&singular(&table.to_snake_case(), inflections))
}

/// One of them: the last word of a snake-case name in the singular. `inflections` has the singular of words that English
/// rules get wrong, by their plural.
pub(crate) fn singular(name: &str, inflections: &BTreeMap<String, String>) -> String {
    inflect::last_word(name, |word| match inflections.get(word) {
        Some(one) => one.clone(),
        None => inflect::singular(word),
    })
}

/// Several of them: the last word of a snake-case name in the plural.
pub(crate) fn plural(name: &str, inflections: &BTreeMap<String, String>) -> String {
    let one = singular(name, inflections);
    inflect::last_word(&one, |word| {
        match inflections.iter().find(|(_, singular)| *singular == word) {
            Some((many, _)) => many.clone(),
            None => inflect::plural(word),
        }
    })
}

/// A type: `order status` → `OrderStatus`.
pub(crate) fn type_name(name: &str) -> String {
    let camel = identifier(&name.to_upper_camel_case());
    match camel.as_str() {
        // A type may not be called `Self`, not even as a raw identifier.
        "Self" => "Self_".to_owned(),
        UNNAMED => UNNAMED.to_upper_camel_case(),
        _ => camel,
    }
}

/// The list of a column's values, where these are declared with it: `job`, `status` → `job_status`.
pub(crate) fn of_values(table: &str, column: &str) -> String {
    format!("{table}_{column}")
}

/// Whether a type can have this name.
pub(crate) fn is_type_name(name: &str) -> bool {
    !keyword::is_keyword(name) && identifier(name) == name
}

/// A field, constant or method: `userName` → `user_name`, `type` → `r#type`.
pub(crate) fn field(column: &str) -> String {
    keyword::raw(identifier(&column.to_snake_case()))
}

/// A field's name without what makes it raw, to be a part of another name.
pub(crate) fn plain(field: &str) -> &str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// A plain name that has others in front of it, where it may begin with a digit: `_1st` → `1st`.
pub(crate) fn behind_others(plain: &str) -> &str {
    let digits = plain.strip_prefix('_');
    let digits = digits.filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
    digits.unwrap_or(plain)
}

/// A module and its file: `UserAccount` → `user_account`. Names that would hide another file get a `_`, and those that
/// are the struct's own because their letters know no case.
pub(crate) fn module(model: &str) -> String {
    let name = identifier(&model.to_snake_case());
    if name == model
        || keyword::is_keyword(&name)
        || matches!(name.as_str(), "lib" | "mod" | "main")
    {
        format!("{name}_")
    } else {
        name
    }
}

/// A builder's name: `UserInsert`.
pub(crate) fn insert_builder(model: &str) -> String {
    format!("{model}Insert")
}

/// The trait by which objects follow relationships: `UserRelationships`.
pub(crate) fn relationships_trait(model: &str) -> String {
    format!("{model}Relationships")
}

/// The enum of a table's constraints: `UserConstraint`.
pub(crate) fn constraints(model: &str) -> String {
    format!("{model}Constraint")
}

/// What is left of a foreign key's column when the words that make it a key are taken off: `author_id` → `author`.
pub(crate) fn without_key_suffix(column: &str) -> Option<String> {
    let snake = column.to_snake_case();
    ["_id", "_uuid", "_fk", "_ref"].iter().find_map(|suffix| {
        let stem = snake.strip_suffix(suffix)?;
        (!stem.is_empty()).then(|| stem.to_owned())
    })
}

/// What Rust allows in an identifier as it is, and `_` for the rest.
pub(crate) fn word(text: &str) -> String {
    let kept = |c: char| if is_xid_continue(c) { c } else { '_' };
    text.chars().map(kept).collect()
}

/// The nearest identifier.
fn identifier(name: &str) -> String {
    let mut out = word(name);
    if !out.starts_with(|c: char| is_xid_start(c) || c == '_') {
        out.insert(0, '_');
    }
    if out.chars().all(|c| c == '_') {
        UNNAMED.to_owned()
    } else {
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tables_become_names_of_structs() {
        for (table, expected) in [
            ("users", "User"),
            ("user_accounts", "UserAccount"),
            ("UserAccount", "UserAccount"),
            ("boy2girl", "Boy2girl"),
            ("hobby", "Hobby"),
            ("addresses", "Address"),
            ("person", "Person"),
            ("2fa_codes", "_2faCode"),
            ("order details", "OrderDetail"),
            ("用户", "用户"),
            ("self", "Self_"),
            ("+", "Unnamed"),
            ("½", "Unnamed"),
        ] {
            assert_eq!(model(table, &BTreeMap::new()), expected, "{table}");
        }
    }

    #[test]
    fn words_that_english_rules_get_wrong_are_told() {
        let told = BTreeMap::from([("corpora".to_owned(), "corpus".to_owned())]);
        assert_eq!(singular("text_corpora", &told), "text_corpus");
        assert_eq!(plural("text_corpus", &told), "text_corpora");
        assert_eq!(model("text_corpora", &told), "TextCorpus");
    }

    #[test]
    fn names_of_columns_become_names_of_fields() {
        for (column, expected) in [
            ("id", "id"),
            ("userName", "user_name"),
            ("URL", "url"),
            ("type", "r#type"),
            ("self", "self_"),
            ("1st", "_1st"),
            ("a-b c", "a_b_c"),
            ("größe", "größe"),
            ("m²", "m_"),
            ("½ price", "__price"),
            ("%", "unnamed"),
        ] {
            assert_eq!(field(column), expected, "{column}");
        }
    }

    #[test]
    fn modules_never_take_the_place_of_another_file() {
        for (model, expected) in [
            ("User", "user"),
            ("Lib", "lib_"),
            ("Mod", "mod_"),
            ("Type", "type_"),
            ("人", "人_"),
            ("_2fa", "_2fa_"),
        ] {
            assert_eq!(module(model), expected);
        }
    }

    #[test]
    fn the_words_that_make_a_column_a_key_are_taken_off() {
        for (column, expected) in [
            ("author_id", Some("author")),
            ("authorId", Some("author")),
            ("author_uuid", Some("author")),
            ("author", None),
            ("id", None),
        ] {
            assert_eq!(without_key_suffix(column).as_deref(), expected, "{column}");
        }
    }
}
