//! Schema files become a catalog.

mod broken;
mod mutated;
mod order;
mod rich;
mod size;
