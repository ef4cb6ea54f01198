//! YAML files become a catalog and what goes beyond it.

mod tour;
