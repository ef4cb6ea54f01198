//! How a column is declared that holds values of an enum.

use sqlparser::ast::Ident;

use aludel_catalog::{Check, ColumnType, Dialect, IntegerSize, Type};

use super::Declared;
use crate::annotation::EnumStorage;

/// The type of a column with values of this enum.
pub(in crate::parse::yaml) fn column_type(declared: &Declared, dialect: Dialect) -> ColumnType {
    match declared.storage {
        EnumStorage::Native => native(declared, dialect),
        EnumStorage::Check | EnumStorage::Lookup => match dialect {
            Dialect::Sqlite => ColumnType::new(Type::text(), "TEXT"),
            Dialect::Postgres => ColumnType::new(Type::text(), "text"),
            // A column of type TEXT could have neither a default nor an index.
            Dialect::Mysql => ColumnType::new(
                Type::Text {
                    length: Some(255),
                    fixed: false,
                },
                "varchar(255)",
            ),
        },
        EnumStorage::Integer => match dialect {
            Dialect::Sqlite => ColumnType::new(Type::integer(IntegerSize::Big), "INTEGER"),
            Dialect::Postgres => ColumnType::new(Type::integer(IntegerSize::Regular), "integer"),
            Dialect::Mysql => ColumnType::new(Type::integer(IntegerSize::Regular), "int"),
        },
    }
}

fn native(declared: &Declared, dialect: Dialect) -> ColumnType {
    let sql = match dialect {
        Dialect::Mysql => format!("enum({})", literals(declared, dialect).join(",")),
        _ => declared.name.to_string(),
    };
    ColumnType::new(Type::Enum(declared.name.clone()), sql)
}

/// What keeps other values out of the column, where its type does not.
pub(in crate::parse::yaml) fn check(
    declared: &Declared,
    column: &str,
    dialect: Dialect,
) -> Option<Check> {
    let values = match declared.storage {
        EnumStorage::Native | EnumStorage::Lookup => return None,
        EnumStorage::Check => literals(declared, dialect),
        EnumStorage::Integer => declared.values().map(str::to_owned).collect(),
    };
    let quote = match dialect {
        Dialect::Mysql => '`',
        Dialect::Sqlite | Dialect::Postgres => '"',
    };
    let name = Ident::with_quote(quote, column);
    Some(Check {
        name: None,
        expression: format!("{name} IN ({})", values.join(", ")),
    })
}

fn literals(declared: &Declared, dialect: Dialect) -> Vec<String> {
    let literal = |value: &str| {
        let value = value.replace('\'', "''");
        match dialect {
            Dialect::Mysql => format!("'{}'", value.replace('\\', "\\\\")),
            _ => format!("'{value}'"),
        }
    };
    declared.values().map(literal).collect()
}
