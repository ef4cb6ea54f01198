//! PostgreSQL, on a server of this process.

use std::{collections::BTreeMap, path::Path};

use aludel::{Connection, Engine};
use aludel_build::Dialect;
use aludel_testing::server::{Kind, Server};

use super::{
    Loaded,
    facts::{ColumnFacts, DomainFacts, Facts, IndexFacts, Key, types, view_types},
    pulled::{self, Pulled},
    rows::{Row, rows},
    views::{by_view, nulls, texts},
};

pub(crate) fn load(file: &Path) -> Option<Loaded> {
    let server = Server::shared(Kind::Postgres)?;
    let database = server.new_database_name();
    let refusals = server.load(&database, file);
    let engine = Engine::new(server.url(&database).as_str()).unwrap();
    let conn = engine.connect().unwrap();
    let mut facts = Facts::default();
    add_tables(&mut facts, &conn);
    add_columns(&mut facts, &conn);
    add_foreign_keys(&mut facts, &conn);
    add_indexes(&mut facts, &conn);
    add_enums(&mut facts, &conn);
    add_views(&mut facts, &conn);
    add_domains(&mut facts, &conn);
    let pulled = Pulled::from(&conn);
    let again = pulled::again(server, &pulled, |line| line.contains("ERROR: "));
    // Owners are other people's users.
    let refusals = refusals.lines().filter(|line| {
        line.contains("ERROR: ") && !(line.contains("role \"") && line.ends_with("does not exist"))
    });
    Some(Loaded {
        refusals: refusals.map(str::to_owned).collect(),
        facts,
        pulled,
        again,
    })
}

/// A name with its namespace, unless that is the default one.
const NAME: &str = "CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname";

/// Tables that somebody declared: what an extension brings is none, and a partition is a part of one.
const OURS: &str = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT c.relispartition \
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')";

fn add_tables(facts: &mut Facts, conn: &Connection) {
    let sql = format!(
        "SELECT {NAME}, c.relkind IN ('v', 'm'), obj_description(c.oid, 'pg_class'), c.relkind = 'm'
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE {OURS} AND c.relkind IN ('r', 'p', 'f', 'v', 'm')"
    );
    for row in rows(conn, &sql) {
        let (name, comment) = (row.text(0), row.optional(2));
        match row.is(1) {
            true => facts.view(&name, row.is(3), comment.as_deref()),
            false => facts.table(&name, comment.as_deref()),
        }
    }
}

fn add_columns(facts: &mut Facts, conn: &Connection) {
    let sql = format!(
        "SELECT {NAME}, a.attname::text, NOT a.attnotnull,
                a.attidentity <> '' OR a.atthasdef AND
                coalesce((SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                          WHERE d.adrelid = c.oid AND d.adnum = a.attnum), '') NOT LIKE 'NULL::%',
                format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE {OURS} AND c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
         ORDER BY c.oid, a.attnum"
    );
    let declarations = declarations(conn);
    let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(conn, &sql) {
        tables.entry(row.text(0)).or_default().push(row);
    }
    for (table, columns) in &tables {
        let spellings: Vec<String> = columns.iter().map(|row| row.text(4)).collect();
        let types = types(Dialect::Postgres, &declarations, &spellings);
        for (number, (row, ty)) in columns.iter().zip(types).enumerate() {
            let column = ColumnFacts {
                name: row.text(1),
                nullable: row.is(2),
                filled: row.is(3),
                ty,
                comment: row.optional(5),
            };
            facts.column(table, number + 1, &column);
        }
    }
}

/// The types of this database, as far as a column needs them.
fn declarations(conn: &Connection) -> String {
    let sql = "SELECT CASE t.typtype WHEN 'e' THEN 'CREATE TYPE ' || format_type(t.oid, NULL) || ' AS ENUM (''x'');'
                WHEN 'd' THEN 'CREATE DOMAIN ' || format_type(t.oid, NULL) || ' AS ' || format_type(t.typbasetype, t.typtypmod) || ';'
                ELSE 'CREATE TYPE ' || format_type(t.oid, NULL) || ';' END
         FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
         WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND t.typelem = 0 AND t.typrelid = 0
         ORDER BY t.oid";
    rows(conn, sql).iter().map(|row| row.text(0)).collect()
}

/// An array of the names of columns, from one of their numbers.
fn names(numbers: &str, table: &str) -> String {
    format!(
        "ARRAY(SELECT a.attname::text FROM unnest({numbers}) WITH ORDINALITY AS k (n, place)
         JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = k.n ORDER BY k.place)"
    )
}

fn add_foreign_keys(facts: &mut Facts, conn: &Connection) {
    let action = |column: &str| {
        format!(
            "CASE {column} WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
             WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END"
        )
    };
    let target = NAME.replace("n.", "tn.").replace("c.", "t.");
    let sql = format!(
        "SELECT {NAME}, k.conname::text, {}, {target}, {}, {}, {}
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_constraint k ON k.conrelid = c.oid
         JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
         WHERE {OURS} AND k.contype = 'f' AND NOT t.relispartition",
        names("k.conkey", "c.oid"),
        names("k.confkey", "t.oid"),
        action("k.confdeltype"),
        action("k.confupdtype")
    );
    for row in rows(conn, &sql) {
        let table = row.text(0);
        facts.constraint_name(&table, &row.text(1));
        let key = Key {
            columns: &row.list(2),
            target: &row.text(3),
            references: &row.list(4),
            on_delete: &row.text(5),
            on_update: &row.text(6),
        };
        facts.foreign_key(&table, &key);
    }
}

fn add_indexes(facts: &mut Facts, conn: &Connection) {
    let sql = format!(
        "SELECT {NAME}, ic.relname::text, i.indisprimary, i.indisunique, i.indpred IS NULL,
                EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u')),
                ARRAY(SELECT coalesce(a.attname::text, '*') FROM unnest(i.indkey) WITH ORDINALITY AS k (n, place)
                      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n AND k.n > 0
                      WHERE k.place <= i.indnkeyatts ORDER BY k.place)
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_index i ON i.indrelid = c.oid
         JOIN pg_class ic ON ic.oid = i.indexrelid
         WHERE {OURS} AND c.relkind IN ('r', 'p', 'f')
               AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype = 'x')"
    );
    for row in rows(conn, &sql) {
        let (table, name, columns) = (row.text(0), row.text(1), row.list(6));
        let whole = row.is(4) && columns.iter().all(|column| column != "*");
        let is_constraint = row.is(5);
        if is_constraint {
            facts.constraint_name(&table, &name);
        }
        if row.is(2) {
            facts.primary_key(&table, &columns);
            continue;
        }
        let index = IndexFacts {
            name: (!is_constraint).then_some(name),
            unique: row.is(3),
            whole,
            columns,
        };
        facts.index(&table, &index);
    }
}

fn add_enums(facts: &mut Facts, conn: &Connection) {
    let sql = "SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || t.typname,
                obj_description(t.oid, 'pg_type'),
                ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)
         FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'";
    for row in rows(conn, sql) {
        facts.enumeration(&row.text(0), &row.list(2));
        facts.comment(&row.text(0), row.optional(1).as_deref());
    }
}

fn add_views(facts: &mut Facts, conn: &Connection) {
    let sql = format!(
        "SELECT {NAME}, a.attname::text, format_type(a.atttypid, a.atttypmod), c.oid::regclass::text, quote_ident(a.attname)
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE {OURS} AND c.relkind IN ('v', 'm') AND a.attnum > 0 ORDER BY c.oid, a.attnum"
    );
    let views = by_view(rows(conn, &sql));
    let declarations = declarations(conn);
    for (view, columns) in &views {
        let all = |place| texts(columns, place);
        let types = view_types(Dialect::Postgres, &declarations, &all(2));
        let nulls = nulls(conn, &columns[0].text(3), &all(4));
        facts.views.add_typed(view, all(1), types, nulls);
    }
}

fn add_domains(facts: &mut Facts, conn: &Connection) {
    let sql = "SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || t.typname,
                format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault IS NOT NULL,
                (SELECT count(*)::int FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')::text,
                obj_description(t.oid, 'pg_type')
         FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
         WHERE t.typtype = 'd' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')";
    let domains = rows(conn, sql);
    let spellings: Vec<String> = domains.iter().map(|row| row.text(1)).collect();
    let types = types(Dialect::Postgres, &declarations(conn), &spellings);
    for (row, ty) in domains.iter().zip(types) {
        let domain = DomainFacts {
            ty,
            not_null: row.is(2),
            filled: row.is(3),
            checks: row.text(4).parse().unwrap(),
        };
        facts.domain(&row.text(0), &domain);
        facts.comment(&row.text(0), row.optional(5).as_deref());
    }
}
