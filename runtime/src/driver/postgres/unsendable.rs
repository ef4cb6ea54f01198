//! Types that the server can only send as text, while all results are asked for in binary: selecting one would be an error. A
//! statement that reads them is put into another, which has the server convert them.

use std::fmt::Write;

use tokio_postgres::{Column, Statement, types::Oid};

use super::{PostgresConnection, error::Failure, kind::Kind, stream::only_reads};

impl PostgresConnection {
    /// The text of a statement that gives the same rows in a form that can be sent. Nothing where the statement does so itself,
    /// as nearly all do.
    pub(super) fn sendable(
        &mut self,
        sql: &str,
        statement: &Statement,
    ) -> Result<Option<String>, Failure> {
        let columns = statement.columns();
        let oids = columns.iter().filter(|column| is_opaque(column)).map(oid);
        let oids: Vec<Oid> = oids.collect();
        if oids.is_empty() || !only_reads(sql) {
            return Ok(None);
        }
        self.learn(&oids)?;
        let has_text_only = oids
            .iter()
            .any(|oid| self.text_only.get(oid) == Some(&true));
        Ok(has_text_only.then(|| self.converted(sql, columns)))
    }

    /// Asks the server about types that nothing is known of yet.
    fn learn(&mut self, oids: &[Oid]) -> Result<(), Failure> {
        let unknown = oids.iter().filter(|oid| !self.text_only.contains_key(oid));
        let unknown: Vec<String> = unknown.map(Oid::to_string).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "SELECT t.oid, t.typsend::oid = 0 OR coalesce(e.typsend::oid = 0, false) FROM pg_catalog.pg_type AS t LEFT JOIN \
             pg_catalog.pg_type AS e ON e.oid = t.typelem AND t.typcategory = 'A' WHERE t.oid IN ({})",
            unknown.join(", ")
        );
        let client = &self.client;
        let rows = self
            .link
            .run(client, async { Ok(client.query_typed(&sql, &[]).await?) })?;
        for row in rows {
            self.text_only.insert(row.try_get(0)?, row.try_get(1)?);
        }
        Ok(())
    }

    fn converted(&self, sql: &str, columns: &[Column]) -> String {
        let (mut selected, mut names) = (String::new(), String::new());
        for (index, column) in columns.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            let is_text_only = self.text_only.get(&oid(column)) == Some(&true);
            let conversion = if is_text_only { "::text" } else { "" };
            let name = column.name().replace('"', "\"\"");
            // Writing to a string does not fail.
            let _ = write!(selected, "{separator}c{index}{conversion} AS \"{name}\"");
            let _ = write!(names, "{separator}c{index}");
        }
        let sql = sql.trim_end().trim_end_matches(';');
        // On a line of its own, for the statement may end with a comment.
        format!("SELECT {selected} FROM ({sql}\n) AS aludel ({names})")
    }
}

fn oid(column: &Column) -> Oid {
    column.type_().oid()
}

fn is_opaque(column: &Column) -> bool {
    match Kind::of(column.type_()) {
        Kind::Other(_) => true,
        Kind::Array(element) => matches!(element.kind, Kind::Other(_)),
        _ => false,
    }
}
