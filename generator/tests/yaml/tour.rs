//! One file with most of the format in it.

use aludel_catalog::Dialect;

use super::noted::noted;
use crate::outline::{outline, parse_all};

pub(crate) const TOUR: &str = include_str!("../schemas/tour.yaml");

#[test]
fn a_file_becomes_a_catalog_and_annotations() {
    let (parsed, diagnostics) = parse_all(Dialect::Sqlite, &[("schema.yaml", TOUR)]);
    assert_eq!(diagnostics.to_string(), "");
    assert_eq!(parsed.catalog.dialect, Dialect::Postgres);
    insta::assert_snapshot!(outline(&parsed.catalog));
    insta::assert_snapshot!(noted(&parsed.annotations));
}
