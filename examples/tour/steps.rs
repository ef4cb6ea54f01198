//! The chapters of the tour, in their order.

pub(crate) mod insert;
pub(crate) mod join;
pub(crate) mod query;
pub(crate) mod refuse;
pub(crate) mod relationships;
pub(crate) mod report;
pub(crate) mod session;
pub(crate) mod tables;
pub(crate) mod transaction;
pub(crate) mod update;
