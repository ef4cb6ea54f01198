//! Generates the model of the table that `rows` reads as well.

fn main() {
    aludel_build::schema("../rows/schema").generate();
}
