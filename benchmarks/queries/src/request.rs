//! One round, or one result, of one shape: what another program asks for, or a profiler looks at.

use crate::{
    contest::Outcome,
    shape::{Place, SHAPES, Shape},
    worker::Worker,
};

/// Answers `round`, with its time in nanoseconds, or `rows`, with a line for each.
pub fn answer<W: Worker>(request: &str, place: &mut Place<W>) -> Outcome {
    match request {
        "round" => println!("{}", place.round()?.as_nanos()),
        "rows" => println!("{}", place.rows()?.join("\n")),
        _ => return Err(format!("`{request}` is neither `round` nor `rows`").into()),
    }
    Ok(())
}

/// The shape of this name.
pub fn named(word: &str) -> Outcome<Shape> {
    let mut shapes = SHAPES.into_iter();
    let shape = shapes.find(|shape| shape.word() == word);
    Ok(shape.ok_or_else(|| format!("there is no shape `{word}`"))?)
}
