//! The columns of views: what their queries tell, and what is said of them beside that.

use aludel_catalog::Name;

use super::{
    query::Reader,
    typed::{Kind, Output},
};
use crate::{
    annotation::{ColumnNotes, Noted, ViewColumn},
    diagnostic::{Diagnostic, Span},
    parse::{Placed, draft::Draft, yaml::unknown_view_column as unknown_column},
};

/// Notes the columns of each view. A view of which one is not known becomes no model, and that is told.
pub(in crate::parse) fn note(draft: &mut Draft) {
    let reader = Reader::new(draft);
    let mut read = Vec::new();
    for number in 0..draft.views.len() {
        read.push(reader.view(number));
    }
    for number in reader.renames_nothing() {
        draft.views[number].value.columns.clear();
    }
    for (number, columns) in read.into_iter().enumerate() {
        let span = draft.views[number].span;
        let name = draft.views[number].value.name.clone();
        let said = draft.annotations.tables.get(&name);
        let said = said
            .map(|notes| notes.view_columns.clone())
            .unwrap_or_default();
        let said_names: Vec<_> = said
            .iter()
            .map(|noted| (noted.value.name.clone(), noted.span))
            .collect();
        let known = match columns {
            Ok(columns) => all_known(&name, span, columns, &said),
            // What is not understood has to be said as a whole.
            Err(problem) if said.is_empty() => Err(Box::new(unreadable(&name, span, &problem))),
            Err(_) => Ok(Known {
                columns: said,
                ..Known::default()
            }),
        };
        if let Ok(known) = &known {
            let problems = check_names(draft, &name, known, &said_names);
            draft.diagnostics.extend(problems);
        }
        match known {
            Ok(columns) => keep(draft, number, columns),
            Err(problem) => {
                let notes = draft.annotations.tables.get_mut(&name);
                notes
                    .into_iter()
                    .for_each(|notes| notes.view_columns.clear());
                draft.report(problem);
            }
        }
    }
}

/// Keeps the columns of a view, with what is said of those that they are read from.
fn keep(draft: &mut Draft, number: usize, columns: Known) {
    let name = draft.views[number].value.name.clone();
    for (column, origin) in &columns.origins {
        let Some((table, of_table)) = origin else {
            continue;
        };
        let notes = draft.annotations.tables.get(table);
        let Some(ColumnNotes {
            rust, enumeration, ..
        }) = notes.and_then(|notes| notes.columns.get(of_table)).cloned()
        else {
            continue;
        };
        let notes = draft.annotations.tables.entry(name.clone()).or_default();
        let notes = notes.columns.entry(column.clone()).or_default();
        if notes.rust.is_none() && notes.enumeration.is_none() && !notes.no_enum {
            (notes.rust, notes.enumeration) = (rust, enumeration);
        }
    }
    let notes = draft.annotations.tables.entry(name).or_default();
    notes.view_columns = columns.columns;
}

/// What is known of all columns of a view.
#[derive(Default)]
struct Known {
    columns: Vec<Noted<ViewColumn>>,
    /// Where their values come from.
    origins: Vec<(String, Option<(Name, String)>)>,
}

/// Columns that are spoken of have to be there.
fn check_names(
    draft: &Draft,
    view: &Name,
    known: &Known,
    said: &[(String, Option<Span>)],
) -> Vec<Diagnostic> {
    let key = draft
        .annotations
        .tables
        .get(view)
        .map(|notes| notes.key.as_slice());
    let key = key.unwrap_or_default().iter();
    let key = key.map(|noted| (noted.value.clone(), noted.span));
    let names = || {
        known
            .columns
            .iter()
            .map(|column| column.value.name.as_str())
    };
    let is_missing =
        |(name, _): &(String, Option<Span>)| !names().any(|known| draft.is_same(known, name));
    let spoken_of = said.iter().cloned().chain(key);
    let missing = spoken_of.filter(is_missing);
    missing
        .filter_map(|(name, span)| {
            let column = Placed::new(name.as_str(), span?);
            Some(unknown_column(&column, names()))
        })
        .collect()
}

/// The columns with what is said of them, where every one has a name and a type.
fn all_known(
    view: &Name,
    span: Span,
    columns: Vec<Output>,
    said: &[Noted<ViewColumn>],
) -> Result<Known, Box<Diagnostic>> {
    let mut known = Known::default();
    let mut unknown = Vec::new();
    for (position, column) in columns.into_iter().enumerate() {
        let Some(name) = column.name else {
            return Err(Box::new(without_name(view, span, position + 1)));
        };
        let noted = said
            .iter()
            .find(|noted| noted.value.name.eq_ignore_ascii_case(&name));
        match column.typed.kind {
            Kind::Known(ty) => {
                known.origins.push((name.clone(), column.typed.origin));
                known.columns.push(Noted {
                    value: ViewColumn {
                        name,
                        ty: Some(ty),
                        nullable: Some(column.typed.nullable),
                        references: noted.and_then(|noted| noted.value.references.clone()),
                    },
                    span: noted.map_or(Some(span), |noted| noted.span),
                });
            }
            Kind::Null | Kind::Unknown => unknown.push(name),
        }
    }
    match unknown.is_empty() {
        true => Ok(known),
        false => Err(Box::new(without_types(view, span, &unknown))),
    }
}

fn becomes_none(view: &Name, why: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(format!("view `{view}` becomes no model: {why}")).at(span)
}

fn without_types(view: &Name, span: Span, columns: &[String]) -> Diagnostic {
    let quoted: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    let why = match quoted.as_slice() {
        [only] => format!("the type of its column {only} is not known"),
        several => format!(
            "the types of its columns {} are not known",
            several.join(", ")
        ),
    };
    let first = columns.first().map_or("", String::as_str);
    becomes_none(view, &why, span).help(format!(
        "say it in YAML, `views: {{ {view}: {{ columns: {{ {first}: text }} }} }}`, or in front of the view: `-- @columns {{ {first}: text }}`"
    ))
}

fn without_name(view: &Name, span: Span, position: usize) -> Diagnostic {
    becomes_none(view, &format!("its column {position} has no name"), span)
        .help("give it one by AS")
}

fn unreadable(view: &Name, span: Span, why: &str) -> Diagnostic {
    becomes_none(view, why, span).help(format!(
        "say all of its columns in YAML, `views: {{ {view}: {{ columns: {{ …: text }} }} }}`, or in front of the view: `-- @columns {{ …: text }}`"
    ))
}
