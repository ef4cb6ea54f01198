//! The tables of the tests.

use crate::{
    model::{ColumnInfo, TableInfo},
    sql::Step,
};

pub(super) static PERSON: TableInfo = TableInfo {
    schema: None,
    name: "person",
    columns: &[
        ColumnInfo::new("id"),
        ColumnInfo::new("name"),
        ColumnInfo::nullable("age"),
        ColumnInfo::nullable("hobby_id"),
        ColumnInfo::nullable("boss_id"),
        ColumnInfo::property("loud", false, "upper({table}.name)"),
    ],
    primary_key: &[0],
    unique_keys: &[],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

pub(super) static HOBBY: TableInfo = TableInfo {
    schema: None,
    name: "hobby",
    columns: &[
        ColumnInfo::new("id"),
        ColumnInfo::new("title"),
        ColumnInfo::nullable("club_id"),
    ],
    primary_key: &[0],
    unique_keys: &[],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

pub(super) static CLUB: TableInfo = TableInfo {
    schema: None,
    name: "club",
    columns: &[ColumnInfo::new("id"), ColumnInfo::new("city")],
    primary_key: &[0],
    unique_keys: &[],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

pub(super) static ACCOUNT: TableInfo = TableInfo {
    schema: None,
    name: "account",
    columns: &[
        ColumnInfo::new("id"),
        ColumnInfo::new("email"),
        ColumnInfo::new("hits"),
    ],
    primary_key: &[0],
    unique_keys: &[&[1]],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

/// It has a namespace, and no key.
pub(super) static ENTRY: TableInfo = TableInfo {
    schema: Some("app"),
    name: "entry",
    columns: &[ColumnInfo::new("kind"), ColumnInfo::new("line")],
    primary_key: &[],
    unique_keys: &[],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

/// What a query gives.
pub(super) static OLDEST: TableInfo = TableInfo {
    schema: None,
    name: "oldest",
    columns: &[ColumnInfo::new("name"), ColumnInfo::new("years")],
    primary_key: &[],
    unique_keys: &[],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

/// What a recursive query gives.
pub(super) static CHAIN: TableInfo = TableInfo {
    schema: None,
    name: "chain",
    columns: &[ColumnInfo::new("id"), ColumnInfo::new("depth")],
    primary_key: &[],
    unique_keys: &[],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

pub(super) static TO_HOBBY: Step = Step {
    from: &PERSON,
    to: &HOBBY,
    on: &[(3, 0)],
};

pub(super) static TO_CLUB: Step = Step {
    from: &HOBBY,
    to: &CLUB,
    on: &[(2, 0)],
};

pub(super) static TO_BOSS: Step = Step {
    from: &PERSON,
    to: &PERSON,
    on: &[(4, 0)],
};
