//! Generates the models of `schema/`.

fn main() {
    aludel_build::schema("schema").generate();
}
