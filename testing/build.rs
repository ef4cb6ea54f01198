//! Turns `schema/` into the module `models`, a schema in the dialect of PostgreSQL into the module `shop`, one that only
//! PostgreSQL can hold into `site`, one in the dialect of MySQL into `stall`, one with views into `library`, three in YAML into
//! `club`, `company` and `notebook`, and one in both into `village`; all but the first are checked in. The tables of types are made
//! again with other libraries of dates.

use aludel_build::{Dates, Dialect};

fn main() {
    aludel_build::schema("schema")
        .relationship("player.team_id", "team", "players")
        .relationship("team.captain_id", "captain", "captained")
        .generate();
    aludel_build::schema("schema_of_postgres")
        .dialect(Dialect::Postgres)
        .id_newtypes()
        .output_module("src/shop")
        .generate();
    aludel_build::schema("schema_only_postgres")
        .dialect(Dialect::Postgres)
        .output_module("src/site")
        .generate();
    aludel_build::schema("schema_of_mysql")
        .dialect(Dialect::Mysql)
        .output_module("src/stall")
        .generate();
    aludel_build::schema("schema_in_yaml")
        .output_module("src/club")
        .generate();
    aludel_build::schema("schema_for_sessions")
        .output_module("src/company")
        .generate();
    aludel_build::schema("schema_for_relations")
        .output_module("src/village")
        .generate();
    aludel_build::schema("schema_for_memory")
        .output_module("src/notebook")
        .generate();
    aludel_build::schema("schema_with_views")
        .dialect(Dialect::Sqlite)
        .output_module("src/library")
        .generate();
    for (dates, module) in [(Dates::Jiff, "with_jiff"), (Dates::Time, "with_time")] {
        aludel_build::schema("schema/types.sql")
            .dialect(Dialect::Sqlite)
            .include("every_type")
            .dates(dates)
            .module(module)
            .generate();
    }
}
