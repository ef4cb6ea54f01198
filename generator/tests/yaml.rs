//! YAML files become a catalog and what goes beyond it.

mod broken;
mod damaged;
mod documented;
mod editors;
mod folder;
mod meaning;
mod noted;
mod overlay;
mod same;
mod tour;
