//! What a comment beside a declaration is about: what stands before it on its line, or else what follows it.

use aludel_catalog::Name;

use super::{Remark, Remarks};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::draft::Draft,
};

/// The comments within and around a statement.
#[derive(Debug, Clone, Default)]
pub(in crate::parse) struct Beside {
    /// The statement.
    statement: Option<Span>,
    /// In front of it, or behind it on its last line.
    around: Vec<Remark>,
    /// Within it; and whether something stands before the comment on its line.
    within: Vec<(Remark, bool)>,
}

impl Beside {
    /// Sorts comments, given by the places where they stand in `text`, to the statements of the file.
    pub(in crate::parse) fn sort(text: &str, remarks: &[Span], statements: &[Span]) -> Vec<Beside> {
        let mut sorted = vec![Beside::default(); statements.len()];
        for (beside, statement) in sorted.iter_mut().zip(statements) {
            beside.statement = Some(*statement);
        }
        for span in remarks {
            let remark = Remark::new(&text[span.start..span.end], *span);
            let next = statements.partition_point(|statement| statement.end <= span.start);
            let last = next.checked_sub(1);
            let ends_line = |statement: &Span| !text[statement.end..span.start].contains('\n');
            match (last, statements.get(next)) {
                (_, Some(statement)) if statement.start < span.start => {
                    let line = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
                    let before = text[line..span.start].trim_end_matches(['-', '#', ' ', '\t']);
                    let follows = !before.trim().is_empty();
                    sorted[next].within.push((remark, follows));
                }
                (Some(last), _) if ends_line(&statements[last]) => sorted[last].around.push(remark),
                (_, Some(_)) => sorted[next].around.push(remark),
                (_, None) => {}
            }
        }
        sorted
    }

    pub(in crate::parse) fn is_empty(&self) -> bool {
        self.around.is_empty() && self.within.is_empty()
    }
}

/// Something that a comment can be about.
enum Target {
    Table(usize),
    Column(usize, usize),
    View(Name),
    /// An enum or a domain.
    Type(Name),
}

/// Gives the comments to what the statement has declared.
pub(in crate::parse) fn attach(beside: &Beside, text: &str, draft: &mut Draft) {
    let Some(statement) = beside.statement else {
        return;
    };
    let targets = targets(draft, statement);
    for remark in &beside.around {
        give(draft, targets.first().map(|(_, target)| target), remark);
    }
    for (remark, follows) in &beside.within {
        let target = match follows {
            true => targets
                .iter()
                .rfind(|(start, _)| *start < remark.span.start),
            false => targets.iter().find(|(start, target)| {
                *start > remark.span.start
                    && matches!(target, Target::Column(..))
                    && only_comments(&text[remark.span.end..*start])
            }),
        };
        give(draft, target.map(|(_, target)| target), remark);
    }
}

/// Everything that a statement declares, in the order of its places; what it is about as a whole comes first.
fn targets(draft: &Draft, statement: Span) -> Vec<(usize, Target)> {
    let is_in = |span: Span| {
        span.file == statement.file && (statement.start..statement.end).contains(&span.start)
    };
    let mut targets = Vec::new();
    for (number, table) in draft.tables.iter().enumerate() {
        if is_in(table.span) {
            targets.push((table.span.start, Target::Table(number)));
        }
        for (column, place) in table.columns.iter().enumerate() {
            if is_in(place.span) {
                targets.push((place.span.start, Target::Column(number, column)));
            }
        }
    }
    for view in draft.views.iter().filter(|view| is_in(view.span)) {
        targets.push((view.span.start, Target::View(view.value.name.clone())));
    }
    if targets.is_empty() {
        // The lists of columns are enums as well, and stand where their columns do.
        let enums = draft.enums.iter();
        let enums = enums.map(|item| (item.span, &item.value.name));
        let domains = draft.domains.iter();
        let domains = domains.map(|domain| (domain.span, &domain.value.name));
        let types = enums.chain(domains).filter(|(span, _)| is_in(*span));
        targets.extend(types.map(|(span, name)| (span.start, Target::Type(name.clone()))));
    }
    targets.sort_by_key(|(start, _)| *start);
    targets
}

/// Whether nothing else stands between two places.
fn only_comments(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with("--") || line.starts_with('#'))
}

fn give(draft: &mut Draft, target: Option<&Target>, remark: &Remark) {
    let remarks: &mut Remarks = match target {
        Some(Target::Table(number)) => &mut draft.tables[*number].remarks,
        Some(Target::Column(table, column)) => &mut draft.tables[*table].columns[*column].remarks,
        Some(Target::View(name)) => draft.view_remarks.entry(name.clone()).or_default(),
        Some(Target::Type(name)) => draft.type_remarks.entry(name.clone()).or_default(),
        None => {
            let problem = Diagnostic::warning("this annotation belongs to nothing")
                .at(remark.span)
                .help(
                    "it stands in front of a table, a view, a column or an enum, or behind it on its line",
                );
            return draft.report(problem);
        }
    };
    remarks.inline.push(remark.clone());
}
