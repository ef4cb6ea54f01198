//! Turns `schema/` into the module `models`, and a schema in the dialect of PostgreSQL into the module `shop`, which is
//! checked in.

use aludel_build::Dialect;

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
}
