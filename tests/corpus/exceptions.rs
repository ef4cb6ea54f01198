//! Where a file and its database may differ, and why.

/// What may differ in one file.
pub(crate) struct Exceptions {
    /// The parts of lines that may occur, and whether they did.
    allowed: Vec<(&'static str, bool)>,
}

impl Exceptions {
    pub(crate) fn of(file: &str) -> Exceptions {
        let here = ALL.iter().filter(|exception| exception.file == file);
        Exceptions {
            allowed: here.map(|exception| (exception.part, false)).collect(),
        }
    }

    /// Whether a line is as expected.
    pub(crate) fn cover(&mut self, line: &str) -> bool {
        let mut covered = false;
        for (part, used) in &mut self.allowed {
            if line.contains(*part) {
                *used = true;
                covered = true;
            }
        }
        covered
    }

    /// What was expected, and did not occur.
    pub(crate) fn unused(&self) -> Vec<String> {
        let unused = self.allowed.iter().filter(|(_, used)| !used);
        unused
            .map(|(part, _)| format!("no longer an exception: {part}"))
            .collect()
    }
}

struct Exception {
    file: &'static str,
    /// A part of the lines that tell the difference.
    part: &'static str,
}

const fn exception(file: &'static str, part: &'static str) -> Exception {
    Exception { file, part }
}

const ALL: &[Exception] = &[
    // PostGIS is no part of PostgreSQL; one table has a column of a type that it brings.
    exception("postgres/osm_website.sql", "extension \"postgis\""),
    exception(
        "postgres/osm_website.sql",
        "type \"public.geometry\" does not exist",
    ),
    exception("postgres/osm_website.sql", "moderation_zones"),
    // Triggers on a temporary table that the application makes. They stand behind all tables.
    exception(
        "sqlite/firefox_places.sql",
        "refused: no such table: moz_updateoriginsinsert_temp",
    ),
    // Files with rows that are not in the corpus.
    exception("mysql/employees_partitioned.sql", "Failed to open file"),
    // Two forms of a table, of which the application creates one. Both readers keep the first.
    exception("mysql/wordpress.sql", "Table 'wp_users' already exists"),
    exception(
        "mysql/wordpress.sql",
        "error: table `wp_users` is declared twice",
    ),
    // Views that call functions, which are not read from a database.
    exception(
        "postgres/jooq_sakila.sql",
        "function group_concat(text) does not exist",
    ),
    exception(
        "postgres/jooq_sakila.sql",
        "not there again: CREATE VIEW actor_info",
    ),
    exception(
        "postgres/jooq_sakila.sql",
        "not there again: CREATE VIEW film_list",
    ),
    exception(
        "postgres/jooq_sakila.sql",
        "not there again: CREATE VIEW nicer_but_slower_film_list",
    ),
    exception(
        "postgres/jooq_sakila_dump.sql",
        "function group_concat(text) does not exist",
    ),
    exception(
        "postgres/jooq_sakila_dump.sql",
        "not there again: CREATE VIEW actor_info",
    ),
    exception(
        "postgres/jooq_sakila_dump.sql",
        "not there again: CREATE VIEW film_list",
    ),
    exception(
        "postgres/jooq_sakila_dump.sql",
        "not there again: CREATE VIEW nicer_but_slower_film_list",
    ),
    exception(
        "postgres/views.sql",
        "function pairs(integer) does not exist",
    ),
    exception(
        "postgres/views.sql",
        "not there again: CREATE VIEW before_unknown",
    ),
    exception(
        "postgres/views.sql",
        "not there again: CREATE VIEW behind_unknown",
    ),
    exception(
        "postgres/views.sql",
        "not there again: CREATE VIEW beside_unknown",
    ),
    exception(
        "postgres/views.sql",
        "not there again: CREATE VIEW naturally",
    ),
    exception("postgres/views.sql", "not there again: CREATE VIEW unknown"),
    // PostgreSQL writes a query that it has written before with another blank.
    exception("postgres/views.sql", "not there again: CREATE VIEW alone"),
    exception("postgres/views.sql", "there now: CREATE VIEW alone"),
    // A child lets in NULL where its parent does not, which can come about, but not be declared.
    exception(
        "postgres/inherits.sql",
        "column \"later\" in child table must be marked NOT NULL",
    ),
    exception(
        "postgres/inherits.sql",
        "not there again: ALTER TABLE ahead INHERIT parent",
    ),
    exception(
        "postgres/inherits.sql",
        "column \"kept\" in child table must be marked NOT NULL",
    ),
    exception(
        "postgres/inherits.sql",
        "not there again: ALTER TABLE grandchild INHERIT child",
    ),
    exception(
        "postgres/inherits.sql",
        "column \"id\" in child table must be marked NOT NULL",
    ),
    exception(
        "postgres/inherits.sql",
        "not there again: ALTER TABLE heir_of_keyed_alone INHERIT keyed_alone",
    ),
];
