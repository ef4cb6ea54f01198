//! Turns `schema/` into the module `models`, a schema in the dialect of PostgreSQL into the module `shop`, and one in YAML into
//! the module `club`; the latter two are checked in. The tables of types are made again with other libraries of dates.

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
    aludel_build::schema("schema_in_yaml")
        .output_module("src/club")
        .generate();
    for (dates, module) in [(Dates::Jiff, "with_jiff"), (Dates::Time, "with_time")] {
        aludel_build::schema("schema/types.sql")
            .include("every_type")
            .dates(dates)
            .module(module)
            .generate();
    }
}
