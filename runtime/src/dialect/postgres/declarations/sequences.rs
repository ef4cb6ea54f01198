//! Sequences: those that columns count with, and others.

use std::collections::HashMap;

use aludel_catalog::Name;

use super::{OURS, additions::Additions, is_no_member};
use crate::{
    dialect::declaration::{Answer, Ask, Declaration, Declared},
    error::Result,
};

/// A sequence.
pub(super) struct Sequence {
    number: String,
    name: Name,
    /// Its name as it stands in SQL.
    shown: String,
    /// Its type, as columns have it.
    ty: String,
    /// What is said of it beyond what every sequence is.
    options: String,
    /// Whether it has the name that a sequence of its column gets.
    is_named_by_column: bool,
}

/// The sequences of a database.
pub(super) struct Sequences {
    free: Vec<Sequence>,
    /// Those that end with a column, by the table and the number of the column.
    of_columns: HashMap<(String, String), Sequence>,
}

impl Sequences {
    pub(super) fn of(ask: &mut Ask<'_>) -> Result<Self> {
        let mut sequences = Sequences {
            free: Vec::new(),
            of_columns: HashMap::new(),
        };
        for row in ask(&sql())? {
            let sequence = Sequence::new(&row);
            match row.optional(6) {
                Some(table) => {
                    let column = (table.to_owned(), row.text(7).to_owned());
                    sequences.of_columns.insert(column, sequence);
                }
                None => sequences.free.push(sequence),
            }
        }
        sequences
            .free
            .sort_by(|one, other| one.name.cmp(&other.name));
        Ok(sequences)
    }

    /// The sequence that ends with a column.
    pub(super) fn of_column(&self, table: &str, column: &str) -> Option<&Sequence> {
        self.of_columns.get(&(table.to_owned(), column.to_owned()))
    }

    /// The sequences that end with nothing else.
    pub(super) fn declarations(&self, additions: &mut Additions) -> Vec<Declaration> {
        let mut all = Vec::new();
        for sequence in &self.free {
            let of = Declared::Sequence(sequence.name.clone());
            all.push(Declaration::new(of.clone(), sequence.create()));
            all.extend(sequence.comments(&of, additions));
        }
        all
    }
}

impl Sequence {
    fn new(row: &Answer) -> Self {
        Sequence {
            number: row.text(0).to_owned(),
            name: row.name(1),
            shown: row.text(3).to_owned(),
            ty: row.text(4).to_owned(),
            options: row.text(5).to_owned(),
            is_named_by_column: row.text(8) == "true",
        }
    }

    pub(super) fn create(&self) -> String {
        let ty = match self.ty.as_str() {
            "bigint" => String::new(),
            other => format!(" AS {other}"),
        };
        format!("CREATE SEQUENCE {}{ty}{}", self.shown, self.options)
    }

    pub(super) fn comments(&self, of: &Declared, additions: &mut Additions) -> Vec<Declaration> {
        additions.comments(of, &self.number)
    }

    pub(super) fn owned_by(&self, table: &str, column: &str) -> String {
        format!("ALTER SEQUENCE {} OWNED BY {table}.{column}", self.shown)
    }

    /// The type `serial`, or that of its size, where it says all that is to be said of a column.
    pub(super) fn serial(&self, ty: &str, default: &str) -> Option<&'static str> {
        let counts = format!("nextval('{}'::regclass)", self.shown.replace('\'', "''"));
        let is_plain = self.is_named_by_column && self.options.is_empty();
        if !is_plain || default != counts || ty != self.ty {
            return None;
        }
        match ty {
            "smallint" => Some("smallserial"),
            "integer" => Some("serial"),
            "bigint" => Some("bigserial"),
            _ => None,
        }
    }

    /// What stands in parentheses behind IDENTITY, with a space before.
    pub(super) fn identity(&self) -> String {
        let named = match self.is_named_by_column {
            true => String::new(),
            false => format!(" SEQUENCE NAME {}", self.shown),
        };
        let all = format!("{named}{}", self.options);
        match all.trim_start() {
            "" => String::new(),
            all => format!(" ({all})"),
        }
    }
}

fn sql() -> String {
    let most = "CASE s.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END";
    format!(
        "SELECT c.oid::text, nullif(n.nspname, current_schema())::text, c.relname::text, c.oid::regclass::text,
                format_type(s.seqtypid, NULL),
                CASE WHEN s.seqincrement <> 1 THEN ' INCREMENT BY ' || s.seqincrement ELSE '' END
                || CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE - {most} - 1 END THEN ' MINVALUE ' || s.seqmin ELSE '' END
                || CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN {most} ELSE -1 END THEN ' MAXVALUE ' || s.seqmax ELSE '' END
                || CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END
                        THEN ' START WITH ' || s.seqstart ELSE '' END
                || CASE WHEN s.seqcache <> 1 THEN ' CACHE ' || s.seqcache ELSE '' END
                || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END,
                d.refobjid::text, d.refobjsubid::text,
                (t.relnamespace = c.relnamespace AND c.relname = t.relname || '_' || a.attname || '_seq')::text
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
         LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
                   AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
         LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
         WHERE {OURS} AND c.relpersistence <> 't' AND {}",
        is_no_member("pg_class", "c.oid")
    )
}
