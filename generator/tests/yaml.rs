//! YAML files become a catalog and what goes beyond it.

mod same;
mod tour;
