//! Turns `schema/` into the module `models`.

fn main() {
    aludel_build::schema("schema")
        .relationship("player.team_id", "team", "players")
        .relationship("team.captain_id", "captain", "captained")
        .generate();
}
