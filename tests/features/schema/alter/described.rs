//! What a database says of itself, as lines that can be compared.

use aludel::Connection;

use crate::backend::{Backend, current};

use super::texts;

/// All that a database holds.
pub(super) fn described(conn: &Connection) -> Vec<String> {
    let mut lines = match current() {
        Backend::Sqlite => of_sqlite(conn),
        Backend::Postgres => of_postgres(conn),
        Backend::MariaDb | Backend::Mysql => of_mariadb(conn),
    };
    lines.sort();
    lines
}

fn of_sqlite(conn: &Connection) -> Vec<String> {
    let queries = [
        "SELECT 'column', t.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden
         FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
        "SELECT 'table', name, strict, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
        "SELECT 'foreign key', t.name, k.seq, k.\"table\", k.\"from\", k.\"to\", k.on_update, k.on_delete
         FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table'",
        "SELECT 'index', t.name, CASE i.origin WHEN 'c' THEN i.name ELSE '' END, i.\"unique\", i.origin, i.partial,
                (SELECT group_concat(coalesce(x.name, '?') || x.\"desc\" || x.coll) FROM pragma_index_xinfo(i.name) x WHERE x.key),
                (SELECT s.sql FROM sqlite_schema s WHERE s.name = i.name)
         FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'",
        "SELECT 'view', name, sql FROM sqlite_schema WHERE type = 'view'",
    ];
    let mut lines: Vec<String> = queries.iter().flat_map(|sql| texts(conn, sql)).collect();
    // Checks, collations and expressions show only in the text: its parts, whatever their order and spacing.
    for sql in texts(
        conn,
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    ) {
        let (head, parts) = sql.split_once('(').unwrap();
        let parts = parts.rsplit_once(')').unwrap().0;
        let name = head
            .trim_start_matches("CREATE TABLE ")
            .trim()
            .replace('"', "");
        lines.extend(at_commas(parts).map(|part| format!("text {name}: {part}")));
    }
    lines
}

/// The parts of a list between the commas that stand in no parentheses and no quotes.
fn at_commas(list: &str) -> impl Iterator<Item = String> {
    let (mut depth, mut quoted) = (0, false);
    let mut parts = vec![String::new()];
    for character in list.chars() {
        match character {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(character);
    }
    parts.into_iter().map(|part| {
        part.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('"', "")
    })
}

fn of_postgres(conn: &Connection) -> Vec<String> {
    const OURS: &str = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";
    let queries = [
        format!(
            "SELECT 'column', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
                    CASE WHEN pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'NULL::%' THEN pg_get_expr(d.adbin, d.adrelid) END, a.attidentity::text, a.attgenerated::text, l.collname, col_description(c.oid, a.attnum)
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
             LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation l ON l.oid = a.attcollation
             WHERE {OURS} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped"
        ),
        format!(
            "SELECT 'table', n.nspname, c.relname, c.relkind::text, c.reloptions::text, obj_description(c.oid, 'pg_class')
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS} AND c.relkind IN ('r', 'p', 'v', 'm')"
        ),
        format!(
            // What a domain's checks are called, nobody says.
            "SELECT 'constraint', n.nspname, c.conrelid::regclass::text, CASE c.conrelid WHEN 0 THEN '' ELSE c.conname END, pg_get_constraintdef(c.oid), c.convalidated::text
             FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE {OURS} AND c.contype <> 'n'"
        ),
        "SELECT 'index', indexdef, obj_description((quote_ident(schemaname) || '.' || quote_ident(indexname))::regclass, 'pg_class')
         FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'pg_toast')"
            .into(),
        format!(
            "SELECT 'enum', n.nspname, t.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder), max(obj_description(t.oid, 'pg_type'))
             FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {OURS} GROUP BY 2, 3"
        ),
        format!(
            "SELECT 'domain', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod), t.typnotnull::text, t.typdefault, obj_description(t.oid, 'pg_type')
             FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {OURS} AND t.typtype = 'd'"
        ),
        "SELECT 'sequence', s.schemaname, s.sequencename, s.data_type::text, s.start_value, s.min_value, s.max_value, s.increment_by, s.cycle::text, s.cache_size
         FROM pg_sequences s"
            .into(),
        "SELECT 'view', schemaname, viewname, definition FROM pg_views WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
         UNION ALL SELECT 'view', schemaname, matviewname, definition FROM pg_matviews"
            .into(),
        format!("SELECT 'namespace', n.nspname FROM pg_namespace n WHERE {OURS} AND n.nspname = 'public'"),
    ];
    queries.iter().flat_map(|sql| texts(conn, sql)).collect()
}

fn of_mariadb(conn: &Connection) -> Vec<String> {
    let mut lines = Vec::new();
    for table in texts(
        conn,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_type IN ('BASE TABLE', 'SEQUENCE')",
    ) {
        let shown = texts(conn, &format!("SHOW CREATE TABLE `{table}`")).remove(0);
        let mut place = 0;
        for line in shown.lines() {
            let line = line.trim().trim_end_matches(',');
            // Columns have an order, keys have none.
            if line.starts_with('`') {
                place += 1;
                lines.push(format!("{table} {place}: {line}"));
            } else {
                let words = line
                    .split(' ')
                    .filter(|word| !word.starts_with("AUTO_INCREMENT="));
                lines.push(format!("{table}: {}", words.collect::<Vec<_>>().join(" ")));
            }
        }
    }
    lines.extend(texts(
        conn,
        "SELECT 'view', table_name, replace(view_definition, concat('`', database(), '`.'), '')
         FROM information_schema.views WHERE table_schema = database()",
    ));
    lines
}
