//! Arrays as PostgreSQL sends them: their extents, the type of the items, and these one after the other.

use super::{Reader, made};
use crate::{
    driver::postgres::kind::Element,
    value::{Value, ValueError},
};

/// PostgreSQL's own limit.
const DEEPEST: usize = 6;

/// The items of an array; arrays, where it has several extents. Nothing when the bytes are damaged.
pub(super) fn items(element: &Element, bytes: &[u8]) -> Option<Result<Vec<Value>, ValueError>> {
    let mut reader = Reader(bytes);
    let depth = usize::try_from(reader.i32()?).ok()?;
    let (_has_null, _type) = (reader.i32()?, reader.i32()?);
    if depth > DEEPEST {
        return None;
    }
    let mut extents = Vec::with_capacity(depth);
    for _ in 0..depth {
        extents.push(usize::try_from(reader.i32()?).ok()?);
        let _lower_bound = reader.i32()?;
    }
    if extents.is_empty() {
        return Some(Ok(Vec::new()));
    }
    level(element, &extents, &mut reader)
}

fn level(
    element: &Element,
    extents: &[usize],
    reader: &mut Reader<'_>,
) -> Option<Result<Vec<Value>, ValueError>> {
    let (extent, inner) = extents.split_first()?;
    let mut items = Vec::new();
    for _ in 0..*extent {
        let item = if inner.is_empty() {
            match reader.sized()? {
                Some(bytes) => made(&element.kind, bytes),
                None => Ok(Value::Null),
            }
        } else {
            level(element, inner, reader)?.map(Value::Array)
        };
        match item {
            Ok(item) => items.push(item),
            Err(error) => return Some(Err(error)),
        }
    }
    Some(Ok(items))
}
