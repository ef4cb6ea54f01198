//! The JSON Schema for editors says what the reader knows.

use std::{fs, path::Path};

use aludel_build::yaml::{choices, kinds};
use serde_json::Value;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema.json");
    let text = fs::read_to_string(path).expect("the schema can be read");
    serde_json::from_str(&text).expect("the schema is JSON")
}

#[test]
fn the_json_schema_has_the_keys_that_the_reader_knows() {
    let schema = schema();
    for kind in kinds() {
        let definition = &schema["$defs"][kind.name];
        let properties = definition["properties"]
            .as_object()
            .unwrap_or_else(|| panic!("no definition of {}", kind.name));
        let mut written: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut known = kind.keys.to_vec();
        written.sort_unstable();
        known.sort_unstable();
        assert_eq!(written, known, "{}", kind.name);
        assert_eq!(
            definition["additionalProperties"],
            Value::Bool(false),
            "{}",
            kind.name
        );
        for (key, property) in properties {
            assert!(property["description"].is_string(), "{}.{key}", kind.name);
        }
    }
}

#[test]
fn the_json_schema_has_the_words_that_the_reader_knows() {
    let schema = schema();
    for choice in choices() {
        let words = schema["$defs"][choice.name]["enum"]
            .as_array()
            .unwrap_or_else(|| panic!("no definition of {}", choice.name));
        let written: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        let spaced = choice.words.iter().filter(|word| word.contains('_'));
        let spaced = spaced.map(|word| word.replace('_', " "));
        let known: Vec<String> = choice
            .words
            .iter()
            .map(|word| (*word).to_owned())
            .chain(spaced)
            .collect();
        assert_eq!(written, known, "{}", choice.name);
    }
}

#[test]
fn every_reference_within_the_json_schema_leads_somewhere() {
    let schema = schema();
    let mut used = Vec::new();
    references(&schema, &mut used);
    assert!(used.len() > 30);
    for reference in &used {
        let name = reference.strip_prefix("#/$defs/").unwrap();
        assert!(schema["$defs"][name].is_object(), "{reference}");
    }
    for name in schema["$defs"].as_object().unwrap().keys() {
        let is_used = used.iter().any(|used| used.ends_with(&format!("/{name}")));
        assert!(is_used, "{name} is not used");
    }
}

fn references<'s>(value: &'s Value, found: &mut Vec<&'s str>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str() {
                    Some(reference) if key == "$ref" => found.push(reference),
                    _ => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
