//! What is added to tables, types and views when they are there: constraints, indexes, comments.

use std::collections::HashMap;

use super::OURS;
use crate::{
    dialect::declaration::{Ask, Declaration, Declared},
    error::Result,
};

/// Texts by the number of what they belong to.
type Texts = HashMap<String, Vec<String>>;

/// Statements that each belong to something, by its number; and the constraints that stand within tables.
pub(super) struct Additions {
    constraints: Texts,
    late_checks: Texts,
    foreign_keys: Texts,
    indexes: Texts,
    comments: Texts,
    /// That a table inherits, or is of a type.
    links: Texts,
}

impl Additions {
    pub(super) fn of(ask: &mut Ask<'_>) -> Result<Self> {
        Ok(Additions {
            constraints: texts(ask, CONSTRAINTS)?,
            late_checks: texts(ask, LATE_CHECKS)?,
            foreign_keys: texts(ask, FOREIGN_KEYS)?,
            indexes: texts(ask, INDEXES)?,
            comments: texts(ask, &COMMENTS.replace("{OURS}", OURS))?,
            links: texts(ask, LINKS)?,
        })
    }

    /// The constraints of a table that stand beside its columns.
    pub(super) fn constraints(&mut self, number: &str) -> Vec<String> {
        self.constraints.remove(number).unwrap_or_default()
    }

    pub(super) fn late_checks(&mut self, of: &Declared, number: &str) -> Vec<Declaration> {
        declarations(&mut self.late_checks, of, number)
    }

    pub(super) fn foreign_keys(&mut self, of: &Declared, number: &str) -> Vec<Declaration> {
        declarations(&mut self.foreign_keys, of, number)
    }

    pub(super) fn indexes(&mut self, of: &Declared, number: &str) -> Vec<Declaration> {
        declarations(&mut self.indexes, of, number)
    }

    pub(super) fn comments(&mut self, of: &Declared, number: &str) -> Vec<Declaration> {
        declarations(&mut self.comments, of, number)
    }

    pub(super) fn links(&mut self, of: &Declared, number: &str) -> Vec<Declaration> {
        declarations(&mut self.links, of, number)
    }
}

fn declarations(texts: &mut Texts, of: &Declared, number: &str) -> Vec<Declaration> {
    let texts = texts.remove(number).unwrap_or_default().into_iter();
    texts
        .map(|text| Declaration::new(of.clone(), text))
        .collect()
}

fn texts(ask: &mut Ask<'_>, sql: &str) -> Result<Texts> {
    let mut texts = Texts::new();
    for row in ask(sql)? {
        let of = texts.entry(row.text(0).to_owned()).or_default();
        of.push(row.text(1).to_owned());
    }
    Ok(texts)
}

/// What holds for all rows. Numbers from 16384 on are those of what somebody made after the server's own.
/// What an older row may break is said later, as it would hold for those of a new table.
const CONSTRAINTS: &str = "SELECT k.conrelid::text, 'CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
     FROM pg_constraint k WHERE k.oid >= 16384 AND k.conrelid <> 0 AND k.contype IN ('p', 'u', 'x', 'c') AND (k.convalidated OR k.contype <> 'c')
     ORDER BY position(k.contype::text IN 'puxc'), k.conname::text COLLATE \"C\"";

const LATE_CHECKS: &str = "SELECT coalesce(nullif(k.conrelid, 0), k.contypid)::text,
            CASE WHEN k.conrelid = 0 THEN 'ALTER DOMAIN ' || format_type(k.contypid, NULL) ELSE 'ALTER TABLE ' || k.conrelid::regclass::text END
            || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
     FROM pg_constraint k WHERE k.contype = 'c' AND NOT k.convalidated ORDER BY k.conname::text COLLATE \"C\"";

/// With their comments. The server has a key of its own for each partition that a key leads to.
const FOREIGN_KEYS: &str = "SELECT k.conrelid::text, CASE WHEN p.place = 0
            THEN 'ALTER TABLE ' || k.conrelid::regclass::text || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
            ELSE 'COMMENT ON CONSTRAINT ' || quote_ident(k.conname) || ' ON ' || k.conrelid::regclass::text || ' IS ' || quote_literal(d.description) END
     FROM pg_constraint k LEFT JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid,
          generate_series(0, 1) p (place)
     WHERE k.contype = 'f' AND k.conparentid = 0 AND (p.place = 0 OR d.description IS NOT NULL)
     ORDER BY k.conname::text COLLATE \"C\", p.place";

/// The indexes that no constraint made. One that could not be built whole is none, but for that of a partitioned table.
/// Their tables are written with the namespace even where all else is written without.
const INDEXES: &str = "SELECT i.indrelid::text,
            replace(pg_get_indexdef(i.indexrelid), ' ' || quote_ident(n.nspname) || '.' || quote_ident(t.relname) || ' USING ',
                    ' ' || t.oid::regclass::text || ' USING ')
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE i.indexrelid >= 16384 AND (i.indisvalid OR c.relkind = 'I')
           AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
     ORDER BY c.relname::text COLLATE \"C\"";

/// Tables have their columns already when they are told whose heirs they are, so that these stay in their order.
const LINKS: &str = "SELECT of, sql FROM (
         SELECT i.inhrelid::text AS of, i.inhseqno AS place,
                'ALTER TABLE ' || i.inhrelid::regclass::text || ' INHERIT ' || i.inhparent::regclass::text AS sql
         FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition
         UNION ALL
         SELECT c.oid::text, 0, 'ALTER TABLE ' || c.oid::regclass::text || ' OF ' || format_type(c.reloftype, NULL)
         FROM pg_class c WHERE c.reloftype <> 0 AND NOT c.relispartition) links
     ORDER BY of, place";

const COMMENTS: &str = "SELECT of, 'COMMENT ON ' || what || ' IS ' || quote_literal(description) FROM (
         SELECT coalesce(i.indrelid, c.oid)::text AS of,
                CASE WHEN d.objsubid > 0 THEN 'COLUMN ' || c.oid::regclass::text || '.' || quote_ident(a.attname)
                ELSE CASE c.relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'f' THEN 'FOREIGN TABLE ' WHEN 'S' THEN 'SEQUENCE '
                     WHEN 'i' THEN 'INDEX ' WHEN 'I' THEN 'INDEX ' WHEN 'c' THEN 'TYPE ' ELSE 'TABLE ' END || c.oid::regclass::text END AS what,
                d.description, CASE WHEN i.indrelid IS NULL THEN 0 ELSE 2 END AS place, d.objsubid AS number, c.relname::text COLLATE \"C\" AS name
         FROM pg_description d JOIN pg_class c ON c.oid = d.objoid JOIN pg_namespace n ON n.oid = c.relnamespace
         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid LEFT JOIN pg_index i ON i.indexrelid = c.oid
         WHERE d.classoid = 'pg_class'::regclass AND {OURS}
         UNION ALL
         SELECT coalesce(nullif(k.conrelid, 0), k.contypid)::text,
                'CONSTRAINT ' || quote_ident(k.conname) || ' ON '
                || CASE WHEN k.conrelid = 0 THEN 'DOMAIN ' || format_type(k.contypid, NULL) ELSE k.conrelid::regclass::text END,
                d.description, 1, 0, k.conname::text COLLATE \"C\"
         FROM pg_description d JOIN pg_constraint k ON k.oid = d.objoid WHERE d.classoid = 'pg_constraint'::regclass AND k.contype <> 'f'
         UNION ALL
         SELECT t.oid::text, CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || format_type(t.oid, NULL), d.description, 0, 0, ''
         FROM pg_description d JOIN pg_type t ON t.oid = d.objoid JOIN pg_namespace n ON n.oid = t.typnamespace
         WHERE d.classoid = 'pg_type'::regclass AND {OURS}) comments
     ORDER BY of, place, number, name";
