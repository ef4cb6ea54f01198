//! Arrays on their way to PostgreSQL: of any depth, as long as they are even.

use bytes::{BufMut, BytesMut};

use crate::{
    driver::postgres::kind::{Element, Kind},
    value::{Value, ValueError, ValueRef},
};

/// Whether an item, or what an array within holds, can be written as its type keeps it. Text can: it is kept so.
pub(super) fn is_binary(element: &Element, item: &Value) -> bool {
    match item {
        Value::Null => true,
        Value::Array(items) => items.iter().all(|item| is_binary(element, item)),
        Value::Text(_) if element.kind == Kind::Text => true,
        item => super::is_binary(&element.kind, item.as_ref()),
    }
}

/// Writes an array as PostgreSQL keeps it: its extents, the type of its items, and these.
pub(super) fn binary(
    element: &Element,
    items: &[Value],
    out: &mut BytesMut,
) -> Result<(), ValueError> {
    let mut extents = Vec::new();
    measure(items, &mut extents);
    match extents.as_slice() {
        [0] => extents.clear(),
        extents if extents.contains(&0) => return Err(empty_within()),
        _ => {}
    }
    let mut body = BytesMut::new();
    let mut has_null = false;
    if !extents.is_empty() {
        write_items(element, items, &extents, &mut body, &mut has_null)?;
    }
    out.put_i32(length(extents.len())?);
    out.put_i32(i32::from(has_null));
    out.put_u32(element.oid);
    for extent in extents {
        out.put_i32(length(extent)?);
        // Counted from 1.
        out.put_i32(1);
    }
    out.put_slice(&body);
    Ok(())
}

/// The extents of an array, by its first items.
fn measure(items: &[Value], extents: &mut Vec<usize>) {
    extents.push(items.len());
    if let Some(Value::Array(inner)) = items.first() {
        measure(inner, extents);
    }
}

fn write_items(
    element: &Element,
    items: &[Value],
    extents: &[usize],
    out: &mut BytesMut,
    has_null: &mut bool,
) -> Result<(), ValueError> {
    let Some((extent, inner)) = extents.split_first() else {
        return Err(uneven());
    };
    if items.len() != *extent {
        return Err(uneven());
    }
    for item in items {
        match item {
            Value::Array(items) => write_items(element, items, inner, out, has_null)?,
            _ if !inner.is_empty() => return Err(uneven()),
            Value::Null => {
                *has_null = true;
                out.put_i32(-1);
            }
            item => write_item(element, item.as_ref(), out)?,
        }
    }
    Ok(())
}

fn write_item(element: &Element, item: ValueRef<'_>, out: &mut BytesMut) -> Result<(), ValueError> {
    let start = out.len();
    out.put_i32(0);
    super::binary(&element.kind, item, out)?;
    let written = length(out.len() - start - size_of::<i32>())?;
    out[start..start + size_of::<i32>()].copy_from_slice(&written.to_be_bytes());
    Ok(())
}

fn length(length: usize) -> Result<i32, ValueError> {
    i32::try_from(length).map_err(|_| ValueError::new("the array is too large"))
}

#[cold]
fn uneven() -> ValueError {
    ValueError::new("the arrays within an array must be of one length")
}

#[cold]
fn empty_within() -> ValueError {
    ValueError::new("an array within an array must have items: PostgreSQL would leave it out")
}

/// Writes an array as the text that the server reads: `{"a",NULL,{…}}`.
pub(super) fn literal(
    element: &Element,
    items: &[Value],
    out: &mut BytesMut,
) -> Result<(), ValueError> {
    out.put_u8(b'{');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.put_u8(b',');
        }
        match item {
            Value::Null => out.put_slice(b"NULL"),
            Value::Array(items) if items.is_empty() => return Err(empty_within()),
            Value::Array(items) => literal(element, items, out)?,
            item => quoted(element, item.as_ref(), out)?,
        }
    }
    out.put_u8(b'}');
    Ok(())
}

fn quoted(element: &Element, item: ValueRef<'_>, out: &mut BytesMut) -> Result<(), ValueError> {
    let mut text = BytesMut::new();
    super::text::write(&element.kind, item, &mut text)?;
    out.put_u8(b'"');
    for byte in text {
        if matches!(byte, b'"' | b'\\') {
            out.put_u8(b'\\');
        }
        out.put_u8(byte);
    }
    out.put_u8(b'"');
    Ok(())
}
