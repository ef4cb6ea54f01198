//! What was loaded because somebody asked for it: how often, and where.

use std::{
    collections::{HashMap, HashSet},
    panic::Location,
};

use foldhash::fast::RandomState;

use super::read::Asked;
use crate::{
    model::RelationInfo,
    session::{inner::Options, object::described},
};

/// A relationship that was loaded when it was asked for, at one place of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LazyLoad {
    /// The model whose relationship it is.
    pub model: &'static str,
    /// The relationship.
    pub relationship: &'static str,
    /// Where it was asked for.
    pub at: &'static Location<'static>,
    /// How many statements that took.
    pub statements: u64,
}

/// The lazy loads of a session.
#[derive(Default)]
pub(crate) struct LazyLoads {
    counted: HashMap<(*const RelationInfo, &'static Location<'static>), LazyLoad, RandomState>,
    /// What queries said must not be loaded later: by the number of the query.
    raised: HashSet<(u64, *const RelationInfo), RandomState>,
}

impl LazyLoads {
    pub(crate) fn add(&mut self, asked: Asked<'_>, options: &Options) {
        let key = (std::ptr::from_ref(asked.relation), asked.at);
        let load = self.counted.entry(key).or_insert_with(|| LazyLoad {
            model: asked.owner.model(),
            relationship: asked.relation.name,
            at: asked.at,
            statements: 0,
        });
        load.statements += 1;
        if options.lazy_load_warning == Some(load.statements) {
            tracing::warn!(
                target: "aludel::session",
                model = load.model,
                relationship = load.relationship,
                at = %load.at,
                statements = load.statements,
                last = described(&**asked.owner),
                "a relationship is loaded again and again: load it with the query, by `.eager(…)`"
            );
        }
    }

    /// The loads, those with the most statements first.
    pub(crate) fn list(&self) -> Vec<LazyLoad> {
        let mut all: Vec<LazyLoad> = self.counted.values().cloned().collect();
        let place = |load: &LazyLoad| (load.at.file(), load.at.line(), load.at.column());
        all.sort_by(|one, other| {
            let by_count = other.statements.cmp(&one.statements);
            by_count.then_with(|| place(one).cmp(&place(other)))
        });
        all
    }

    pub(crate) fn raise(&mut self, query: u64, relation: &'static RelationInfo) {
        self.raised.insert((query, std::ptr::from_ref(relation)));
    }

    pub(crate) fn is_raised(&self, query: u64, relation: &'static RelationInfo) -> bool {
        !self.raised.is_empty() && self.raised.contains(&(query, std::ptr::from_ref(relation)))
    }

    /// Objects belong to no query any more.
    pub(crate) fn forget_queries(&mut self) {
        self.raised.clear();
    }
}
