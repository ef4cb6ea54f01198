//! Turns `schema/` into the module `models`, a schema in the dialect of PostgreSQL into the module `shop`, and three in YAML
//! into the modules `club`, `company` and `notebook`; all but the first are checked in.

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
    aludel_build::schema("schema_in_yaml")
        .output_module("src/club")
        .generate();
    aludel_build::schema("schema_for_sessions")
        .output_module("src/company")
        .generate();
    aludel_build::schema("schema_for_memory")
        .output_module("src/notebook")
        .generate();
}
