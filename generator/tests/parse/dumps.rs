//! What stands in files beside what declares tables, and what is in a declaration that we do not know.

use aludel_catalog::Dialect::{self, Mysql, Postgres, Sqlite};

use crate::outline::{outline_of, parse_one};

/// The tables and views that are read, and the warnings and errors, without the notes.
fn read(dialect: Dialect, text: &str) -> (Vec<String>, Vec<String>) {
    let (parsed, diagnostics) = parse_one(dialect, text);
    let tables = parsed.catalog.tables.iter().map(|table| {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        format!("{}({})", table.name, columns.join(" "))
    });
    let views = parsed
        .catalog
        .views
        .iter()
        .map(|view| view.name.to_string());
    let said = diagnostics.errors().chain(diagnostics.warnings());
    (
        tables.chain(views).collect(),
        said.map(|diagnostic| diagnostic.message.clone()).collect(),
    )
}

#[test]
fn what_declares_nothing_is_passed_over_in_silence() {
    let quiet: &[(Dialect, &str)] = &[
        (
            Postgres,
            "\\restrict abc\n\\set ON_ERROR_STOP on\n\\connect other\nSELECT 1 \\gexec\n\\unrestrict abc\n",
        ),
        (
            Postgres,
            "\u{feff}SET client_encoding = 'UTF8'; SELECT pg_catalog.set_config('search_path', '', false); RESET ALL;",
        ),
        (
            Postgres,
            "COPY t (a, b) FROM stdin;\n1\tCREATE TABLE never (id int);\n\\N\t'\n\\.\n",
        ),
        (
            Postgres,
            "COPY t FROM stdin WITH (FORMAT csv, HEADER);\na,\"CREATE TABLE never (x int);\n\"\n\\.\nCOPY t TO '/tmp/x';",
        ),
        (
            Postgres,
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $_$ BEGIN; CREATE TABLE never (id int); END; $_$;",
        ),
        (
            Postgres,
            "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 END; SELECT 2; END;",
        ),
        (
            Postgres,
            "CREATE OR REPLACE PROCEDURE p() LANGUAGE sql AS 'CREATE TABLE never (id int); SELECT ''x'';';",
        ),
        (
            Postgres,
            "DO $$ BEGIN CREATE TABLE never (id int); END $$; DO LANGUAGE plpgsql 'BEGIN NULL; END';",
        ),
        (
            Postgres,
            "CREATE TRIGGER t AFTER INSERT OR UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f('x'); CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();",
        ),
        (
            Postgres,
            "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public; COMMENT ON EXTENSION citext IS 'x'; CREATE LANGUAGE plpgsql;",
        ),
        (
            Postgres,
            "CREATE AGGREGATE a(int) (SFUNC = f, STYPE = int); CREATE OPERATOR + (PROCEDURE = f); CREATE CAST (int AS text) WITH INOUT AS IMPLICIT;",
        ),
        (
            Postgres,
            "CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING; CREATE POLICY p ON t USING (true); CREATE PUBLICATION p FOR ALL TABLES; CREATE STATISTICS s ON a, b FROM t;",
        ),
        (
            Postgres,
            "GRANT SELECT ON t TO joe; REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO joe; CREATE ROLE joe; CREATE USER u;",
        ),
        (
            Postgres,
            "ALTER FUNCTION f() OWNER TO joe; ALTER SCHEMA public OWNER TO joe; ALTER DATABASE x SET a = 1; ALTER SEQUENCE s OWNER TO joe; ALTER LANGUAGE plpgsql OWNER TO joe;",
        ),
        (
            Postgres,
            "BEGIN; SAVEPOINT a; COMMIT; START TRANSACTION; ROLLBACK; LOCK TABLE t; ANALYZE; VACUUM FULL; CLUSTER t USING i; REFRESH MATERIALIZED VIEW v; TRUNCATE t; DISCARD ALL;",
        ),
        (
            Postgres,
            "/* /* CREATE TABLE never (id int); */ ; */ -- CREATE TABLE never (id int);\nINSERT INTO t VALUES (E'it\\'s; ', U&'\\0061;', B'1', $$;$$);",
        ),
        (
            Mysql,
            "# CREATE TABLE never (id int);\n/*!40101 SET NAMES utf8 */; /*!40000 ALTER DATABASE x CHARACTER SET utf8 */;\n/*M!999999\\- enable the sandbox mode */\n",
        ),
        (
            Mysql,
            "DELIMITER //\r\nCREATE PROCEDURE p() BEGIN CREATE TABLE never (id int); IF a THEN SELECT 1; END IF; END//\r\nDELIMITER ;\r\nSELECT 1;",
        ),
        (
            Mysql,
            "DELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = CASE WHEN 1 THEN 'END' END; END $$\nDELIMITER ;",
        ),
        (
            Mysql,
            "CREATE DEFINER=`root`@`%` EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; END; CREATE USER u; FLUSH PRIVILEGES;",
        ),
        (
            Mysql,
            "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `a` /*!40100 DEFAULT CHARACTER SET utf8 */; USE `a`; LOCK TABLES `t` WRITE; UNLOCK TABLES;",
        ),
        (
            Mysql,
            "INSERT INTO t VALUES ('it\\'s; CREATE TABLE never (id int);', \"a\\\";b\", 'it''s;', 0x3b);\n-- x;\n--\n-- z",
        ),
        (
            Mysql,
            "connect other\nwarnings\nprompt x>\nset @a = 1;\nstatus\nuse shop\n\\! ls\nuse shop;",
        ),
        (
            Sqlite,
            ".mode list\n.headers on\nPRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCOMMIT;\n.quit\n",
        ),
        (
            Sqlite,
            "CREATE TRIGGER t AFTER UPDATE ON a BEGIN INSERT INTO b VALUES ('CREATE TABLE never (x);'); SELECT CASE WHEN 1 THEN 2 END; END;",
        ),
        (
            Sqlite,
            "INSERT INTO a VALUES('it''s; CREATE TABLE never (x);', x'3b', \";\", [;], `;`); DELETE FROM sqlite_sequence; ANALYZE; REINDEX;",
        ),
        (
            Sqlite,
            "ATTACH DATABASE 'x' AS y; DETACH DATABASE y; VACUUM; SAVEPOINT a; RELEASE a; EXPLAIN QUERY PLAN SELECT 1;",
        ),
        (
            Postgres,
            "CREATE RULE r AS ON UPDATE TO one DO ALSO (INSERT INTO x VALUES (1); DELETE FROM x WHERE id IN (1, 2); SELECT 1; );",
        ),
        (
            Mysql,
            "DELIMITER ;;\nCREATE AGGREGATE FUNCTION f(x int) RETURNS int\nBEGIN DECLARE s int DEFAULT 0; LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP; END;;\nDELIMITER ;",
        ),
        (Sqlite, "CREATE TABLE sqlite_sequence(name,seq);"),
    ];
    for (dialect, text) in quiet {
        let around = format!("CREATE TABLE one (id int);\n{text}\n;\nCREATE TABLE two (id int);\n");
        let (tables, said) = read(*dialect, &around);
        assert_eq!(tables, ["one(id)", "two(id)"], "{dialect}: {text}");
        assert_eq!(said, Vec::<String>::new(), "{dialect}: {text}");
    }
}

#[test]
fn what_may_declare_something_elsewhere_or_is_unknown_is_told() {
    let told: &[(Dialect, &str, &str)] = &[
        (Postgres, "\\i tables.sql\n", "`\\i tables.sql` is skipped"),
        (
            Postgres,
            "\\ir 'more tables.sql'\n",
            "`\\ir 'more tables.sql'` is skipped",
        ),
        (
            Mysql,
            "source tables.sql ;\n",
            "`source tables.sql ;` is skipped",
        ),
        (
            Sqlite,
            ".read tables.sql\n",
            "`.read tables.sql` is skipped",
        ),
        (
            Sqlite,
            "CREATE VIRTUAL TABLE w USING fts5(body, tokenize='porter');",
            "`CREATE VIRTUAL TABLE` is skipped",
        ),
        (
            Sqlite,
            "CREATE VIRTUAL TABLE IF NOT EXISTS main.[w] USING FTS5(body);\nCREATE TABLE IF NOT EXISTS 'w_data'(id INTEGER PRIMARY KEY, block BLOB);",
            "`CREATE VIRTUAL TABLE` is skipped",
        ),
        (
            Sqlite,
            "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','w','w',0,'CREATE VIRTUAL TABLE w USING rtree(id, a, b)');\nCREATE TABLE \"w_node\"(nodeno INTEGER PRIMARY KEY,data);",
            "`CREATE VIRTUAL TABLE` is skipped",
        ),
        (
            Mysql,
            "ALTER TABLE one ADD UNIQUE KEY k (id, p WITHOUT OVERLAPS);",
            "`WITHOUT OVERLAPS` is left out",
        ),
        (
            Postgres,
            "ALTER TABLE one ADD UNIQUE (id WITHOUT OVERLAPS);",
            "`WITHOUT OVERLAPS` is left out",
        ),
        (
            Postgres,
            "CREATE TABLE empty ();",
            "table `empty` has no columns; it is skipped",
        ),
        (
            Postgres,
            "CREATE TEMP TABLE t (id int);",
            "the temporary table `t` is skipped",
        ),
        (
            Postgres,
            "CREATE TABLE t AS SELECT 1 AS x WITH NO DATA;",
            "table `t` is skipped",
        ),
        (
            Postgres,
            "FROBNICATE THE TABLES;",
            "unknown statement `FROBNICATE`; it is skipped",
        ),
        (
            Mysql,
            "CREATE FROBNICATION x (id int);",
            "unknown statement `CREATE FROBNICATION`; it is skipped",
        ),
        (
            Mysql,
            "ALTER TABLE one FROBNICATE;",
            "`ALTER TABLE … FROBNICATE` is skipped",
        ),
    ];
    for (dialect, text, message) in told {
        let around = format!("CREATE TABLE one (id int);\n{text}\n;\nCREATE TABLE two (id int);\n");
        let (tables, said) = read(*dialect, &around);
        assert_eq!(tables, ["one(id)", "two(id)"], "{dialect}: {text}");
        assert_eq!(said, [*message], "{dialect}: {text}");
    }
}

/// Elements of a table with something in it that we do not know, or that reads like a column and is none.
const ELEMENTS: &[(&str, Dialect, &str)] = &[
    (
        "an unknown option",
        Postgres,
        "a int FROBNICATED (1, 2) BY x NOT NULL, b text",
    ),
    (
        "an unknown constraint",
        Postgres,
        "a int NOT NULL, CONSTRAINT c FROBNICATE (a), b text",
    ),
    (
        "an unknown end of a constraint",
        Postgres,
        "a int, UNIQUE (a) FROBNICATED, b text",
    ),
    (
        "an unknown expression",
        Postgres,
        "a int CHECK (a FROBNICATES 3 DEEPLY) NOT NULL, b text",
    ),
    (
        "LIKE behind a column",
        Postgres,
        "a int, LIKE source, b text",
    ),
    (
        "LIKE with options",
        Postgres,
        "LIKE source INCLUDING ALL EXCLUDING INDEXES, b text",
    ),
    (
        "an exclusion",
        Postgres,
        "a int, EXCLUDE USING gist (a WITH =) WHERE (a > 0), b text",
    ),
    (
        "NOT NULL as a constraint",
        Postgres,
        "a int, CONSTRAINT n NOT NULL a NO INHERIT, b text",
    ),
    (
        "a virtual column",
        Postgres,
        "a int, b text GENERATED ALWAYS AS (a::text) VIRTUAL",
    ),
    (
        "storage and compression",
        Postgres,
        "a text STORAGE external COMPRESSION lz4 COLLATE \"C\" NOT NULL, b text",
    ),
    (
        "periods",
        Postgres,
        "a int, b tstzrange, PRIMARY KEY (a, b WITHOUT OVERLAPS), FOREIGN KEY (a, PERIOD b) REFERENCES source (p, PERIOD q)",
    ),
    (
        "parameters of keys",
        Postgres,
        "a int, b text, UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b) WITH (fillfactor = 70) USING INDEX TABLESPACE x",
    ),
    (
        "columns to be set to NULL",
        Postgres,
        "a int, b int, FOREIGN KEY (a, b) REFERENCES source (p, q) ON DELETE SET NULL (a)",
    ),
    (
        "options of a foreign table",
        Postgres,
        "a int OPTIONS (column_name 'x') NOT NULL, b text",
    ),
    ("a vector index", Mysql, "a int, VECTOR INDEX (a), b text"),
    (
        "a period of time",
        Mysql,
        "a int, s timestamp(6) GENERATED ALWAYS AS ROW START, PERIOD FOR SYSTEM_TIME (s, s), b text",
    ),
    (
        "options of indexes",
        Mysql,
        "a int, KEY k (a) USING BTREE KEY_BLOCK_SIZE = 8 INVISIBLE, FULLTEXT f (b) WITH PARSER ngram, b text",
    ),
    (
        "old spellings",
        Mysql,
        "a int(8) unsigned zerofill, b char(3) binary character set latin1 collate latin1_bin not null",
    ),
    (
        "an unknown option",
        Mysql,
        "a int FROBNICATED = 3 NOT NULL COMMENT 'a', b text",
    ),
    (
        "columns called like what else can stand there",
        Mysql,
        "`key` int, `index` int, `check` int, period int, vector int, b text",
    ),
    (
        "columns called like what else can stand there",
        Postgres,
        "\"like\" int, \"unique\" int, exclude int, period int, key int, index int, b text",
    ),
    (
        "no comma before a constraint",
        Sqlite,
        "a int, b text, CHECK (a > 0) UNIQUE (a) CHECK (b <> '')",
    ),
    (
        "conflict clauses",
        Sqlite,
        "a int NOT NULL ON CONFLICT FAIL UNIQUE ON CONFLICT REPLACE, b text, PRIMARY KEY (a) ON CONFLICT ABORT",
    ),
    (
        "many words as a type",
        Sqlite,
        "a UNSIGNED BIG INT NOT NULL, b LONG VARCHAR(10, 1), c, d FLOATING POINT",
    ),
];

#[test]
fn what_is_unknown_loses_no_table_and_invents_no_column() {
    let mut text = String::new();
    for (title, dialect, elements) in ELEMENTS {
        let sql = format!(
            "CREATE TABLE source (p int, q int, PRIMARY KEY (p, q));\nCREATE TABLE t ({elements});\nCREATE TABLE last (id int);"
        );
        let (parsed, diagnostics) = parse_one(*dialect, &sql);
        assert!(!diagnostics.has_errors(), "{title}: {diagnostics}");
        assert_eq!(parsed.catalog.tables.len(), 3, "{title}");
        let outline = outline_of(*dialect, &sql);
        let (_, outline) = outline.split_once("table t\n").unwrap();
        let outline = outline
            .replace("table last\n", "")
            .replace("  id: i32 [int] null\n", "");
        text += &format!(
            "── {title} ({dialect}): {elements}\n{}\n",
            outline.replace("  id: i64 [int] null\n", "")
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_table_that_is_declared_again_as_it_was_is_a_warning() {
    let table = "CREATE TABLE a (id integer PRIMARY KEY, b integer NOT NULL REFERENCES a (id), CONSTRAINT u UNIQUE (b), CHECK (b > 0));\n";
    for dialect in Dialect::ALL {
        let (parsed, diagnostics) = parse_one(dialect, &format!("{table}{}", table.to_lowercase()));
        assert_eq!(parsed.catalog.tables.len(), 1);
        let said: Vec<&str> = diagnostics
            .iter()
            .map(|said| said.message.as_str())
            .collect();
        assert_eq!(
            said,
            ["table `a` is declared again, as it was"],
            "{dialect}"
        );
        let other = table.replace(" NOT NULL", "");
        let (parsed, diagnostics) = parse_one(dialect, &format!("{table}{other}"));
        assert_eq!(parsed.catalog.tables.len(), 1);
        assert!(
            !parsed.catalog.tables[0].columns[1].nullable,
            "the first declaration holds"
        );
        let said: Vec<&str> = diagnostics
            .errors()
            .map(|said| said.message.as_str())
            .collect();
        assert_eq!(said, ["table `a` is declared twice"], "{dialect}");
    }
}

#[test]
fn words_that_only_look_like_those_that_lead_to_an_object_end_in_an_error() {
    // Each of these once sent a reader on a search without an end.
    for (dialect, text) in [
        (Postgres, "CREATE $SEQUENCE s START WITH 1;"),
        (Postgres, "ALTER TABLE$a RENAME TO b;"),
        (Mysql, "CREATE `SEQUENCE` s; CREATE OR REPLACE 'x' SEQUENCE"),
    ] {
        let (parsed, _) = parse_one(dialect, text);
        assert_eq!(parsed.catalog.tables, Vec::new());
    }
}

#[test]
fn a_dump_that_clears_the_way_for_itself_keeps_all_that_it_declares() {
    let dump = "ALTER TABLE ONLY public.a DROP CONSTRAINT a_up_fkey;
        ALTER TABLE ONLY public.a DROP CONSTRAINT a_pkey;
        ALTER TABLE public.a ALTER COLUMN id DROP DEFAULT;
        DROP INDEX public.by_up;
        DROP INDEX public.of_part;
        DROP INDEX public.of_view;
        DROP SEQUENCE public.a_id_seq;
        DROP MATERIALIZED VIEW public.v;
        DROP TABLE public.part;
        DROP TABLE public.a;
        DROP TYPE public.mood;
        CREATE TYPE public.mood AS ENUM ('x');
        CREATE TABLE public.a (id int NOT NULL, up int, m public.mood) PARTITION BY LIST (id);
        CREATE SEQUENCE public.a_id_seq;
        CREATE TABLE public.part (id int NOT NULL, up int, m public.mood);
        ALTER TABLE ONLY public.a ATTACH PARTITION public.part DEFAULT;
        CREATE MATERIALIZED VIEW public.v AS SELECT a.id FROM public.a;
        ALTER TABLE ONLY public.a ALTER COLUMN id SET DEFAULT nextval('public.a_id_seq'::regclass);
        ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
        CREATE INDEX by_up ON public.a (up);
        CREATE INDEX of_part ON public.part (up);
        CREATE INDEX of_view ON public.v (id);
        ALTER TABLE ONLY public.a ADD CONSTRAINT a_up_fkey FOREIGN KEY (up) REFERENCES public.a (id);";
    let (parsed, diagnostics) = parse_one(Postgres, dump);
    let said: Vec<&str> = diagnostics
        .errors()
        .chain(diagnostics.warnings())
        .map(|said| said.message.as_str())
        .collect();
    assert_eq!(said, ["`CREATE INDEX on a view` is left out"]);
    let [table] = parsed.catalog.tables.as_slice() else {
        panic!("{:?}", parsed.catalog.tables);
    };
    assert_eq!(table.key_columns(), ["id"]);
    assert!(table.columns[0].default.is_some());
    assert_eq!((table.foreign_keys.len(), table.indexes.len()), (1, 1));
    // What never comes is told.
    let (_, said) = read(
        Postgres,
        "DROP INDEX i;\nDROP TABLE t;\nALTER TABLE u DROP CONSTRAINT c;",
    );
    let expected = [
        "unknown table `u`",
        "there is no index `i` to drop",
        "there is no table `t` to drop",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_default_that_the_column_refuses_is_none() {
    let (parsed, _) = parse_one(
        Postgres,
        "CREATE TABLE base (id int, a int DEFAULT 1 NOT NULL, b int DEFAULT 1 NOT NULL, c int DEFAULT 1);
        CREATE TABLE child (id int) INHERITS (base);
        ALTER TABLE ONLY child ALTER COLUMN a SET DEFAULT NULL;
        ALTER TABLE ONLY child ALTER COLUMN c SET DEFAULT NULL;",
    );
    let columns = parsed.catalog.tables[1].columns.iter();
    let optional = columns.map(|column| (column.name.as_str(), column.is_optional_on_insert()));
    let optional: Vec<_> = optional.collect();
    assert_eq!(
        optional,
        [("id", true), ("a", false), ("b", true), ("c", true)]
    );
}

#[test]
fn how_something_is_stored_is_no_warning() {
    let quiet: &[(Dialect, &str)] = &[
        (
            Postgres,
            "CREATE TABLE t (a text); ALTER TABLE t ALTER a SET STATISTICS 500; ALTER TABLE ONLY t ALTER COLUMN a SET STORAGE EXTERNAL, ALTER a SET COMPRESSION lz4;",
        ),
        (
            Postgres,
            "CREATE TABLE t (a text); CREATE INDEX i ON t (a) WITH (fillfactor = 70) TABLESPACE fast;",
        ),
        (
            Mysql,
            "CREATE TABLE t (a varchar(9) COLUMN_FORMAT DYNAMIC STORAGE DISK, KEY (a) USING BTREE KEY_BLOCK_SIZE = 8);",
        ),
    ];
    for (dialect, text) in quiet {
        let (tables, said) = read(*dialect, text);
        assert_eq!(tables, ["t(a)"], "{text}");
        assert!(said.is_empty(), "{text}: {said:?}");
        let (_, diagnostics) = parse_one(*dialect, text);
        assert!(diagnostics.notes().count() > 0, "{text}");
    }
    let (_, said) = read(
        Postgres,
        "CREATE TABLE t (a text); ALTER TABLE t ALTER a SET SOMETHING 5;",
    );
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn sqlite_takes_any_words_for_a_type_and_those_that_say_nothing_are_a_value() {
    let types = [
        ("STRING", "Other"),
        ("\"my type (5)\"", "Other"),
        ("MONEY", "Other"),
        ("POINT", "Other"),
        ("UNSIGNED BIG INT", "Integer { size: Big, unsigned: false }"),
        (
            "VARYING CHARACTER(255)",
            "Text { length: Some(255), fixed: false }",
        ),
        ("LONGVARCHAR", "Text { length: None, fixed: false }"),
        ("[odd text]", "Text { length: None, fixed: false }"),
        ("MY BLOB", "Bytes { length: None, fixed: false }"),
        ("DATETIME2", "Timestamp { precision: None, zone: false }"),
        ("", "Other"),
    ];
    for (written, expected) in types {
        let (parsed, diagnostics) = parse_one(Sqlite, &format!("CREATE TABLE t (a {written});"));
        let kind = &parsed.catalog.tables[0].columns[0].ty.kind;
        assert_eq!(format!("{kind:?}"), expected, "{written}");
        assert_eq!(diagnostics.errors().count(), 0, "{written}");
    }
}
