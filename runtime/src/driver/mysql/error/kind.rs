//! Which error of the server is of which kind: by its number, else by its SQLSTATE.

use mysql::MySqlError;

use crate::error::ErrorKind;

pub(super) fn kind_of(error: &MySqlError) -> ErrorKind {
    by_number(error.code).unwrap_or_else(|| by_state(&error.state))
}

/// The numbers that say more than their SQLSTATE, which for many is `HY000`, for anything else.
fn by_number(number: u16) -> Option<ErrorKind> {
    Some(match number {
        1022 | 1062 | 1169 | 1586 | 1859 => ErrorKind::UniqueViolation,
        1216 | 1217 | 1451 | 1452 | 1761 | 1762 => ErrorKind::ForeignKeyViolation,
        1048 | 1263 | 1364 => ErrorKind::NotNullViolation,
        3819 | 4025 => ErrorKind::CheckViolation,
        1213 | 1614 => ErrorKind::Deadlock,
        // A row was changed since the snapshot was taken; the second is TiDB's.
        1020 | 9007 => ErrorKind::Serialization,
        1205 | 1613 | 3572 => ErrorKind::LockTimeout,
        // The last two: the account is locked, on MySQL and on MariaDB.
        1044 | 1045 | 1130 | 1131 | 1251 | 1275 | 1698 | 1820 | 1862 | 3118 | 4151 => {
            ErrorKind::Authentication
        }
        // A write in a transaction that only reads.
        1207 | 1792 => ErrorKind::WriteRefused,
        // Too many connections, prepared statements or statements in an hour; TLS is demanded; the server is read-only.
        1040 | 1203 | 1226 | 1290 | 1461 | 1836 | 3159 | 3169 => ErrorKind::Operational,
        1053 | 1152 | 1158..=1161 | 1184 | 1927 | 2006 | 2013 | 2055 | 4031 => {
            ErrorKind::Disconnected
        }
        1907 | 1969 | 3024 => ErrorKind::Timeout,
        1153
        | 1264
        | 1265
        | 1292
        | 1300
        | 1301
        | 1365..=1367
        | 1406
        | 1411
        | 1416
        | 1441
        | 1690
        | 3140..=3158
        | 3854
        | 4037..=4042 => ErrorKind::Data,
        1178 | 1235 | 1286 | 1295 => ErrorKind::Unsupported,
        // Misused functions and aggregates, unknown variables, objects that are there already or cannot be made so.
        1005
        | 1007
        | 1008
        | 1052
        | 1093
        | 1111
        | 1193
        | 1210
        | 1215
        | 1221
        | 1238
        | 1267
        | 1270
        | 1271
        | 1287
        | 1553
        | 1822..=1828
        | 1846
        | 3780 => ErrorKind::Programming,
        _ => return None,
    })
}

fn by_state(state: &str) -> ErrorKind {
    match state.get(..2) {
        Some("08") => ErrorKind::Operational,
        Some("21" | "3D" | "42") => ErrorKind::Programming,
        Some("22") => ErrorKind::Data,
        Some("23") => ErrorKind::Integrity,
        Some("28") => ErrorKind::Authentication,
        Some("40") => ErrorKind::Serialization,
        _ => ErrorKind::Operational,
    }
}
