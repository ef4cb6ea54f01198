//! Schema files become a catalog.

mod broken;
mod dumps;
mod expressions;
mod inherits;
mod mutated;
mod order;
pub(crate) mod rich;
mod size;
mod views;
