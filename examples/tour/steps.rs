//! The chapters of the tour, in their order.

pub mod insert;
pub mod join;
pub mod query;
pub mod refuse;
pub mod tables;
pub mod transaction;
pub mod update;
