//! Enums of the database as enums of Rust.

use std::collections::BTreeMap;

use aludel_catalog::Enum;

use super::{Enumeration, Input, placed};
use crate::{annotation::EnumNotes, diagnostic::Diagnostic, naming};

pub(super) fn all(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Enumeration> {
    let enums = input.catalog.enums.iter().enumerate();
    enums
        .map(|(position, declared)| enumeration(input, position, declared, diagnostics))
        .collect()
}

fn enumeration(
    input: Input<'_>,
    position: usize,
    declared: &Enum,
    diagnostics: &mut Vec<Diagnostic>,
) -> Enumeration {
    let default = EnumNotes::default();
    let notes = input
        .annotations
        .enums
        .get(&declared.name)
        .unwrap_or(&default);
    let name = match &notes.name {
        Some(chosen) => chosen.value.clone(),
        None => naming::type_name(&declared.name.name),
    };
    let variants: Vec<(String, String)> = declared
        .values
        .iter()
        .map(|value| (variant(notes, value), value.clone()))
        .collect();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (variant, value) in &variants {
        if let Some(other) = seen.insert(variant, value) {
            let message = format!(
                "values `{other}` and `{value}` of enum `{}` both become `{name}::{variant}`",
                declared.name
            );
            let help = format!(
                "name them in YAML: `enums: {{ {}: {{ values: {{ …: \"{value}\" }} }} }}`",
                declared.name
            );
            diagnostics.push(placed(
                Diagnostic::error(message).help(help),
                input.positions.enumeration(&declared.name),
            ));
        }
    }
    Enumeration {
        position,
        module: naming::module(&name),
        name,
        variants,
        keep_unknown: notes.keep_unknown,
    }
}

fn variant(notes: &EnumNotes, value: &str) -> String {
    match notes.variants.get(value) {
        Some(chosen) => chosen.value.clone(),
        None if value.is_empty() => "Empty".to_owned(),
        None => naming::type_name(value),
    }
}
