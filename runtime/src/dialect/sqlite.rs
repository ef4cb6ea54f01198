//! SQLite's differences.

mod declarations;

use std::collections::HashMap;

use super::{
    Ask, Capabilities, CountedKeys, Declaration, Dialect, Isolation, Joins, Lexis, Mode, Switch,
    Upsert, standard_function, standard_operator,
};
use crate::{
    error::Result,
    sql::{Binary, CastType, Function, Part},
    value::Value,
};

/// The dialect of SQLite.
pub(crate) struct Sqlite;

const CAPABILITIES: Capabilities = Capabilities {
    insert_returning: true,
    update_returning: true,
    delete_returning: true,
    transactional_ddl: true,
    bound_limit: false,
    max_parameters: 32_766,
    locks: false,
    lock_names_tables: false,
    exact_numbers: false,
    typed_parameters: false,
    repeated_parameters: false,
    having_labels: false,
    nulls_order: true,
    aggregate_filter: true,
    distinct_joined_text: false,
    extremes_skip_nulls: false,
    rounds_before_point: false,
    literal_separator: false,
    concat_function: false,
    ilike: false,
    rows_within: "(VALUES ",
    nothing_within: None,
    limit_within: true,
    intersect_first: false,
    upsert: Upsert::ConflictAfterWhere,
    sets_at_once: true,
    reads_changed: true,
    update_joins: Joins::Listed(" FROM "),
    delete_joins: Joins::Never,
    counted_keys: CountedKeys::AfterFirst,
    // A statement of several rows copies the pages that it changes before, in case that it fails: fewer statements, fewer copies.
    rows_at_once: 128,
    overriding: "",
    times_are_text: true,
    updates_together: false,
    checks_each_row: false,
};

const QUERY_ONLY: Switch = Switch {
    ask: "PRAGMA query_only",
    on: "PRAGMA query_only = 1",
    off: "PRAGMA query_only = 0",
};

const READ_UNCOMMITTED: Switch = Switch {
    ask: "PRAGMA read_uncommitted",
    on: "PRAGMA read_uncommitted = 1",
    off: "PRAGMA read_uncommitted = 0",
};

const FOREIGN_KEYS_OFF: Switch = Switch {
    ask: "SELECT NOT foreign_keys FROM pragma_foreign_keys",
    on: "PRAGMA foreign_keys = 0",
    off: "PRAGMA foreign_keys = 1",
};

impl Dialect for Sqlite {
    fn name(&self) -> aludel_catalog::Dialect {
        aludel_catalog::Dialect::Sqlite
    }

    fn title(&self) -> &'static str {
        "SQLite"
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn lexis(&self) -> Lexis {
        Lexis::SQLITE
    }

    fn begin(&self, writes: bool) -> &'static str {
        if writes { "BEGIN IMMEDIATE" } else { "BEGIN" }
    }

    fn isolations(&self) -> &'static [Isolation] {
        &[
            Isolation::ReadUncommitted,
            Isolation::Serializable,
            Isolation::Autocommit,
        ]
    }

    fn begin_as(&self, mode: Mode, writes: bool) -> String {
        self.begin(writes && !mode.read_only).to_owned()
    }

    fn switches(&self, mode: Mode) -> Vec<&'static Switch> {
        let uncommitted = mode.isolation == Some(Isolation::ReadUncommitted);
        let switches = [
            (uncommitted, &READ_UNCOMMITTED),
            (mode.read_only, &QUERY_ONLY),
            (mode.foreign_keys_off, &FOREIGN_KEYS_OFF),
        ];
        let wanted = switches.into_iter().filter(|(wanted, _)| *wanted);
        wanted.map(|(_, switch)| switch).collect()
    }

    fn explain(&self) -> &'static str {
        "EXPLAIN QUERY PLAN "
    }

    /// Each row has its number, that of the one it belongs to, and in the last column what it says.
    fn plan(&self, rows: &[Vec<Value>]) -> String {
        let mut depths: HashMap<i64, usize> = HashMap::new();
        let mut plan = String::new();
        for row in rows {
            let (Some(Value::Int(id)), Some(Value::Int(parent)), Some(detail)) =
                (row.first(), row.get(1), row.last())
            else {
                continue;
            };
            let depth = depths.get(parent).map_or(0, |depth| depth + 1);
            depths.insert(*id, depth);
            if !plan.is_empty() {
                plan.push('\n');
            }
            plan.push_str(&"  ".repeat(depth));
            plan.push_str(&detail.to_string());
        }
        plan
    }

    fn operator(&self, operator: Binary) -> &'static str {
        match operator {
            Binary::NullSafeEqual => " IS ",
            other => standard_operator(other),
        }
    }

    fn function(&self, function: Function, _arguments: usize) -> &'static str {
        match function {
            // It is whole already, and too great a sum is an error.
            Function::SumWhole => "SUM(@)",
            Function::Average => "AVG(@)",
            Function::JoinText => "group_concat(@)",
            Function::Length => "length(@)",
            Function::Position => "instr(@)",
            // Functions of mathematics are not always compiled in; round() is, and leaves great numbers alone.
            Function::Floor => "(round(@) - (round(@) > (@)))",
            Function::Ceiling => "(round(@) + (round(@) < (@)))",
            // Of the 64 random bits, as many as a floating-point number holds.
            Function::Random => "(((random() >> 11) & 9007199254740991) / 9007199254740992.0)",
            Function::Least => "min(@)",
            Function::Greatest => "max(@)",
            // It knows milliseconds only.
            Function::Part(Part::Year) => "CAST(strftime('%Y', @) AS INTEGER)",
            Function::Part(Part::Month) => "CAST(strftime('%m', @) AS INTEGER)",
            Function::Part(Part::Day) => "CAST(strftime('%d', @) AS INTEGER)",
            Function::Part(Part::Hour) => "CAST(strftime('%H', @) AS INTEGER)",
            Function::Part(Part::Minute) => "CAST(strftime('%M', @) AS INTEGER)",
            Function::Part(Part::Second) => "CAST(strftime('%S', @) AS INTEGER)",
            Function::Now => "strftime('%Y-%m-%d %H:%M:%f000', 'now')",
            other => standard_function(other),
        }
    }

    fn cast(&self, to: CastType) -> Option<&'static str> {
        match to {
            CastType::Bool => Some("((@) <> 0)"),
            CastType::Int16 | CastType::Int32 | CastType::Int64 => Some("CAST(@ AS INTEGER)"),
            CastType::Float32 | CastType::Float64 => Some("CAST(@ AS REAL)"),
            CastType::Bytes => Some("CAST(@ AS BLOB)"),
            // The day of a point in time, too.
            CastType::Date => Some("date(@)"),
            CastType::Decimal
            | CastType::Text
            | CastType::TextOfUuid
            | CastType::Time
            | CastType::Timestamp
            | CastType::TimestampUtc
            | CastType::Uuid
            | CastType::Json => Some("CAST(@ AS TEXT)"),
        }
    }

    fn no_limit(&self) -> Option<&'static str> {
        Some(" LIMIT -1")
    }

    /// Whatever is attached is looked for by its name alone.
    fn objects(&self) -> &'static str {
        "SELECT 'table', NULL, NULL, name FROM sqlite_schema WHERE type IN ('table', 'view')"
    }

    fn columns(&self) -> &'static str {
        "SELECT name, type, CAST(\"notnull\" = 0 AND pk = 0 AS INTEGER), \
                CASE WHEN hidden IN (2, 3) THEN 'computed' \
                     WHEN pk > 0 AND upper(type) = 'INTEGER' AND (SELECT max(pk) FROM pragma_table_xinfo(?2, ?1)) = 1 THEN 'counted' \
                     WHEN dflt_value IS NOT NULL AND upper(dflt_value) <> 'NULL' THEN 'default' ELSE '' END, \
                NULLIF(pk, 0) - 1 \
         FROM pragma_table_xinfo(?2, ?1) WHERE hidden <> 1 ORDER BY cid"
    }

    fn declarations(&self, ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
        declarations::declarations(ask)
    }

    fn ignores_case(&self) -> bool {
        true
    }

    fn foreign_key_check(&self) -> Option<&'static str> {
        Some("PRAGMA foreign_key_check")
    }

    fn without_effect(&self) -> Option<[&'static str; 2]> {
        Some(["PRAGMA", "FOREIGN_KEYS"])
    }

    fn defer_foreign_keys(&self) -> Option<&'static str> {
        Some("PRAGMA defer_foreign_keys = ON")
    }
}
