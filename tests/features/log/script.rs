//! What is told of a text of many statements.

use aludel::{Engine, text};
use aludel_testing::each_database;
use tracing::Level;

use crate::{backend::url, heard::heard_up_to};

#[each_database]
fn m15_each_statement_of_a_text_is_told_by_itself() {
    let conn = Engine::new(url().as_str()).unwrap().connect().unwrap();
    let many = "SELECT 1;\n-- The second fails.\nSELECT 2 FROM nowhere;\nSELECT 3";
    let (heard, error) = heard_up_to(Level::DEBUG, || conn.script(text(many)).unwrap_err());
    assert!(error.is_programming(), "{error}");
    let told = heard.of("SELECT");
    let texts: Vec<_> = told
        .iter()
        .map(|(span, _)| span.get("db.query.text").unwrap())
        .collect();
    assert_eq!(texts, ["SELECT 1", "SELECT 2 FROM nowhere"]);
    let failed: Vec<_> = told
        .iter()
        .map(|(_, event)| event.get("error.type"))
        .collect();
    assert_eq!(failed, [None, Some("Programming")]);
}
