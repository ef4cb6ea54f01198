//! What is understood and has no effect on what is generated: nothing is left out without a word.

use super::{Input, placed};
use crate::{
    annotation::{Noted, RelationshipNotes, TableNotes},
    diagnostic::{Diagnostic, Span},
};

pub(super) fn warn(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for notes in input.annotations.tables.values() {
        for relationship in &notes.relationships {
            diagnostics.extend(of_relationship(relationship));
        }
        diagnostics.extend(of_properties(notes));
    }
}

fn of_relationship(noted: &Noted<RelationshipNotes>) -> Option<Diagnostic> {
    let RelationshipNotes {
        name,
        cascade,
        order_by,
        load,
        read_only,
        ..
    } = &noted.value;
    let said = [
        (!cascade.is_empty(), "`cascade`"),
        (!order_by.is_empty(), "`order_by`"),
        (load.is_some(), "`load`"),
        (*read_only, "`read_only`"),
    ];
    let said: Vec<&str> = said
        .iter()
        .filter(|(said, _)| *said)
        .map(|(_, key)| *key)
        .collect();
    let message = format!(
        "{} of relationship `{name}` says how objects are loaded and saved",
        said.join(", ")
    );
    (!said.is_empty()).then(|| without_effect(message, noted.span))
}

fn of_properties(notes: &TableNotes) -> impl Iterator<Item = Diagnostic> {
    let deferred = notes.properties.iter().filter(|noted| noted.value.deferred);
    deferred.map(|noted| {
        let message = format!(
            "property `{}` is deferred, and is read with each row all the same",
            noted.value.name
        );
        without_effect(message, noted.span)
    })
}

fn without_effect(message: String, span: Option<Span>) -> Diagnostic {
    placed(
        Diagnostic::warning(message).label("has no effect on queries of a connection"),
        span,
    )
}
