//! PostgreSQL's differences.

mod declarations;

use std::fmt::Write;

use super::{
    Ask, Capabilities, CountedKeys, Declaration, Dialect, Joins, Lexis, Lock, Upsert,
    standard_function,
};
use crate::{error::Result, sql::Function};

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
    sets_at_once: true,
    reads_changed: true,
    update_joins: Joins::Listed(" FROM "),
    delete_joins: Joins::Listed(" USING "),
    counted_keys: CountedKeys::FromSequence(
        "WITH s AS MATERIALIZED (SELECT CAST(pg_get_serial_sequence(concat_ws('.', quote_ident($1), quote_ident($2)), $3) AS regclass) AS id) \
         SELECT nextval(s.id) FROM s, generate_series(1, $4)",
    ),
    rows_at_once: 512,
    overriding: " OVERRIDING SYSTEM VALUE",
    times_are_text: false,
    updates_together: true,
    checks_each_row: false,
};

/// The number says `aludel` in ASCII.
const LOCK: Lock = Lock {
    take: "SELECT CAST(pg_try_advisory_lock(107118453876076) AS integer)",
    release: "SELECT pg_advisory_unlock(107118453876076)",
};

impl Dialect for Postgres {
    fn name(&self) -> aludel_catalog::Dialect {
        aludel_catalog::Dialect::Postgres
    }

    fn title(&self) -> &'static str {
        "PostgreSQL"
    }

    fn objects(&self) -> &'static str {
        "SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, \
                CAST(NULLIF(nspname, current_schema()) AS text), NULL, CAST(relname AS text) \
         FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') \
         UNION ALL \
         SELECT 'type', CAST(NULLIF(nspname, current_schema()) AS text), NULL, CAST(typname AS text) \
         FROM pg_type JOIN pg_namespace n ON n.oid = typnamespace WHERE typtype IN ('e', 'd') \
         UNION ALL \
         SELECT 'schema', NULL, NULL, CAST(nspname AS text) FROM pg_namespace \
         UNION ALL \
         SELECT 'key', CAST(NULLIF(nspname, current_schema()) AS text), CAST(relname AS text), CAST(conname AS text) \
         FROM pg_constraint JOIN pg_class c ON c.oid = conrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE contype = 'f'"
    }

    fn columns(&self) -> &'static str {
        "SELECT CAST(attname AS text), format_type(atttypid, atttypmod), CAST(CASE WHEN attnotnull THEN 0 ELSE 1 END AS int8), \
                CASE WHEN attgenerated <> '' THEN 'computed' WHEN attidentity <> '' THEN 'counted' \
                     WHEN pg_get_expr(adbin, adrelid) LIKE 'nextval(%' THEN 'counted' \
                     WHEN atthasdef THEN 'default' ELSE '' END, \
                CAST(array_position(CAST(indkey AS int2[]), attnum) AS int8) \
         FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute a ON attrelid = c.oid \
              LEFT JOIN pg_attrdef d ON adrelid = c.oid AND adnum = attnum \
              LEFT JOIN pg_index i ON i.indrelid = c.oid AND indisprimary \
         WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND attnum > 0 AND NOT attisdropped \
               AND CASE WHEN CAST($1 AS text) IS NULL THEN pg_table_is_visible(c.oid) ELSE nspname = $1 END \
               AND relname = CAST($2 AS text) ORDER BY attnum"
    }

    fn lock_of_all(&self) -> Option<&'static Lock> {
        Some(&LOCK)
    }

    fn declarations(&self, ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
        declarations::declarations(ask)
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
