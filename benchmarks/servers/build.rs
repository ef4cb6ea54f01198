//! Generates the models of the tables that `rows` and `queries` read as well.

fn main() {
    aludel_build::schema("../rows/schema")
        .schema("../queries/schema")
        .generate();
}
