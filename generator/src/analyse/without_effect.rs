//! What is understood and has no effect on what is generated: nothing is left out without a word.

use super::{Input, placed};
use crate::{
    annotation::TableNotes,
    diagnostic::{Diagnostic, Span},
};

pub(super) fn warn(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for notes in input.annotations.tables.values() {
        diagnostics.extend(of_properties(notes));
    }
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
