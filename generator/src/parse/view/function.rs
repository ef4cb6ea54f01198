//! What functions give, as far as that is the same for every call.

use aludel_catalog::{ColumnType, Dialect, IntegerSize, Type};

use super::typed::{Kind, Typed};

/// A call of a function.
pub(super) struct Call {
    /// Its name in small letters.
    pub(super) name: String,
    pub(super) arguments: Vec<Typed>,
    pub(super) dialect: Dialect,
    /// Whether an aggregate is certain to have a row.
    pub(super) has_rows: bool,
}

const TEXTS: &[&str] = &[
    "lower",
    "upper",
    "trim",
    "ltrim",
    "rtrim",
    "btrim",
    "substr",
    "substring",
    "replace",
    "lpad",
    "rpad",
    "initcap",
    "reverse",
    "repeat",
    "md5",
    "left",
    "right",
    "translate",
    "split_part",
    "hex",
    "quote",
    "quote_ident",
    "quote_literal",
    "to_char",
    "regexp_replace",
    "ucase",
    "lcase",
    "mid",
    "insert",
    "date_format",
    "printf",
    "format",
    "strftime",
    "encode",
    "to_hex",
    "array_to_string",
];

const LENGTHS: &[&str] = &[
    "length",
    "char_length",
    "character_length",
    "octet_length",
    "bit_length",
    "ascii",
    "instr",
    "strpos",
    "locate",
    "position",
    "cardinality",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "datediff",
    "dayofweek",
    "dayofyear",
];

/// What PostgreSQL does not have: there, somebody has defined it, and it can give anything.
const NOT_OF_POSTGRES: &[&str] = &[
    "group_concat",
    "listagg",
    "total",
    "ifnull",
    "nvl",
    "if",
    "iif",
    "instr",
    "locate",
    "ucase",
    "lcase",
    "mid",
    "insert",
    "hex",
    "quote",
    "printf",
    "strftime",
    "date_format",
    "datediff",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "dayofweek",
    "dayofyear",
    "rand",
    "sysdate",
    "curdate",
    "utc_timestamp",
    "truncate",
];

impl Call {
    /// What it gives.
    pub(super) fn typed(&self) -> Typed {
        let is_strange = NOT_OF_POSTGRES.contains(&self.name.as_str());
        if is_strange && self.dialect == Dialect::Postgres {
            return Typed::UNKNOWN;
        }
        let groups = [
            Call::aggregate,
            Call::of_window,
            Call::choice,
            Call::of_number,
            Call::of_moment,
            Call::of_json,
            Call::of_text,
        ];
        let mut groups = groups.iter();
        let found = groups.find_map(|group| group(self));
        found.unwrap_or(Typed::UNKNOWN)
    }

    fn aggregate(&self) -> Option<Typed> {
        Some(match self.name.as_str() {
            "count" => Typed::bigint(false),
            "sum" | "total" => self.sum(),
            "avg" => self.average(),
            "min" | "max" if self.arguments.len() == 1 => self.first(self.is_empty()),
            "any_value" | "bit_and" | "bit_or" => self.first(self.is_empty()),
            "string_agg" | "group_concat" | "listagg" => Typed::text(self.is_empty()),
            "array_agg" => self.aggregated_array(),
            "bool_and" | "bool_or" | "every" => Typed::boolean(self.is_empty()),
            "json_agg" | "json_object_agg" | "json_arrayagg" | "json_objectagg" => {
                json(false, !self.has_rows)
            }
            "jsonb_agg" | "jsonb_object_agg" => json(true, !self.has_rows),
            _ => return None,
        })
    }

    fn of_window(&self) -> Option<Typed> {
        Some(match self.name.as_str() {
            "row_number" | "rank" | "dense_rank" => Typed::bigint(false),
            "lag" | "lead" | "first_value" | "last_value" | "nth_value" => self.first(true),
            "ntile" => Typed::number(self.dialect, false),
            "percent_rank" | "cume_dist" => Typed::double(false),
            _ => return None,
        })
    }

    /// What gives one of its arguments.
    fn choice(&self) -> Option<Typed> {
        Some(match self.name.as_str() {
            "coalesce" | "ifnull" | "nvl" => self.coalesced(),
            "nullif" => self.first(true),
            "greatest" | "least" if self.dialect == Dialect::Postgres => self.coalesced(),
            "greatest" | "least" => self.together().or_null(self.any_null()),
            "if" | "iif" => match self.arguments.as_slice() {
                [_, yes, no] => yes.clone().or(no.clone()),
                _ => Typed::UNKNOWN,
            },
            _ => return None,
        })
    }

    fn of_number(&self) -> Option<Typed> {
        Some(match self.name.as_str() {
            "abs" => Typed {
                origin: None,
                ..self.first(self.any_null())
            },
            "round" | "ceil" | "ceiling" | "floor" | "trunc" | "truncate" => {
                let first = self.arguments.first()?.clone();
                rounded(first, self.dialect).or_null(self.any_null())
            }
            "random" if self.dialect == Dialect::Postgres => Typed::double(false),
            "rand" | "pi" => Typed::double(false),
            "sqrt" | "power" | "pow" | "exp" | "ln"
                if self.arguments.iter().all(|argument| !is_decimal(argument)) =>
            {
                Typed::double(true)
            }
            _ => return None,
        })
    }

    fn of_moment(&self) -> Option<Typed> {
        Some(match self.name.as_str() {
            "now"
            | "current_timestamp"
            | "localtimestamp"
            | "transaction_timestamp"
            | "statement_timestamp"
            | "clock_timestamp"
            | "sysdate"
            | "utc_timestamp" => self.now(),
            "current_date" | "curdate" if self.dialect != Dialect::Sqlite => {
                Typed::new(Type::Date, "date", false)
            }
            "date" | "datetime" | "time" if self.dialect == Dialect::Sqlite => Typed::text(true),
            "date" => {
                let may_fail = self.dialect == Dialect::Mysql;
                Typed::new(Type::Date, "date", self.any_null() || may_fail)
            }
            "date_trunc" => self.arguments.get(1).cloned()?,
            _ => return None,
        })
    }

    fn of_json(&self) -> Option<Typed> {
        Some(match self.name.as_str() {
            "json_build_object" | "json_build_array" => json(false, false),
            "json_object" | "json_array" if self.dialect == Dialect::Mysql => json(false, false),
            "row_to_json" | "to_json" => json(false, self.any_null()),
            "jsonb_build_object" | "jsonb_build_array" => json(true, false),
            "to_jsonb" => json(true, self.any_null()),
            _ => return None,
        })
    }

    fn of_text(&self) -> Option<Typed> {
        let any_null = self.any_null();
        Some(match self.name.as_str() {
            "concat" => Typed::text(any_null && self.dialect == Dialect::Mysql),
            "concat_ws" => Typed::text(self.arguments.first()?.nullable),
            "gen_random_uuid" | "uuid_generate_v4" => Typed::new(Type::Uuid, "uuid", false),
            "current_user" | "session_user" | "version" | "current_schema" => Typed::text(true),
            name if LENGTHS.contains(&name) => Typed::number(self.dialect, any_null),
            // A pattern may be nowhere in the text.
            "substring" if matches!(self.arguments.get(1)?.ty(), Some(Type::Text { .. })) => {
                Typed::text(true)
            }
            // Some of them have no answer where all arguments are there.
            name if TEXTS.contains(&name) => {
                let may_fail = matches!(name, "strftime" | "date_format" | "printf" | "mid");
                Typed::text(any_null || may_fail)
            }
            _ => return None,
        })
    }

    fn any_null(&self) -> bool {
        self.arguments.iter().any(|argument| argument.nullable)
    }

    /// Whether an aggregate can be one of nothing.
    fn is_empty(&self) -> bool {
        !self.has_rows || self.arguments.first().is_none_or(|first| first.nullable)
    }

    fn first(&self, nullable: bool) -> Typed {
        match self.arguments.first() {
            Some(first) => Typed {
                nullable,
                ..first.clone()
            },
            None => Typed::UNKNOWN,
        }
    }

    fn sum(&self) -> Typed {
        let nullable = self.is_empty();
        let ty = self.arguments.first().and_then(Typed::ty);
        match (self.dialect, ty) {
            (Dialect::Sqlite, _) if self.name == "total" => Typed::double(false),
            (Dialect::Sqlite, Some(Type::Integer { .. } | Type::Boolean)) => {
                Typed::bigint(nullable)
            }
            (Dialect::Sqlite, Some(Type::Float | Type::Double)) => Typed::double(nullable),
            (Dialect::Postgres, Some(Type::Integer { size, .. })) => match size {
                IntegerSize::Big => Typed::decimal(nullable),
                _ => Typed::bigint(nullable),
            },
            (Dialect::Postgres, Some(Type::Float | Type::Double | Type::Interval)) => {
                self.first(nullable)
            }
            (Dialect::Mysql, Some(Type::Float | Type::Double)) => Typed::double(nullable),
            (Dialect::Mysql, Some(Type::Integer { .. } | Type::Decimal { .. } | Type::Boolean))
            | (Dialect::Postgres, Some(Type::Decimal { .. })) => Typed::decimal(nullable),
            _ => Typed::UNKNOWN,
        }
    }

    fn average(&self) -> Typed {
        let nullable = self.is_empty();
        let ty = self.arguments.first().and_then(Typed::ty);
        match (self.dialect, ty) {
            (Dialect::Sqlite, Some(_)) | (_, Some(Type::Float | Type::Double)) => {
                Typed::double(nullable)
            }
            (_, Some(Type::Integer { .. } | Type::Decimal { .. })) => Typed::decimal(nullable),
            _ => Typed::UNKNOWN,
        }
    }

    /// The type of all arguments together; NULL only where all of them are.
    fn coalesced(&self) -> Typed {
        let nullable = self.arguments.iter().all(|argument| argument.nullable);
        Typed {
            nullable,
            ..self.together()
        }
    }

    fn together(&self) -> Typed {
        let all = self.arguments.iter().cloned();
        all.reduce(Typed::or).unwrap_or(Typed::UNKNOWN)
    }

    fn aggregated_array(&self) -> Typed {
        match self.arguments.first().map(|first| &first.kind) {
            Some(Kind::Known(ty)) => array_of(ty.clone(), !self.has_rows),
            _ => Typed::UNKNOWN,
        }
    }

    fn now(&self) -> Typed {
        match self.dialect {
            Dialect::Sqlite => Typed::text(false),
            Dialect::Postgres => moment(self.name != "localtimestamp", false),
            Dialect::Mysql => Typed::new(
                Type::Timestamp {
                    precision: None,
                    zone: false,
                },
                "datetime",
                false,
            ),
        }
    }
}

/// A list of values of a type.
pub(super) fn array_of(ty: ColumnType, nullable: bool) -> Typed {
    let sql = format!("{}[]", ty.sql);
    Typed::new(Type::Array(Box::new(ty.kind)), &sql, nullable)
}

/// A point in time, or what a calendar and a clock show.
pub(super) fn moment(zone: bool, nullable: bool) -> Typed {
    let sql = match zone {
        true => "timestamp with time zone",
        false => "timestamp",
    };
    Typed::new(
        Type::Timestamp {
            precision: None,
            zone,
        },
        sql,
        nullable,
    )
}

/// A number without its digits behind the point.
pub(super) fn rounded(typed: Typed, dialect: Dialect) -> Typed {
    let nullable = typed.nullable;
    match (typed.ty(), dialect) {
        (Some(Type::Decimal { .. }), Dialect::Postgres | Dialect::Mysql) => {
            Typed::decimal(nullable)
        }
        (Some(Type::Float | Type::Double), _) => Typed::double(nullable),
        _ => Typed::UNKNOWN,
    }
}

fn is_decimal(typed: &Typed) -> bool {
    !matches!(
        typed.ty(),
        Some(Type::Integer { .. } | Type::Double | Type::Float)
    )
}

/// JSON, in one of the two forms that PostgreSQL has.
pub(super) fn json(binary: bool, nullable: bool) -> Typed {
    let sql = if binary { "jsonb" } else { "json" };
    Typed::new(Type::Json { binary }, sql, nullable)
}
