//! Tables of all shapes.

use crate::model::{ColumnInfo, ForeignKeyInfo, OnDelete, TableInfo};

const fn table(
    name: &'static str,
    columns: &'static [ColumnInfo],
    unique_keys: &'static [&'static [usize]],
    foreign_keys: &'static [ForeignKeyInfo],
) -> TableInfo {
    TableInfo {
        schema: None,
        name,
        columns,
        primary_key: &[0],
        unique_keys,
        foreign_keys,
        relations: &[],
        instances: None,
    }
}

const fn key(
    columns: &'static [usize],
    table: &'static TableInfo,
    references: &'static [usize],
) -> ForeignKeyInfo {
    ForeignKeyInfo {
        columns,
        table,
        references,
        deferred: false,
        on_delete: OnDelete::Refuse,
    }
}

const ID: ColumnInfo = ColumnInfo::counted("id");

/// A parent with a unique code.
pub(super) static USER: TableInfo =
    table("user", &[ID, ColumnInfo::nullable("code")], &[&[1]], &[]);

/// A child that can be without a parent.
pub(super) static ADDRESS: TableInfo = table(
    "address",
    &[ID, ColumnInfo::nullable("user_id")],
    &[],
    &[key(&[1], &USER, &[0])],
);

/// A child that cannot.
pub(super) static ORDER: TableInfo = table(
    "order",
    &[ID, ColumnInfo::new("user_id")],
    &[],
    &[key(&[1], &USER, &[0])],
);

/// An only child, which may lead to another of its table.
pub(super) static PROFILE: TableInfo = table(
    "profile",
    &[
        ID,
        ColumnInfo::new("user_id"),
        ColumnInfo::nullable("like_id"),
    ],
    &[&[1]],
    &[key(&[1], &USER, &[0]), key(&[2], &PROFILE, &[0])],
);

/// A tree.
pub(super) static NODE: TableInfo = table(
    "node",
    &[ID, ColumnInfo::nullable("parent_id")],
    &[],
    &[key(&[1], &NODE, &[0])],
);

/// A tree whose roots lead to themselves.
pub(super) static PART: TableInfo = table(
    "part",
    &[ID, ColumnInfo::new("whole_id")],
    &[],
    &[key(&[1], &PART, &[0])],
);

/// A list.
pub(super) static LINK: TableInfo = table(
    "link",
    &[
        ID,
        ColumnInfo::nullable("previous_id"),
        ColumnInfo::nullable("next_id"),
    ],
    &[],
    &[key(&[1], &LINK, &[0]), key(&[2], &LINK, &[0])],
);

/// A company can be without a boss.
pub(super) static COMPANY: TableInfo = table(
    "company",
    &[ID, ColumnInfo::nullable("boss_id")],
    &[],
    &[key(&[1], &EMPLOYEE, &[0])],
);

/// An employee cannot be without a company, but without a manager.
pub(super) static EMPLOYEE: TableInfo = table(
    "employee",
    &[
        ID,
        ColumnInfo::new("company_id"),
        ColumnInfo::nullable("manager_id"),
    ],
    &[],
    &[key(&[1], &COMPANY, &[0]), key(&[2], &EMPLOYEE, &[0])],
);

/// A team cannot be without a head, which is looked at in the end.
pub(super) static TEAM: TableInfo = table(
    "team",
    &[ID, ColumnInfo::new("head_id")],
    &[],
    &[ForeignKeyInfo {
        deferred: true,
        ..key(&[1], &HEAD, &[0])
    }],
);

/// A head cannot be without a team.
pub(super) static HEAD: TableInfo = table(
    "head",
    &[ID, ColumnInfo::new("team_id")],
    &[],
    &[key(&[1], &TEAM, &[0])],
);

/// A key of two columns.
pub(super) static ROOM: TableInfo = TableInfo {
    primary_key: &[0, 1],
    ..table(
        "room",
        &[
            ColumnInfo::new("building"),
            ColumnInfo::new("number"),
            ColumnInfo::nullable("booking_id"),
        ],
        &[],
        &[key(&[2], &BOOKING, &[0])],
    )
};

/// What leads there, with a part that can be NULL, and a unique key across both.
pub(super) static BOOKING: TableInfo = table(
    "booking",
    &[
        ID,
        ColumnInfo::new("building"),
        ColumnInfo::nullable("number"),
        ColumnInfo::nullable("day"),
    ],
    &[&[1, 2, 3]],
    &[key(&[1, 2], &ROOM, &[0, 1])],
);

pub(super) static ALL: [&TableInfo; 13] = [
    &USER, &ADDRESS, &ORDER, &PROFILE, &NODE, &PART, &LINK, &COMPANY, &EMPLOYEE, &TEAM, &HEAD,
    &ROOM, &BOOKING,
];
