//! The differences of MySQL, and those of MariaDB from MySQL.

mod declarations;
mod shown;

use super::{
    Ask, Capabilities, CountedKeys, Declaration, Dialect, Joins, Lexis, Lock, Mode, Upsert,
    standard_cast, standard_function, standard_operator,
};
use crate::{
    error::Result,
    sql::{Binary, CastType, Function, Part},
};

/// The dialect of MySQL, from 8.0.31.
pub(crate) struct Mysql;

/// The dialect of MariaDB, from 10.6.
#[cfg_attr(not(feature = "mysql"), allow(dead_code))] // for its driver
pub(crate) struct MariaDb;

const MYSQL: Capabilities = Capabilities {
    insert_returning: false,
    update_returning: false,
    delete_returning: false,
    transactional_ddl: false,
    bound_limit: true,
    max_parameters: 65_535,
    locks: true,
    lock_names_tables: false,
    exact_numbers: true,
    typed_parameters: false,
    repeated_parameters: false,
    having_labels: true,
    nulls_order: false,
    aggregate_filter: false,
    distinct_joined_text: true,
    extremes_skip_nulls: false,
    rounds_before_point: true,
    literal_separator: true,
    concat_function: true,
    ilike: false,
    rows_within: "(",
    nothing_within: None,
    limit_within: false,
    intersect_first: true,
    upsert: Upsert::DuplicateKey,
    sets_at_once: false,
    reads_changed: false,
    update_joins: Joins::Joined,
    delete_joins: Joins::Joined,
    counted_keys: CountedKeys::InSteps("SELECT @@auto_increment_increment"),
    rows_at_once: 512,
    overriding: "",
    times_are_text: false,
    updates_together: true,
    checks_each_row: true,
};

#[cfg_attr(not(feature = "mysql"), allow(dead_code))] // for its driver
const MARIADB: Capabilities = Capabilities {
    insert_returning: true,
    delete_returning: true,
    reads_changed: true,
    ..MYSQL
};

/// What a database holds, and which others there are, of either kind. The server opens the tables of those databases alone that are
/// compared with a constant.
const OBJECTS: &str = "SELECT 'table', NULL, NULL, table_name FROM information_schema.tables WHERE table_schema = DATABASE() \
     UNION ALL \
     SELECT 'schema', NULL, NULL, schema_name FROM information_schema.schemata \
     UNION ALL \
     SELECT 'key', NULL, table_name, constraint_name FROM information_schema.table_constraints \
     WHERE table_schema = DATABASE() AND constraint_type = 'FOREIGN KEY'";

const OBJECTS_ELSEWHERE: &str = "SELECT 'table', table_schema, NULL, table_name FROM information_schema.tables WHERE table_schema = ? \
     UNION ALL \
     SELECT 'key', table_schema, table_name, constraint_name FROM information_schema.table_constraints \
     WHERE table_schema = ? AND constraint_type = 'FOREIGN KEY'";

const COLUMNS: &str = "SELECT c.column_name, c.column_type, CAST(c.is_nullable = 'YES' AS SIGNED), \
            CASE WHEN c.extra LIKE '%auto_increment%' THEN 'counted' WHEN c.generation_expression <> '' THEN 'computed' \
                 WHEN c.column_default IS NOT NULL AND c.column_default <> 'NULL' THEN 'default' ELSE '' END, \
            CAST(k.seq_in_index AS SIGNED) - 1 \
     FROM information_schema.columns c LEFT JOIN information_schema.statistics k \
          ON k.table_schema = COALESCE(?, DATABASE()) AND k.table_name = ? AND k.index_name = 'PRIMARY' \
             AND k.column_name = c.column_name \
     WHERE c.table_schema = COALESCE(?, DATABASE()) AND c.table_name = ? ORDER BY c.ordinal_position";

/// Names of locks are those of the whole server, and short.
const LOCK: Lock = Lock {
    take: "SELECT GET_LOCK(CONCAT('aludel_', MD5(COALESCE(DATABASE(), ''))), 0)",
    release: "SELECT RELEASE_LOCK(CONCAT('aludel_', MD5(COALESCE(DATABASE(), ''))))",
};

/// The text of sixteen bytes. Only MySQL has a function for that.
const TEXT_OF_UUID: &str =
    "LOWER(INSERT(INSERT(INSERT(INSERT(HEX(@), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'))";

macro_rules! both {
    () => {
        fn name(&self) -> aludel_catalog::Dialect {
            aludel_catalog::Dialect::Mysql
        }

        fn lexis(&self) -> Lexis {
            Lexis::MYSQL
        }

        fn begin_as(&self, mode: Mode, _writes: bool) -> String {
            begin_of_both(mode)
        }

        fn operator(&self, operator: Binary) -> &'static str {
            operator_of_both(operator)
        }

        fn function(&self, function: Function, _arguments: usize) -> &'static str {
            function_of_both(function)
        }

        fn default_values(&self) -> &'static str {
            "() VALUES ()"
        }

        fn no_limit(&self) -> Option<&'static str> {
            Some(" LIMIT 18446744073709551615")
        }

        fn objects(&self) -> &'static str {
            OBJECTS
        }

        fn objects_elsewhere(&self) -> Option<&'static str> {
            Some(OBJECTS_ELSEWHERE)
        }

        fn columns(&self) -> &'static str {
            COLUMNS
        }

        fn column_parameters(&self) -> usize {
            4
        }

        fn lock_of_all(&self) -> Option<&'static Lock> {
            Some(&LOCK)
        }

        fn declarations(&self, ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
            declarations::declarations(ask)
        }
    };
}

impl Dialect for Mysql {
    both!();

    fn title(&self) -> &'static str {
        "MySQL"
    }

    fn capabilities(&self) -> &'static Capabilities {
        &MYSQL
    }

    fn cast(&self, to: CastType) -> Option<&'static str> {
        match to {
            CastType::Json => Some("CAST(@ AS JSON)"),
            other => cast_of_both(other),
        }
    }
}

impl Dialect for MariaDb {
    both!();

    fn title(&self) -> &'static str {
        "MariaDB"
    }

    fn capabilities(&self) -> &'static Capabilities {
        &MARIADB
    }

    fn cast(&self, to: CastType) -> Option<&'static str> {
        match to {
            // JSON is another name for text.
            CastType::Json => cast_of_both(CastType::Text),
            other => cast_of_both(other),
        }
    }

    fn lock(&self, shared: bool) -> &'static str {
        if shared {
            " LOCK IN SHARE MODE"
        } else {
            " FOR UPDATE"
        }
    }
}

/// The level is said before, for the transaction that comes next. Both are sent as one, so that no pooler comes between them.
fn begin_of_both(mode: Mode) -> String {
    let begin = if mode.read_only {
        "START TRANSACTION READ ONLY"
    } else {
        "START TRANSACTION"
    };
    match mode.isolation {
        Some(level) => format!("SET TRANSACTION ISOLATION LEVEL {level}; {begin}"),
        None => begin.to_owned(),
    }
}

fn operator_of_both(operator: Binary) -> &'static str {
    match operator {
        Binary::NullSafeEqual => " <=> ",
        Binary::DivideWhole => " DIV ",
        other => standard_operator(other),
    }
}

fn function_of_both(function: Function) -> &'static str {
    match function {
        // A conversion would make the greatest number of one that is too great; this is an error.
        Function::SumWhole => "(SUM(@)# DIV 1)",
        Function::Average => "CAST(AVG(@)# AS DOUBLE)",
        Function::JoinText => "GROUP_CONCAT(@1 SEPARATOR @2)",
        Function::Position => "LOCATE(@2, @1)",
        Function::Random => "RAND()",
        Function::Part(Part::Year) => "EXTRACT(YEAR FROM @)",
        Function::Part(Part::Month) => "EXTRACT(MONTH FROM @)",
        Function::Part(Part::Day) => "EXTRACT(DAY FROM @)",
        Function::Part(Part::Hour) => "EXTRACT(HOUR FROM @)",
        Function::Part(Part::Minute) => "EXTRACT(MINUTE FROM @)",
        Function::Part(Part::Second) => "EXTRACT(SECOND FROM @)",
        Function::Now => "UTC_TIMESTAMP(6)",
        other => standard_function(other),
    }
}

fn cast_of_both(to: CastType) -> Option<&'static str> {
    match to {
        CastType::Bool => Some("((@) <> 0)"),
        CastType::Int16 | CastType::Int32 | CastType::Int64 => Some("CAST(@ AS SIGNED)"),
        CastType::Float32 => Some("CAST(@ AS FLOAT)"),
        CastType::Float64 => Some("CAST(@ AS DOUBLE)"),
        CastType::Decimal => Some("CAST(@ AS DECIMAL(65, 30))"),
        CastType::Text => Some("CAST(@ AS CHAR)"),
        CastType::TextOfUuid => Some(TEXT_OF_UUID),
        CastType::Bytes => Some("CAST(@ AS BINARY)"),
        CastType::Date => Some("CAST(@ AS DATE)"),
        CastType::Time => Some("CAST(@ AS TIME(6))"),
        CastType::Timestamp | CastType::TimestampUtc => Some("CAST(@ AS DATETIME(6))"),
        // They are sixteen bytes, which no conversion of the database makes of text.
        CastType::Uuid => None,
        CastType::Json => standard_cast(to),
    }
}
