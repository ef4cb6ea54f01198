//! PostgreSQL's differences.

use std::fmt::Write;

use super::{Capabilities, Dialect, Joins, Lexis, Upsert, standard_function};
use crate::sql::Function;

/// The dialect of PostgreSQL, and of the databases that speak it.
pub(crate) struct Postgres;

const CAPABILITIES: Capabilities = Capabilities {
    insert_returning: true,
    update_returning: true,
    delete_returning: true,
    transactional_ddl: true,
    bound_limit: true,
    max_parameters: 65_535,
    locks: true,
    lock_names_tables: true,
    exact_numbers: true,
    typed_parameters: true,
    repeated_parameters: true,
    having_labels: false,
    nulls_order: true,
    aggregate_filter: true,
    distinct_joined_text: true,
    extremes_skip_nulls: true,
    rounds_before_point: true,
    literal_separator: false,
    concat_function: false,
    ilike: true,
    rows_within: "(",
    nothing_within: Some(["= ANY ('{}')", "<> ALL ('{}')"]),
    limit_within: true,
    intersect_first: true,
    upsert: Upsert::Conflict,
    update_joins: Joins::Listed(" FROM "),
    delete_joins: Joins::Listed(" USING "),
};

impl Dialect for Postgres {
    fn name(&self) -> aludel_catalog::Dialect {
        aludel_catalog::Dialect::Postgres
    }

    fn title(&self) -> &'static str {
        "PostgreSQL"
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn lexis(&self) -> Lexis {
        Lexis::POSTGRES
    }

    fn placeholder(&self, sql: &mut String, number: usize) {
        // Writing to a string does not fail.
        let _ = write!(sql, "${number}");
    }

    fn function(&self, function: Function, arguments: usize) -> &'static str {
        match (function, arguments) {
            // Numbers of eight bytes are not taken as positions.
            (Function::Substring, 3) => "substr(@1, CAST(@2 AS integer), CAST(@3 AS integer))",
            (Function::Substring, 2) => "substr(@1, CAST(@2 AS integer))",
            // Floating-point numbers are rounded to whole ones only.
            (Function::Round, 2) => {
                "CAST(round(CAST(@1 AS numeric), CAST(@2 AS integer)) AS double precision)"
            }
            (other, _) => standard_function(other),
        }
    }
}
