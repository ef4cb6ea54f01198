//! What a build script chose.

use std::collections::BTreeMap;

use super::{Input, foreign_key::spelled, pattern};
use crate::{Dates, annotation::ForcedType, diagnostic::Diagnostic, suggest::nearest};

/// What a build script chose, in the schema's own words; see the methods of [`Builder`](crate::Builder).
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// By table: the struct.
    pub(crate) models: BTreeMap<String, String>,
    /// By table and columns of the foreign key, `person.hobby_id`: the names of both sides.
    pub(crate) relationships: BTreeMap<String, (String, String)>,
    /// Derives for every struct and enum.
    pub(crate) derives: Vec<String>,
    /// Whether every key gets a type of its own.
    pub(crate) id_newtypes: bool,
    /// Whether columns whose check lists their values are left as texts.
    pub(crate) without_check_enums: bool,
    /// Whose types dates and times have.
    pub(crate) dates: Dates,
    /// Which tables become models, by name with `*`; all where nothing is said.
    pub(crate) include: Vec<String>,
    /// Which tables become no models.
    pub(crate) exclude: Vec<String>,
    /// Rust types for columns that fit a pattern.
    pub(crate) forced_types: Vec<ForcedType>,
}

impl Options {
    /// Whether a table becomes a model.
    pub(super) fn includes(&self, table: &str) -> bool {
        let any =
            |patterns: &[String]| patterns.iter().any(|pattern| pattern::glob(pattern, table));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

/// A choice that nothing in the schema asks for is a mistake of spelling.
pub(super) fn check(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if input.catalog.tables.is_empty() {
        diagnostics.push(Diagnostic::warning("the schema declares no table"));
    }
    let tables: Vec<String> = input
        .catalog
        .tables
        .iter()
        .map(|table| table.name.to_string())
        .collect();
    for table in input
        .options
        .models
        .keys()
        .filter(|table| !tables.contains(table))
    {
        let message =
            format!("`.model(\"{table}\", …)` names a table that the schema does not have");
        let suggestion = nearest(table, tables.iter().map(String::as_str));
        diagnostics.push(Diagnostic::error(message).did_you_mean(suggestion));
    }
    let keys: Vec<String> = input
        .catalog
        .tables
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(|key| spelled(table, key)))
        .collect();
    for key in input
        .options
        .relationships
        .keys()
        .filter(|key| !keys.contains(key))
    {
        let message = format!(
            "`.relationship(\"{key}\", …)` names a foreign key that the schema does not have"
        );
        let suggestion = nearest(key, keys.iter().map(String::as_str));
        diagnostics.push(Diagnostic::error(message).did_you_mean(suggestion));
    }
    for pattern in input
        .options
        .include
        .iter()
        .filter(|pattern| !tables.iter().any(|table| pattern::glob(pattern, table)))
    {
        diagnostics.push(Diagnostic::error(format!(
            "`.include(\"{pattern}\")` fits no table of the schema"
        )));
    }
}
