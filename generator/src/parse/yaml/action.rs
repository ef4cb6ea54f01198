//! Words that stand for choices of the catalog, in the order of the format's tables of words.

use aludel_catalog::{Action, Deferrable, MatchType};

use crate::{
    parse::draft::Draft,
    yaml::{Node, choice, keys},
};

/// What a foreign key does when the other row changes: `cascade`.
pub(super) fn action(node: &Node, draft: &mut Draft) -> Option<Action> {
    const ACTIONS: [Action; 5] = [
        Action::NoAction,
        Action::Restrict,
        Action::Cascade,
        Action::SetNull,
        Action::SetDefault,
    ];
    choice(node, keys::ACTION, &mut draft.diagnostics).map(|number| ACTIONS[number])
}

/// How a composite key with NULLs is compared: `full`.
pub(super) fn match_type(node: &Node, draft: &mut Draft) -> Option<MatchType> {
    const TYPES: [MatchType; 3] = [MatchType::Simple, MatchType::Full, MatchType::Partial];
    choice(node, keys::MATCH_TYPE, &mut draft.diagnostics).map(|number| TYPES[number])
}

/// When a constraint is checked: `deferred`.
pub(super) fn deferrable(node: &Node, draft: &mut Draft) -> Option<Deferrable> {
    let number = choice(node, keys::DEFERRABLE, &mut draft.diagnostics)?;
    let word = keys::DEFERRABLE.words[number];
    Some(Deferrable {
        deferrable: word != "never",
        initially_deferred: word == "deferred",
    })
}
