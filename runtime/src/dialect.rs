//! How databases spell SQL differently. Each file below lists one dialect's differences from the standard.

mod declaration;
mod isolation;
mod lexis;
mod mysql;
mod postgres;
mod sqlite;

use aludel_catalog::Quoting;

use crate::{
    error::Result,
    sql::{Binary, CastType, Function, Part},
    value::Value,
};
pub(crate) use declaration::{Answer, Ask};
pub use declaration::{Declaration, Declared};
pub use isolation::Isolation;
pub(crate) use isolation::{Mode, Switch};
pub(crate) use lexis::{Bodies, Lexis};
#[cfg_attr(not(feature = "mysql"), allow(unused_imports))] // for its driver
pub(crate) use mysql::MariaDb;
pub(crate) use mysql::Mysql;
pub(crate) use postgres::Postgres;
pub(crate) use sqlite::Sqlite;

/// The dialect of a name. MySQL stands for MariaDB too, which can do more: its driver finds out when it connects.
pub(crate) fn of(dialect: aludel_catalog::Dialect) -> &'static dyn Dialect {
    match dialect {
        aludel_catalog::Dialect::Sqlite => &Sqlite,
        aludel_catalog::Dialect::Postgres => &Postgres,
        aludel_catalog::Dialect::Mysql => &Mysql,
    }
}

/// What differs between dialects. The defaults are standard SQL.
///
/// Functions and conversions are templates: `@` stands for all arguments, `@1` for the first of them, and `#` for what follows
/// an aggregate (`FILTER`, `OVER`), which otherwise stands at the end.
pub(crate) trait Dialect: Send + Sync {
    /// Which dialect this is.
    fn name(&self) -> aludel_catalog::Dialect;

    /// What people call the database.
    fn title(&self) -> &'static str;

    /// What the database can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// How names are quoted.
    fn quoting(&self) -> Quoting {
        self.name().quoting()
    }

    /// What is a quote, what is a comment, and what ends a statement.
    fn lexis(&self) -> Lexis;

    /// Appends the placeholder of the parameter with this number, counted from 1.
    fn placeholder(&self, sql: &mut String, _number: usize) {
        sql.push('?');
    }

    /// The statement that begins a transaction; `writes` tells whether it is going to write.
    fn begin(&self, _writes: bool) -> &'static str {
        "BEGIN"
    }

    /// The isolation levels that the database has.
    fn isolations(&self) -> &'static [Isolation] {
        &[
            Isolation::ReadUncommitted,
            Isolation::ReadCommitted,
            Isolation::RepeatableRead,
            Isolation::Serializable,
            Isolation::Autocommit,
        ]
    }

    /// The statement that begins a transaction of which more is said.
    fn begin_as(&self, mode: Mode, _writes: bool) -> String {
        let mut sql = "BEGIN".to_owned();
        if let Some(level) = mode.isolation {
            sql.push_str(&format!(" ISOLATION LEVEL {level}"));
        }
        if mode.read_only {
            sql.push_str(" READ ONLY");
        }
        sql
    }

    /// What is switched on before such a transaction begins, and off when it has ended.
    fn switches(&self, _mode: Mode) -> Vec<&'static Switch> {
        Vec::new()
    }

    /// The words before a SELECT that show how it would run.
    fn explain(&self) -> &'static str {
        "EXPLAIN "
    }

    /// What the rows of an EXPLAIN say.
    fn plan(&self, rows: &[Vec<Value>]) -> String {
        let line = |row: &Vec<Value>| {
            row.iter()
                .map(Value::to_string)
                .collect::<Vec<_>>()
                .join(" | ")
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The word for an operator.
    fn operator(&self, operator: Binary) -> &'static str {
        standard_operator(operator)
    }

    /// The template of a function with so many arguments. The name of a [`Function::Named`] is not asked for.
    fn function(&self, function: Function, _arguments: usize) -> &'static str {
        standard_function(function)
    }

    /// The template of a conversion, where there is one.
    fn cast(&self, to: CastType) -> Option<&'static str> {
        standard_cast(to)
    }

    /// The words of a lock that is not shared, or is.
    fn lock(&self, shared: bool) -> &'static str {
        if shared { " FOR SHARE" } else { " FOR UPDATE" }
    }

    /// What stands in an INSERT without values.
    fn default_values(&self) -> &'static str {
        "DEFAULT VALUES"
    }

    /// The LIMIT that limits nothing, where OFFSET needs one beside it.
    fn no_limit(&self) -> Option<&'static str> {
        None
    }

    /// The query for what the database holds: for each object its kind (`table`, which views are too, `type`, `sequence`, `schema`
    /// or `key` for foreign keys), its namespace or NULL for the default one, the table of a key or NULL, and its name.
    fn objects(&self) -> &'static str;

    /// The same for one other namespace, given twice, where [`objects`](Dialect::objects) tells of the default one alone: a server can have
    /// thousands of others, and looks into each table to tell of it.
    fn objects_elsewhere(&self) -> Option<&'static str> {
        None
    }

    /// The query for the columns of a table or view, in order. Its parameters are a namespace, or NULL for wherever names are looked
    /// for, and the name of the table; and again these two, for as many as [`column_parameters`](Dialect::column_parameters) says. For each column it gives the name, the type as the database spells it, whether it can
    /// be NULL (0 or 1), how it is filled (`default`, `counted`, `computed`, or empty), and its place in the primary key, counted
    /// from 0, or NULL.
    fn columns(&self) -> &'static str;

    /// How many parameters [`columns`](Dialect::columns) has.
    fn column_parameters(&self) -> usize {
        2
    }

    /// The statements that declare what the database holds, in an order in which they can be run.
    fn declarations(&self, ask: &mut Ask<'_>) -> Result<Vec<Declaration>>;

    /// Whether names are the same that differ in the case of ASCII letters alone, also when quoted.
    fn ignores_case(&self) -> bool {
        false
    }

    /// The query for rows whose foreign keys lead nowhere, where a transaction can begin that does not look at them.
    fn foreign_key_check(&self) -> Option<&'static str> {
        None
    }

    /// The first words of statements that do nothing within a transaction, and do not say so.
    fn without_effect(&self) -> Option<[&'static str; 2]> {
        None
    }

    /// The lock that one connection to the database can have, where there is one for the time of a connection.
    fn lock_of_all(&self) -> Option<&'static Lock> {
        None
    }

    /// The statement that puts off the checks of all foreign keys to the end of the transaction, where there is one that does
    /// it for keys not declared so.
    fn defer_foreign_keys(&self) -> Option<&'static str> {
        None
    }
}

/// What a database can do, as data: asked before a statement is sent, so that what is impossible is an error and never a
/// clause left out.
#[derive(Debug)]
pub(crate) struct Capabilities {
    /// INSERT can give back rows.
    pub(crate) insert_returning: bool,
    /// UPDATE can give back rows.
    pub(crate) update_returning: bool,
    /// DELETE can give back rows.
    pub(crate) delete_returning: bool,
    /// CREATE and DROP are part of a transaction. Otherwise each of them commits what was open.
    pub(crate) transactional_ddl: bool,
    /// LIMIT and OFFSET may be parameters without a cost. SQLite prepares such a statement again at every run.
    pub(crate) bound_limit: bool,
    /// The greatest number of parameters of a statement.
    pub(crate) max_parameters: usize,
    /// Rows can be locked by a SELECT.
    pub(crate) locks: bool,
    /// A lock does not reach the rows of left joins, so that the tables have to be named.
    pub(crate) lock_names_tables: bool,
    /// Decimal numbers are computed and compared exactly.
    pub(crate) exact_numbers: bool,
    /// A parameter has no type where it is selected or has nothing but another beside it, unless it is converted.
    pub(crate) typed_parameters: bool,
    /// Two parameters are never the same expression, but the same parameter can stand in two places.
    pub(crate) repeated_parameters: bool,
    /// HAVING knows no columns but those that are selected, by their labels, or that are grouped by.
    pub(crate) having_labels: bool,
    /// `NULLS FIRST`; otherwise NULLs are the smallest values.
    pub(crate) nulls_order: bool,
    /// `FILTER (WHERE …)` behind an aggregate.
    pub(crate) aggregate_filter: bool,
    /// All texts of a group can be joined without those that are equal.
    pub(crate) distinct_joined_text: bool,
    /// The smallest and greatest of several values pass over NULLs.
    pub(crate) extremes_skip_nulls: bool,
    /// Numbers can be rounded to digits before the point.
    pub(crate) rounds_before_point: bool,
    /// What joins the texts of a group can only be a literal.
    pub(crate) literal_separator: bool,
    /// Texts are joined by a function; the operator means something else.
    pub(crate) concat_function: bool,
    /// `ILIKE`.
    pub(crate) ilike: bool,
    /// What stands before rows of values in an IN.
    pub(crate) rows_within: &'static str,
    /// What stands in the place of IN and NOT IN with an empty list, where a subquery that gives nothing would have to have the
    /// type of the operand.
    pub(crate) nothing_within: Option<[&'static str; 2]>,
    /// The rows of an IN may be limited.
    pub(crate) limit_within: bool,
    /// INTERSECT binds tighter than UNION and EXCEPT.
    pub(crate) intersect_first: bool,
    /// How an INSERT treats a key that is there already.
    pub(crate) upsert: Upsert,
    /// All that a SET computes is computed from the row as it was; otherwise what was set before is seen.
    pub(crate) sets_at_once: bool,
    /// Queries within an UPDATE or DELETE can read the table that it changes.
    pub(crate) reads_changed: bool,
    /// How an UPDATE reads further tables.
    pub(crate) update_joins: Joins,
    /// How a DELETE reads further tables.
    pub(crate) delete_joins: Joins,
    /// How the numbers of several rows are known that the database counts up.
    pub(crate) counted_keys: CountedKeys,
    /// So many rows are inserted with one statement where there are many: more cost a server less.
    pub(crate) rows_at_once: usize,
    /// What stands before the values of an INSERT that gives numbers which the database would count up.
    pub(crate) overriding: &'static str,
    /// Times and UUIDs are texts, of which several mean the same.
    pub(crate) times_are_text: bool,
    /// Many rows are updated faster by one statement than by one for each.
    pub(crate) updates_together: bool,
    /// Foreign keys are looked at with each row of a statement, and not when it has done its work.
    pub(crate) checks_each_row: bool,
}

/// A lock that one connection to a database can have at a time.
#[derive(Debug)]
pub(crate) struct Lock {
    /// The query that takes it without waiting, and gives 1 where that worked.
    pub(crate) take: &'static str,
    /// The query that gives it up.
    pub(crate) release: &'static str,
}

/// How the numbers of several rows are known that the database counts up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CountedKeys {
    /// They go on from that of the first row, for nobody else writes meanwhile.
    AfterFirst,
    /// They are taken from the sequence beforehand, by this query; its parameters are the namespace or NULL, the table, the column
    /// and how many.
    FromSequence(&'static str),
    /// One INSERT gives numbers from the first one on in equal steps, whose length this query gives.
    InSteps(&'static str),
}

/// How an INSERT treats a key that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Upsert {
    /// `ON CONFLICT`.
    Conflict,
    /// `ON CONFLICT`, which a SELECT before it takes for the condition of a join unless it has a WHERE.
    ConflictAfterWhere,
    /// `ON DUPLICATE KEY UPDATE`, which looks at all unique keys.
    DuplicateKey,
}

/// How an UPDATE or DELETE reads further tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joins {
    /// In a list of their own, behind this word.
    Listed(&'static str),
    /// By JOIN.
    Joined,
    /// Not at all.
    Never,
}

/// The word that standard SQL has for an operator.
fn standard_operator(operator: Binary) -> &'static str {
    match operator {
        Binary::Or => " OR ",
        Binary::And => " AND ",
        Binary::Equal => " = ",
        Binary::NotEqual => " <> ",
        Binary::NullSafeEqual => " IS NOT DISTINCT FROM ",
        Binary::Less => " < ",
        Binary::LessOrEqual => " <= ",
        Binary::Greater => " > ",
        Binary::GreaterOrEqual => " >= ",
        Binary::Add => " + ",
        Binary::Subtract => " - ",
        Binary::Multiply => " * ",
        Binary::Divide | Binary::DivideWhole => " / ",
        Binary::Remainder => " % ",
        Binary::Concatenate => " || ",
    }
}

fn standard_function(function: Function) -> &'static str {
    match function {
        Function::Named(name) => name,
        Function::CountRows => "COUNT(*)",
        Function::SumWhole => "CAST(SUM(@)# AS bigint)",
        Function::Average => "CAST(AVG(@)# AS double precision)",
        Function::JoinText => "string_agg(@)",
        Function::Length => "char_length(@)",
        Function::Substring => "substr(@)",
        Function::Position => "strpos(@)",
        Function::Floor => "floor(@)",
        Function::Ceiling => "ceil(@)",
        Function::Round => "round(@)",
        Function::Random => "random()",
        Function::Least => "LEAST(@)",
        Function::Greatest => "GREATEST(@)",
        Function::Part(Part::Year) => "CAST(EXTRACT(YEAR FROM @) AS bigint)",
        Function::Part(Part::Month) => "CAST(EXTRACT(MONTH FROM @) AS bigint)",
        Function::Part(Part::Day) => "CAST(EXTRACT(DAY FROM @) AS bigint)",
        Function::Part(Part::Hour) => "CAST(EXTRACT(HOUR FROM @) AS bigint)",
        Function::Part(Part::Minute) => "CAST(EXTRACT(MINUTE FROM @) AS bigint)",
        Function::Part(Part::Second) => "CAST(trunc(EXTRACT(SECOND FROM @)) AS bigint)",
        Function::Now => "(now() AT TIME ZONE 'UTC')",
    }
}

fn standard_cast(to: CastType) -> Option<&'static str> {
    Some(match to {
        CastType::Bool => "CAST(@ AS boolean)",
        CastType::Int16 => "CAST(@ AS smallint)",
        CastType::Int32 => "CAST(@ AS integer)",
        CastType::Int64 => "CAST(@ AS bigint)",
        CastType::Float32 => "CAST(@ AS real)",
        CastType::Float64 => "CAST(@ AS double precision)",
        CastType::Decimal => "CAST(@ AS numeric)",
        CastType::Text | CastType::TextOfUuid => "CAST(@ AS text)",
        CastType::Bytes => "CAST(@ AS bytea)",
        CastType::Date => "CAST(@ AS date)",
        CastType::Time => "CAST(@ AS time)",
        CastType::Timestamp => "CAST(@ AS timestamp)",
        CastType::TimestampUtc => "CAST(@ AS timestamptz)",
        CastType::Uuid => "CAST(@ AS uuid)",
        CastType::Json => "CAST(@ AS jsonb)",
    })
}
