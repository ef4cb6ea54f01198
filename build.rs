//! Turns `schema/` into `generated/`.

fn main() {
    aludel_build::schema("schema")
        .relationship("person.hobby_id", "hobby", "pers")
        .output("generated")
        .generate();
}
