//! A query with many joins.

use std::fmt::Write as _;

/// A function with a query that joins so many tables, one along the next, filters by a column of each, and selects several.
pub fn write(joins: usize) -> String {
    let mut code = String::from(
        "\nuse aludel::prelude::*;\n\n/// Many joins.\npub fn query(conn: &Connection) -> aludel::Result<Vec<(String, Option<String>, String)>> {\n    \
         conn.query::<models::Thing0>()\n",
    );
    for number in 0..joins {
        let _ = writeln!(code, "        .join(models::Thing{number}::next)");
    }
    for number in 1..=joins {
        let _ = writeln!(
            code,
            "        .filter(models::Thing{number}::quantity.gt({number}) & models::Thing{number}::name.ne(\"x\"))"
        );
    }
    let _ = writeln!(
        code,
        "        .order_by(models::Thing{joins}::id)\n        .select((models::Thing0::name, models::Thing1::title, models::Thing{joins}::name))\n        .all()\n}}"
    );
    code
}
