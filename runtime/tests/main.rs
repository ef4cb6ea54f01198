//! The public API of engines: URLs, pools, connections and catalogs.

mod catalog;
mod engine;
mod pool;
mod pool_model;
mod url;
