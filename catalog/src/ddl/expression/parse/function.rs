//! What the functions of each dialect do. One that is not in here is refused: it may be another one elsewhere.

use crate::Dialect;

use super::super::tree::Function;

/// Functions that have the same name and do the same everywhere.
const COMMON: &[&str] = &[
    "ABS", "COALESCE", "LOWER", "LTRIM", "NULLIF", "REPLACE", "ROUND", "RTRIM", "SUBSTR", "TRIM",
    "UPPER",
];

/// What the function `name`, in capitals, does in `dialect`. `is_bytes` says whether its first argument is no text.
pub(super) fn meaning(
    name: &str,
    dialect: Dialect,
    arguments: usize,
    is_bytes: bool,
) -> Option<Function> {
    if let Some(common) = COMMON.iter().find(|common| **common == name) {
        return Some(Function::Common(common));
    }
    Some(match (name, dialect) {
        ("SUBSTRING", _) if arguments > 1 => Function::Common("SUBSTR"),
        ("IFNULL", Dialect::Sqlite | Dialect::Mysql) => Function::Common("COALESCE"),
        ("LENGTH", Dialect::Mysql) => Function::Octets,
        ("LENGTH", _) if is_bytes => Function::Octets,
        ("LENGTH", _) => Function::Characters,
        ("CHAR_LENGTH" | "CHARACTER_LENGTH", Dialect::Postgres | Dialect::Mysql) => {
            Function::Characters
        }
        ("OCTET_LENGTH", _) => Function::Octets,
        // PostgreSQL's CONCAT takes no notice of NULLs.
        ("CONCAT", Dialect::Mysql) => Function::Concatenate,
        ("INSTR", Dialect::Sqlite | Dialect::Mysql) if arguments == 2 => Function::Position,
        ("STRPOS", Dialect::Postgres) if arguments == 2 => Function::Position,
        ("LEFT", Dialect::Postgres | Dialect::Mysql) if arguments == 2 => Function::Left,
        // PostgreSQL's GREATEST and LEAST take no notice of NULLs.
        ("GREATEST", Dialect::Mysql) => Function::Greatest,
        ("LEAST", Dialect::Mysql) => Function::Least,
        ("MAX", Dialect::Sqlite) if arguments > 1 => Function::Greatest,
        ("MIN", Dialect::Sqlite) if arguments > 1 => Function::Least,
        ("GEN_RANDOM_UUID" | "UUID_GENERATE_V4", Dialect::Postgres) if arguments == 0 => {
            Function::Uuid
        }
        ("UUID", Dialect::Mysql) if arguments == 0 => Function::Uuid,
        ("JSON_VALID", Dialect::Sqlite | Dialect::Mysql) if arguments == 1 => Function::JsonValid,
        ("NEXTVAL", Dialect::Postgres | Dialect::Mysql) if arguments == 1 => Function::NextValue,
        _ => return None,
    })
}
