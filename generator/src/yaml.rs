//! YAML schema files as trees: how they are written, and which keys are known. What they mean is for the parser to say.

mod expect;
pub(crate) mod keys;
mod load;
mod merge;
mod node;
mod remark;
mod syntax;

pub use self::keys::{Choice, Kind, choices, kinds};
pub(crate) use self::{
    expect::{
        Fields, choice, expected, fields, flag, list, map, not_a_choice, one_or_more, text, word,
    },
    load::load,
    merge::once,
    node::{Entry, Node, Scalar, Value},
    remark::{Words, entries},
};

/// Whether a file of this name is YAML.
pub(crate) fn is_yaml(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        let is = |known: &str| extension.eq_ignore_ascii_case(known);
        is("yaml") || is("yml")
    })
}
