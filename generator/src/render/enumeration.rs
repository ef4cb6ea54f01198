//! One enum's file.

use askama::Template;

use super::{documentation, rust::literal};
use crate::analyse::{Enumeration, Input};

#[derive(Template)]
#[template(path = "enumeration.rs", escape = "none")]
pub(super) struct EnumerationView {
    summary: String,
    documentation: Vec<String>,
    derives: String,
    name: String,
    literal: String,
    variants: Vec<VariantView>,
    is_integer: bool,
    keep_unknown: bool,
}

struct VariantView {
    documentation: String,
    name: String,
    value: String,
}

impl EnumerationView {
    pub(super) fn new(input: Input<'_>, enumeration: &Enumeration) -> Self {
        let declared = enumeration.declared.to_string();
        let copy: &[&str] = if enumeration.keep_unknown {
            &[]
        } else {
            &["Copy"]
        };
        let usual = ["Debug", "Clone"].iter().chain(copy).chain(&[
            "PartialEq",
            "Eq",
            "PartialOrd",
            "Ord",
            "Hash",
        ]);
        let derives = usual
            .copied()
            .chain(input.options.derives.iter().map(String::as_str));
        EnumerationView {
            summary: documentation::code(&declared),
            documentation: documentation::enumeration(enumeration),
            derives: derives.collect::<Vec<_>>().join(", "),
            literal: literal(&declared),
            variants: enumeration.variants.iter().map(variant).collect(),
            is_integer: enumeration.is_integer,
            keep_unknown: enumeration.keep_unknown,
            name: enumeration.name.clone(),
        }
    }
}

fn variant((name, value): &(String, String)) -> VariantView {
    VariantView {
        documentation: documentation::code(value),
        name: name.clone(),
        value: literal(value),
    }
}
