//! The catalog as JSON.

use std::collections::BTreeMap;

use aludel_catalog::{Catalog, Dialect};
use insta::assert_snapshot;
use serde_json::Value;

use crate::everything::everything;

#[test]
fn a_catalog_comes_back_from_json_as_it_was() {
    let catalog = everything();
    let text = catalog.to_json();
    assert_eq!(Catalog::from_json(&text).unwrap(), catalog);
}

#[test]
fn the_same_catalog_gives_the_same_bytes() {
    let text = everything().to_json();
    assert_eq!(Catalog::from_json(&text).unwrap().to_json(), text);
    assert!(text.ends_with("}\n"), "the file ends with a line break");
}

#[test]
fn the_format_of_stored_catalogs_stays() {
    assert_snapshot!(everything().to_json());
}

#[test]
fn the_test_catalog_says_something_in_every_field() {
    let mut said = BTreeMap::new();
    let json: Value = serde_json::from_str(&everything().to_json()).unwrap();
    collect_fields(&json, &mut said);
    let silent: Vec<&String> = said
        .iter()
        .filter(|(_, said)| !**said)
        .map(|(field, _)| field)
        .collect();
    assert_eq!(silent, Vec::<&String>::new());
    assert!(said.len() > 60, "only these fields were found: {said:?}");
}

/// Notes for each field whether it holds anything somewhere.
fn collect_fields(value: &Value, said: &mut BTreeMap<String, bool>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let says = match value {
                    Value::Null | Value::Bool(false) => false,
                    Value::Array(all) => !all.is_empty(),
                    _ => true,
                };
                *said.entry(name.clone()).or_default() |= says;
                collect_fields(value, said);
            }
        }
        Value::Array(all) => all.iter().for_each(|value| collect_fields(value, said)),
        _ => {}
    }
}

#[test]
fn text_that_is_no_catalog_is_refused_with_the_reason() {
    let empty = Catalog::new(Dialect::Sqlite).to_json();
    let messages: Vec<String> = [
        String::new(),
        "[]".into(),
        "{}".into(),
        "{\"format\": 1}".into(),
        empty[..empty.len() / 2].into(),
        empty.replace("\"format\": 1", "\"format\": 2"),
        // What a later version writes need not have this version's fields.
        "{\"format\": 7, \"something\": \"else\"}".into(),
        empty.replace("sqlite", "oracle"),
        empty.replace("\"views\"", "\"sights\""),
    ]
    .iter()
    .map(|text| Catalog::from_json(text).unwrap_err().to_string())
    .collect();
    assert_snapshot!(messages.join("\n"), @r"
    this is not a catalog: EOF while parsing a value at line 1 column 0
    this is not a catalog: invalid length 0, expected struct Format with 1 element at line 1 column 2
    this is not a catalog: missing field `format` at line 1 column 2
    this is not a catalog: missing field `catalog` at line 1 column 13
    this is not a catalog: EOF while parsing an object at line 6 column 2
    this is not a catalog: it has format 2, this version reads 1
    this is not a catalog: it has format 7, this version reads 1
    this is not a catalog: unknown variant `oracle`, expected one of `sqlite`, `postgres`, `mysql` at line 4 column 23
    this is not a catalog: missing field `views` at line 10 column 3
    ");
}
