//! Aludel.
//!
//! Schema files become a catalog, with everything that is wrong with them told at its place:
//!
//! ```
//! use aludel_build::{diagnostic::Diagnostics, parse::parse, source::SourceFile};
//! use aludel_catalog::Dialect;
//!
//! let files = vec![SourceFile::new("schema/hobby.sql", "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TXT);")];
//! let parsed = parse(&files, Dialect::Sqlite);
//! assert_eq!(parsed.catalog.tables[0].columns.len(), 2);
//!
//! let diagnostics = Diagnostics::new(files, parsed.diagnostics);
//! assert!(diagnostics.to_string().starts_with("schema/hobby.sql:1:53: error: unknown type `TXT`"));
//! ```

pub mod diagnostic;
pub mod parse;
pub mod source;
mod suggest;
