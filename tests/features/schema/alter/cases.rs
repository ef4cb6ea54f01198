//! Pairs of schemas, with rows that have to stay.

use aludel_catalog::Dialect;

/// A schema before and after.
#[derive(Clone, Copy, Default)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    /// `old > new` for tables, `table: old > new` for columns.
    pub(super) renames: &'static [&'static str],
    /// What fills the old tables.
    pub(super) rows: &'static [&'static str],
    /// What queries give afterwards.
    pub(super) sees: &'static [(&'static str, &'static str)],
}

/// The cases of a dialect: those that all of them have, and its own.
pub(super) fn cases(dialect: Dialect) -> Vec<Case> {
    let (servers, own) = match dialect {
        Dialect::Sqlite => (&[][..], OF_SQLITE),
        Dialect::Postgres => (OF_SERVERS, OF_POSTGRES),
        Dialect::Mysql => (OF_SERVERS, OF_MYSQL),
    };
    COMMON.iter().chain(servers).chain(own).copied().collect()
}

const TWO: &[&str] = &[
    "INSERT INTO t (id, name) VALUES (1, 'a')",
    "INSERT INTO t (id, name) VALUES (2, 'b')",
];

const NONE: Case = Case {
    name: "",
    before: "",
    after: "",
    renames: &[],
    rows: TWO,
    sees: &[],
};

const T: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);";

const COMMON: &[Case] = &[
    Case {
        name: "add columns",
        before: T,
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, age INTEGER, note VARCHAR(9) NOT NULL DEFAULT 'x', n INTEGER NOT NULL DEFAULT 7);",
        sees: &[("SELECT id, name, age, note, n FROM t ORDER BY id", "1 a - x 7; 2 b - x 7")],
        ..NONE
    },
    Case {
        name: "add a column that is filled with the current moment",
        before: T,
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);",
        ..NONE
    },
    Case {
        name: "drop a column that an index has",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, age INTEGER); CREATE INDEX t_age ON t (age);",
        after: T,
        sees: &[("SELECT * FROM t ORDER BY id", "1 a; 2 b")],
        ..NONE
    },
    Case {
        name: "rename columns, one of them in a key, an index and a check",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, age INTEGER, CONSTRAINT adult CHECK (age > 17)); CREATE INDEX t_age ON t (age, name);",
        after: "CREATE TABLE t (nid INTEGER PRIMARY KEY, title VARCHAR(20) NOT NULL, years INTEGER, CONSTRAINT adult CHECK (years > 17)); CREATE INDEX t_age ON t (years, title);",
        renames: &["t: id > nid", "t: name > title", "t: age > years"],
        sees: &[("SELECT nid, title FROM t ORDER BY nid", "1 a; 2 b")],
        ..NONE
    },
    Case {
        name: "columns change their names with each other",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), other VARCHAR(20));",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, other VARCHAR(20), name VARCHAR(20));",
        renames: &["t: name > other", "t: other > name"],
        sees: &[("SELECT other, name FROM t ORDER BY id", "a -; b -")],
        ..NONE
    },
    Case {
        name: "rename a table that another refers to",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL); CREATE TABLE c (id INTEGER PRIMARY KEY, t_id INTEGER, CONSTRAINT c_t FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE);",
        after: "CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL); CREATE TABLE c (id INTEGER PRIMARY KEY, t_id INTEGER, CONSTRAINT c_t FOREIGN KEY (t_id) REFERENCES person (id) ON DELETE CASCADE);",
        renames: &["t > person"],
        rows: &["INSERT INTO t VALUES (1, 'a')", "INSERT INTO c VALUES (5, 1)"],
        sees: &[("SELECT person.name FROM c JOIN person ON person.id = c.t_id", "a")],
    },
    Case {
        name: "tables change their names with each other",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20)); CREATE TABLE u (id INTEGER PRIMARY KEY, name VARCHAR(20), n INTEGER);",
        after: "CREATE TABLE u (id INTEGER PRIMARY KEY, name VARCHAR(20)); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), n INTEGER);",
        renames: &["t > u", "u > t"],
        sees: &[("SELECT id, name FROM u ORDER BY id", "1 a; 2 b")],
        ..NONE
    },
    Case {
        name: "rename a table, and create another one of its name",
        before: T,
        after: "CREATE TABLE old (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL); CREATE TABLE t (id INTEGER PRIMARY KEY, old_id INTEGER, CONSTRAINT t_old FOREIGN KEY (old_id) REFERENCES old (id));",
        renames: &["t > old"],
        sees: &[("SELECT id, name FROM old ORDER BY id", "1 a; 2 b")],
        ..NONE
    },
    Case {
        name: "create tables that refer to each other and to one that is there",
        before: T,
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, egg_id INTEGER, CONSTRAINT t_egg FOREIGN KEY (egg_id) REFERENCES egg (id));
            CREATE TABLE hen (id INTEGER PRIMARY KEY, egg_id INTEGER, CONSTRAINT hen_egg FOREIGN KEY (egg_id) REFERENCES egg (id));
            CREATE TABLE egg (id INTEGER PRIMARY KEY, hen_id INTEGER, CONSTRAINT egg_hen FOREIGN KEY (hen_id) REFERENCES hen (id), CONSTRAINT egg_t FOREIGN KEY (hen_id) REFERENCES t (id));",
        ..NONE
    },
    Case {
        name: "wider types",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n SMALLINT DEFAULT 3, price DECIMAL(6,2));",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(200) NOT NULL, n BIGINT DEFAULT 3, price DECIMAL(12,2));",
        ..NONE
    },
    Case {
        name: "numbers become texts",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER DEFAULT 3);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n VARCHAR(20) DEFAULT 'none');",
        sees: &[("SELECT n FROM t ORDER BY id", "3; 3")],
        ..NONE
    },
    Case {
        name: "what is called after tables and columns",
        before: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, p_id INTEGER, UNIQUE (name), FOREIGN KEY (p_id) REFERENCES p (id));",
        after: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE person (id INTEGER PRIMARY KEY, title VARCHAR(20) NOT NULL, parent INTEGER, UNIQUE (title), FOREIGN KEY (parent) REFERENCES p (id));",
        renames: &["t > person", "person: name > title", "person: p_id > parent"],
        sees: &[("SELECT id, title FROM person ORDER BY id", "1 a; 2 b")],
        ..NONE
    },
    Case {
        name: "NULL or not",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER NOT NULL DEFAULT 1);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), n INTEGER);",
        ..NONE
    },
    Case {
        name: "defaults that come, go and change",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'x', a INTEGER DEFAULT 1, b INTEGER, c BOOLEAN DEFAULT FALSE, d VARCHAR(9) DEFAULT NULL);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'it''s', a INTEGER, b INTEGER DEFAULT 2, c BOOLEAN DEFAULT TRUE, d VARCHAR(9));",
        ..NONE
    },
    Case {
        name: "unique constraints",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER, UNIQUE (n, name));",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER, CONSTRAINT one_name UNIQUE (name), UNIQUE (n));",
        ..NONE
    },
    Case {
        name: "indexes",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER); CREATE INDEX by_name ON t (name); CREATE INDEX by_n ON t (n);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER); CREATE UNIQUE INDEX by_name ON t (name DESC, n); CREATE INDEX by_n ON t (n);",
        ..NONE
    },
    Case {
        name: "checks",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER, CONSTRAINT low CHECK (n < 10));",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER, CONSTRAINT low CHECK (n BETWEEN 0 AND 10), CONSTRAINT named CHECK (name IN ('a', 'b')));",
        ..NONE
    },
    Case {
        name: "foreign keys that come, go and act otherwise",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);
            CREATE TABLE c (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, d INTEGER, FOREIGN KEY (a) REFERENCES t (id), CONSTRAINT c_b FOREIGN KEY (b) REFERENCES t (id) ON DELETE CASCADE);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);
            CREATE TABLE c (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, d INTEGER, CONSTRAINT c_b FOREIGN KEY (b) REFERENCES t (id) ON DELETE SET NULL, FOREIGN KEY (d) REFERENCES t (id));",
        rows: &["INSERT INTO t VALUES (1, 'a')", "INSERT INTO c VALUES (5, 1, 1, 1)"],
        sees: &[("SELECT a, b, d FROM c", "1 1 1")],
        ..NONE
    },
    Case {
        name: "drop tables that refer to each other",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, hen_id INTEGER, CONSTRAINT t_hen FOREIGN KEY (hen_id) REFERENCES hen (id));
            CREATE TABLE hen (id INTEGER PRIMARY KEY, egg_id INTEGER, CONSTRAINT hen_egg FOREIGN KEY (egg_id) REFERENCES egg (id));
            CREATE TABLE egg (id INTEGER PRIMARY KEY, hen_id INTEGER, CONSTRAINT egg_hen FOREIGN KEY (hen_id) REFERENCES hen (id));",
        after: T,
        rows: &[
            "INSERT INTO hen VALUES (1, NULL)",
            "INSERT INTO egg VALUES (1, 1)",
            "UPDATE hen SET egg_id = 1",
            "INSERT INTO t VALUES (1, 'a', 1)",
        ],
        ..NONE
    },
    Case {
        name: "another primary key, which another table leads to",
        before: "CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, PRIMARY KEY (id), CONSTRAINT t_name UNIQUE (name));
            CREATE TABLE c (id INTEGER PRIMARY KEY, t_name VARCHAR(20), CONSTRAINT c_t FOREIGN KEY (t_name) REFERENCES t (name));",
        after: "CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, PRIMARY KEY (name));
            CREATE TABLE c (id INTEGER PRIMARY KEY, t_name VARCHAR(20), CONSTRAINT c_t FOREIGN KEY (t_name) REFERENCES t (name));",
        rows: &["INSERT INTO t VALUES (1, 'a')", "INSERT INTO c VALUES (5, 'a')"],
        ..NONE
    },
    Case {
        name: "a primary key of two columns",
        before: "CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, PRIMARY KEY (id));",
        after: "CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, PRIMARY KEY (name, id));",
        ..NONE
    },
    Case {
        name: "a table is made anew while rows of others, and its own, refer to its rows",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, boss INTEGER, CONSTRAINT t_boss FOREIGN KEY (boss) REFERENCES t (id) ON DELETE CASCADE);
            CREATE TABLE c (id INTEGER PRIMARY KEY, t_id INTEGER, CONSTRAINT c_t FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(30) NOT NULL, boss INTEGER, CONSTRAINT t_boss FOREIGN KEY (boss) REFERENCES t (id) ON DELETE CASCADE, CONSTRAINT positive CHECK (id > 0));
            CREATE TABLE c (id INTEGER PRIMARY KEY, t_id INTEGER, CONSTRAINT c_t FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE);",
        rows: &[
            "INSERT INTO t VALUES (1, 'a', NULL)",
            "INSERT INTO t VALUES (2, 'b', 1)",
            "INSERT INTO c VALUES (5, 2)",
        ],
        sees: &[("SELECT t.name, t.boss FROM c JOIN t ON t.id = c.t_id", "b 1")],
        ..NONE
    },
    Case {
        name: "views of what changes, and views of these",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER);
            CREATE VIEW v AS SELECT id, name, n FROM t; CREATE VIEW w AS SELECT id, n FROM v; CREATE VIEW gone AS SELECT id FROM w;",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, n BIGINT);
            CREATE VIEW v AS SELECT id, name, n FROM t; CREATE VIEW w AS SELECT id, n FROM v WHERE n > 1; CREATE VIEW fresh AS SELECT name FROM v;",
        ..NONE
    },
    Case {
        name: "all columns are other ones",
        before: "CREATE TABLE t (id INTEGER, name VARCHAR(20)); CREATE INDEX t_name ON t (name);",
        after: "CREATE TABLE t (a INTEGER, b VARCHAR(20)); CREATE INDEX t_b ON t (b);",
        ..NONE
    },
    Case {
        name: "computed columns",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER DEFAULT 2, twice INTEGER GENERATED ALWAYS AS (n * 2) STORED);
            CREATE INDEX t_twice ON t (twice);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER DEFAULT 2, twice INTEGER GENERATED ALWAYS AS (n * 3) STORED, more INTEGER GENERATED ALWAYS AS (n + 1) STORED);
            CREATE INDEX t_twice ON t (twice);",
        sees: &[("SELECT twice, more FROM t ORDER BY id", "6 3; 6 3")],
        ..NONE
    },
    Case {
        name: "a renamed column that another is computed from",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, n INTEGER DEFAULT 2, twice INTEGER GENERATED ALWAYS AS (n * 2) STORED);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, m INTEGER DEFAULT 2, twice INTEGER GENERATED ALWAYS AS (m * 2) STORED);",
        renames: &["t: n > m"],
        sees: &[("SELECT m, twice FROM t ORDER BY id", "2 4; 2 4")],
        ..NONE
    },
];

/// What differs on servers and not on SQLite, where both types are the same.
const OF_SERVERS: &[Case] = &[Case {
    name: "the type of a key and of what leads to it",
    before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL); CREATE TABLE c (id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL, CONSTRAINT c_t FOREIGN KEY (t_id) REFERENCES t (id));",
    after: "CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL); CREATE TABLE c (id INTEGER PRIMARY KEY, t_id BIGINT NOT NULL, CONSTRAINT c_t FOREIGN KEY (t_id) REFERENCES t (id));",
    rows: &[
        "INSERT INTO t VALUES (1, 'a')",
        "INSERT INTO c VALUES (5, 1)",
    ],
    ..NONE
}];

const OF_SQLITE: &[Case] = &[
    Case {
        name: "AUTOINCREMENT goes on where it was",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);",
        rows: &[
            "INSERT INTO t (id, name) VALUES (1, 'a')",
            "INSERT INTO t (id, name) VALUES (9, 'b')",
            "DELETE FROM t WHERE id = 9",
        ],
        sees: &[("SELECT name, seq FROM sqlite_sequence", "t 9")],
        ..NONE
    },
    Case {
        name: "STRICT and WITHOUT ROWID",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;",
        ..NONE
    },
    Case {
        name: "collations and partial indexes",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INTEGER); CREATE INDEX some ON t (n) WHERE n > 1;",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, n INTEGER); CREATE INDEX some ON t (lower(name)) WHERE n > 2;",
        ..NONE
    },
    Case {
        name: "drop a column of a key and of a foreign key",
        before: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, p_id INTEGER REFERENCES p (id), v INTEGER AS (id + 1));",
        after: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY);",
        ..NONE
    },
];

const OF_POSTGRES: &[Case] = &[
    Case {
        name: "values for an enum, of which none is used",
        before: "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE t (id INTEGER PRIMARY KEY, name text, m mood DEFAULT 'sad');",
        after: "CREATE TYPE mood AS ENUM ('awful', 'sad', 'ok', 'fine', 'happy', 'great'); CREATE TABLE t (id INTEGER PRIMARY KEY, name text, m mood DEFAULT 'sad');",
        sees: &[("SELECT m::text FROM t ORDER BY id", "sad; sad")],
        ..NONE
    },
    Case {
        name: "a value for an enum that a default, a check and an index use",
        before: "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE t (id INTEGER PRIMARY KEY, name text, m mood DEFAULT 'sad', ms mood[]); CREATE VIEW v AS SELECT m FROM t;",
        after: "CREATE TYPE mood AS ENUM ('sad', 'ok'); COMMENT ON TYPE mood IS 'How one feels'; CREATE TABLE t (id INTEGER PRIMARY KEY, name text, m mood DEFAULT 'ok', ms mood[] DEFAULT '{ok}', CONSTRAINT c CHECK (m <> 'ok' OR name IS NOT NULL)); CREATE INDEX i ON t (name) WHERE m = 'ok'; CREATE VIEW v AS SELECT m FROM t;",
        sees: &[("SELECT m::text FROM t ORDER BY id", "sad; sad")],
        ..NONE
    },
    Case {
        name: "an enum in place of a text, and the other way",
        before: "CREATE TYPE old AS ENUM ('x', 'y'); CREATE TABLE t (id INTEGER PRIMARY KEY, name text DEFAULT 'a', o old DEFAULT 'x');",
        after: "CREATE TYPE letter AS ENUM ('a', 'b'); CREATE TABLE t (id INTEGER PRIMARY KEY, name letter DEFAULT 'a', o text DEFAULT 'x');",
        sees: &[("SELECT name::text, o FROM t ORDER BY id", "a x; b x")],
        ..NONE
    },
    Case {
        name: "domains",
        before: "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%'); CREATE DOMAIN n AS integer DEFAULT 3; CREATE TABLE t (id INTEGER PRIMARY KEY, name text, e email, n n);",
        after: "CREATE DOMAIN email AS varchar(80) CHECK (VALUE LIKE '%_@%'); CREATE DOMAIN n AS integer DEFAULT 4 NOT NULL; COMMENT ON DOMAIN n IS 'A number'; CREATE TABLE t (id INTEGER PRIMARY KEY, name text, e email, n n);",
        ..NONE
    },
    Case {
        name: "sequences",
        before: "CREATE SEQUENCE s; CREATE SEQUENCE gone; CREATE TABLE t (id INTEGER PRIMARY KEY DEFAULT nextval('s'), name text);",
        after: "CREATE SEQUENCE s INCREMENT BY 5 MAXVALUE 1000 CYCLE; CREATE SEQUENCE fresh START WITH 7; CREATE TABLE t (id INTEGER PRIMARY KEY DEFAULT nextval('s'), name text);",
        ..NONE
    },
    Case {
        name: "counted up, which goes on behind the rows",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, other integer GENERATED ALWAYS AS IDENTITY);",
        after: "CREATE TABLE t (id INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text, other integer GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY 2));",
        sees: &[("SELECT nextval(pg_get_serial_sequence('t', 'id'))", "3")],
        ..NONE
    },
    Case {
        name: "comments",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, n int); COMMENT ON TABLE t IS 'One'; COMMENT ON COLUMN t.name IS 'A name';",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, n int); COMMENT ON TABLE t IS 'Two'; COMMENT ON COLUMN t.n IS 'It''s one'; CREATE INDEX i ON t (n); COMMENT ON INDEX i IS 'By n';",
        ..NONE
    },
    Case {
        name: "namespaces and options",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text) WITH (fillfactor=70);",
        after: "CREATE TABLE app.t (id INTEGER PRIMARY KEY, name text) WITH (fillfactor=80); CREATE TYPE app.mood AS ENUM ('a');",
        renames: &["t > app.t"],
        ..NONE
    },
    Case {
        name: "types that need a way round",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, a boolean DEFAULT true, b timestamp DEFAULT now(), c jsonb, d varchar(10)[], e text COLLATE \"C\");",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, a smallint DEFAULT 1, b date DEFAULT now(), c json, d text[], e text);",
        ..NONE
    },
    Case {
        name: "a check and a partial index of a column with another type",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, n varchar(10) DEFAULT 'a', CHECK (n <> 'b')); CREATE INDEX i ON t (lower(n)) WHERE n <> 'c';",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, n text DEFAULT 'a', CHECK (n <> 'b')); CREATE INDEX i ON t (lower(n)) WHERE n <> 'c';",
        ..NONE
    },
    Case {
        name: "materialized views",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text); CREATE MATERIALIZED VIEW v AS SELECT id FROM t; COMMENT ON MATERIALIZED VIEW v IS 'one';",
        after: "CREATE TABLE t (id BIGINT PRIMARY KEY, name text); CREATE MATERIALIZED VIEW v AS SELECT id FROM t; COMMENT ON MATERIALIZED VIEW v IS 'two';",
        ..NONE
    },
    Case {
        name: "a deferred constraint and NULLs that are not distinct",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, CONSTRAINT u UNIQUE (name));",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name text, CONSTRAINT u UNIQUE NULLS NOT DISTINCT (name) DEFERRABLE INITIALLY DEFERRED);",
        ..NONE
    },
];

const OF_MYSQL: &[Case] = &[
    Case {
        name: "columns in another place",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), a INTEGER, b INTEGER);",
        after: "CREATE TABLE t (b INTEGER, id INTEGER PRIMARY KEY, c INTEGER, a INTEGER, name VARCHAR(20), d INTEGER);",
        ..NONE
    },
    Case {
        name: "enums and sets",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), m ENUM('sad', 'happy') DEFAULT 'sad', s SET('a', 'b'));",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), m ENUM('awful', 'sad', 'ok') NOT NULL DEFAULT 'ok', s SET('a', 'b', 'c'));",
        sees: &[("SELECT m FROM t ORDER BY id", "sad; sad")],
        ..NONE
    },
    Case {
        name: "counted up",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20));",
        after: "CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20));",
        ..NONE
    },
    Case {
        name: "comments and ON UPDATE",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY COMMENT 'the key', name VARCHAR(20), at DATETIME) COMMENT 'One';",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) COMMENT 'a name', at DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP) COMMENT 'Two';",
        ..NONE
    },
    Case {
        name: "long texts and unsigned numbers",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INT, b BLOB, d DATETIME);",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name LONGTEXT, n INT UNSIGNED, b MEDIUMBLOB, d DATETIME(6));",
        ..NONE
    },
    Case {
        name: "an index that a foreign key needs is replaced",
        before: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), p_id INTEGER, n INTEGER, CONSTRAINT t_p FOREIGN KEY (p_id) REFERENCES p (id), KEY one (p_id));",
        after: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), p_id INTEGER, n INTEGER, CONSTRAINT t_p FOREIGN KEY (p_id) REFERENCES p (id), KEY two (p_id, n));",
        ..NONE
    },
    Case {
        name: "the key that a foreign key needs itself",
        before: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), p_id INTEGER);",
        after: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), p_id INTEGER, CONSTRAINT t_p FOREIGN KEY (p_id) REFERENCES p (id));",
        ..NONE
    },
    Case {
        name: "a column with a foreign key goes",
        before: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), p_id INTEGER, CONSTRAINT t_p FOREIGN KEY (p_id) REFERENCES p (id));",
        after: "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20));",
        ..NONE
    },
    Case {
        name: "indexes of other kinds",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), body TEXT, KEY b (body(10)));",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20), body TEXT, KEY b (body(20)) COMMENT 'more', FULLTEXT KEY f (body), UNIQUE KEY u (name));",
        ..NONE
    },
    Case {
        name: "collations",
        before: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) COLLATE utf8mb4_bin) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;",
        after: "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;",
        ..NONE
    },
];
