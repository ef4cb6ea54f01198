//! Enums of the schema as enums of Rust: those that the database knows, and those that only YAML does.

use std::collections::BTreeMap;

use aludel_catalog::Name;

use super::{Enumeration, Input, placed};
use crate::{
    annotation::{EnumNotes, EnumStorage},
    diagnostic::Diagnostic,
    naming,
};

pub(super) fn all(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Enumeration> {
    let default = EnumNotes::default();
    let mut all = Vec::new();
    for declared in &input.catalog.enums {
        let notes = input
            .annotations
            .enums
            .get(&declared.name)
            .unwrap_or(&default);
        let comment = declared.comment.as_ref().or(notes.comment.as_ref());
        all.push(enumeration(
            input,
            &declared.name,
            &declared.values,
            comment,
            notes,
            diagnostics,
        ));
    }
    for (name, notes) in &input.annotations.enums {
        if input.catalog.enumeration(name).is_none() {
            all.push(enumeration(
                input,
                name,
                &notes.values,
                notes.comment.as_ref(),
                notes,
                diagnostics,
            ));
        }
    }
    all
}

fn enumeration(
    input: Input<'_>,
    declared: &Name,
    values: &[String],
    comment: Option<&String>,
    notes: &EnumNotes,
    diagnostics: &mut Vec<Diagnostic>,
) -> Enumeration {
    let name = match &notes.name {
        Some(chosen) => chosen.value.clone(),
        None => naming::type_name(&declared.name),
    };
    let variants: Vec<(String, String)> = values
        .iter()
        .map(|value| (variant(notes, value), value.clone()))
        .collect();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (variant, value) in &variants {
        if let Some(other) = seen.insert(variant, value) {
            let message = format!(
                "values `{other}` and `{value}` of enum `{declared}` both become `{name}::{variant}`"
            );
            let help = format!(
                "name them in YAML: `enums: {{ {declared}: {{ values: {{ …: \"{value}\" }} }} }}`"
            );
            diagnostics.push(placed(
                Diagnostic::error(message).help(help),
                input.positions.enumeration(declared),
            ));
        }
    }
    Enumeration {
        declared: declared.clone(),
        comment: comment.cloned(),
        module: naming::module(&name),
        name,
        variants,
        is_integer: notes.storage == EnumStorage::Integer,
        keep_unknown: notes.keep_unknown,
    }
}

fn variant(notes: &EnumNotes, value: &str) -> String {
    match notes.variants.get(value) {
        Some(chosen) => naming::type_name(&chosen.value),
        None if value.is_empty() => "Empty".to_owned(),
        None => naming::type_name(value),
    }
}
