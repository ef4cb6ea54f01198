//! Schema files become a catalog.
//!
//! A file is cut into statements (`split`), each is told by its leading words (`classify`) and read along its tokens (`cursor`) by
//! the module of its kind, into a `draft`; at the end of all files, what refers to other declarations is looked up (`resolve`). YAML files join
//! the same draft (`yaml`), once the SQL files are read.
//! `sqlparser` cuts the tokens and reads the expressions, which are then kept as written; nothing outside this module knows it.

mod alter;
mod checks;
mod classify;
mod column;
mod comment;
mod composite;
mod constraint;
mod cursor;
mod default;
mod domain;
mod draft;
mod drop;
mod encoding;
mod enumeration;
mod expression;
mod finish;
mod index;
mod inheritance;
mod namespace;
mod positions;
mod remark;
mod resolve;
mod rewrite;
mod schema;
mod sequence;
mod shadow;
mod split;
mod statement;
mod table;
mod token;
mod tree;
mod type_name;
mod types;
mod unknown;
mod view;
mod yaml;

use std::{panic, thread};

use aludel_catalog::{Catalog, Dialect};

pub use self::positions::Positions;
pub(crate) use self::remark::is_remark;
use crate::{
    annotation::Annotations,
    diagnostic::{Diagnostic, Span},
    source::SourceFile,
};

/// What the schema files declare, and what is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The schema. Where there are errors it holds what could be read.
    pub catalog: Catalog,
    /// Where its parts were declared.
    pub positions: Positions,
    /// What the files say beyond the schema.
    pub annotations: Annotations,
    /// Errors and warnings of all files, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Room for deeply nested expressions, which are read by recursion.
const STACK: usize = 64 << 20;

/// Reads schema files, one after the other, as if they were one.
///
/// Everything that is wrong is in [`Parsed::diagnostics`]: an error for what cannot be right, a warning with its place for
/// whatever is understood but has no room in the catalog. The order of declarations does not matter where the database would
/// need it to, and statements that change or drop what came before are carried out.
pub fn parse(files: &[SourceFile], dialect: Dialect) -> Parsed {
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || statement::read_all(files, dialect));
        match worker {
            Ok(worker) => worker
                .join()
                .unwrap_or_else(|panic| panic::resume_unwind(panic)),
            Err(error) => Parsed {
                catalog: Catalog::new(dialect),
                positions: Positions::default(),
                annotations: Annotations::default(),
                diagnostics: vec![no_thread(&error)],
            },
        }
    })
}

/// The outcome of reading something: what was read, or why it could not be.
type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed<T> {
    value: T,
    span: Span,
}

impl<T> Placed<T> {
    const fn new(value: T, span: Span) -> Self {
        Placed { value, span }
    }
}

fn no_thread(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(format!("the parser's thread cannot be started: {error}"))
}
