//! Schema files become a catalog.

mod broken;
mod expressions;
mod mutated;
mod order;
mod rich;
mod size;
