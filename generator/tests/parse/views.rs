//! What is concluded of the columns of a view from what stands in its FROM.

use aludel_catalog::{
    Dialect::{self, Mysql, Postgres, Sqlite},
    Name,
};

use crate::outline::parse_one;

const TABLES: &str = "
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL, nick text, born date NOT NULL, doc json NOT NULL);
CREATE TABLE pet (id integer PRIMARY KEY, person_id integer NOT NULL, name text NOT NULL);
";

/// The columns of a view of this query: name, type, and a question mark where it can be NULL; or what is said instead.
fn columns(dialect: Dialect, query: &str) -> String {
    let of_postgres = match dialect {
        Postgres => {
            "CREATE TABLE lists (tags varchar(20)[] NOT NULL, grid numeric(10,2)[][] NOT NULL, at timestamp(3) with time zone[], small smallint NOT NULL);"
        }
        Sqlite | Mysql => "",
    };
    let text = format!("{TABLES}{of_postgres}CREATE VIEW v AS {query};");
    let (parsed, diagnostics) = parse_one(dialect, &text);
    let said: Vec<&str> = diagnostics
        .errors()
        .chain(diagnostics.warnings())
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    if !said.is_empty() {
        return said.join("; ");
    }
    let columns = &parsed.annotations.tables[&Name::new("v")].view_columns;
    let columns = columns.iter().map(|noted| {
        let column = &noted.value;
        let mark = if column.nullable.unwrap() { "?" } else { "" };
        format!("{} {}{mark}", column.name, column.ty.as_ref().unwrap().sql)
    });
    columns.collect::<Vec<_>>().join(", ")
}

fn assert_all(cases: &[(Dialect, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(dialect, query, expected)| {
            let found = columns(*dialect, query);
            (found != *expected)
                .then(|| format!("{dialect}: {query}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

const UNKNOWN_X: &str = "view `v` becomes no model: the type of its column `x` is not known";
const UNKNOWN_STAR: &str = "view `v` becomes no model: `*` stands for columns of something that the schema does not declare";

#[test]
fn a_lateral_subquery_sees_what_stands_before_it_and_an_outer_join_makes_it_nullable() {
    for dialect in [Postgres, Mysql] {
        assert_all(&[
            (
                dialect,
                "SELECT l.name, l.nick FROM person p, LATERAL (SELECT p.name, p.nick) AS l",
                "name text, nick text?",
            ),
            (
                dialect,
                "SELECT p.name, l.* FROM person p LEFT JOIN LATERAL (SELECT p.id, t.name AS pet FROM pet t WHERE t.person_id = p.id) AS l ON true",
                "name text, id integer?, pet text?",
            ),
            (
                dialect,
                "SELECT l.a, l.b FROM person p CROSS JOIN LATERAL (SELECT count(*), p.born FROM pet t WHERE t.person_id = p.id) AS l (a, b)",
                "a bigint, b date",
            ),
            (
                dialect,
                "SELECT m.y FROM person p JOIN LATERAL (SELECT p.name AS x) AS l ON true JOIN LATERAL (SELECT l.x AS y) AS m ON true",
                "y text",
            ),
            // What it looks at can be NULL already, and what it looks at may be so only afterwards.
            (
                dialect,
                "SELECT l.x FROM person p LEFT JOIN pet t ON t.person_id = p.id JOIN LATERAL (SELECT t.name AS x) AS l ON true",
                "x text?",
            ),
            (
                dialect,
                "SELECT l.x FROM person p JOIN LATERAL (SELECT p.name AS x) AS l ON true RIGHT JOIN pet t ON t.person_id = p.id",
                "x text?",
            ),
            // Without the word, it sees what is around the whole query, and nothing beside it.
            (
                dialect,
                "SELECT (SELECT max(s.x) FROM (SELECT p.name AS x) AS s) AS x FROM person p",
                "x text?",
            ),
            (
                dialect,
                "SELECT s.x FROM person p, (SELECT p.name AS x) AS s",
                UNKNOWN_X,
            ),
        ]);
    }
}

#[test]
fn a_function_in_from_has_the_columns_that_postgresql_gives_it() {
    assert_all(&[
        (
            Postgres,
            "SELECT * FROM generate_series(1, 2)",
            "generate_series integer",
        ),
        (
            Postgres,
            "SELECT x FROM generate_series(1, 2::bigint) AS x",
            "x bigint",
        ),
        (
            Postgres,
            "SELECT * FROM generate_series(1, 2, 0.5) AS s (x)",
            "x numeric",
        ),
        (
            Postgres,
            "SELECT x FROM person p, generate_series(p.born, p.born, '1 day') x",
            "x timestamp with time zone",
        ),
        (
            Postgres,
            "SELECT x FROM person p, generate_series(p.born, localtimestamp, '1 day') x",
            "x timestamp",
        ),
        // The database knows no form for two small numbers, nor do we for texts.
        (
            Postgres,
            "SELECT x FROM lists l, generate_series(l.small, l.small) x",
            UNKNOWN_X,
        ),
        (
            Postgres,
            "SELECT x FROM lists l, generate_series(l.small, 7) x",
            "x integer",
        ),
        (
            Postgres,
            "SELECT x FROM generate_series('2020-01-01', '2020-01-02', '1 day') x",
            UNKNOWN_X,
        ),
        (
            Postgres,
            "SELECT tag, g, a FROM lists l, unnest(l.tags) tag, LATERAL unnest(l.grid) g, unnest(l.at) AS z (a)",
            "tag varchar?, g numeric?, a timestamp with time zone?",
        ),
        (
            Postgres,
            "SELECT x, y FROM unnest(ARRAY['a']) x, unnest(ARRAY['a', NULL]) y",
            "x text, y text?",
        ),
        (
            Postgres,
            "SELECT * FROM unnest(ARRAY[1], ARRAY['a']) AS z (x, y)",
            "x integer?, y text?",
        ),
        (
            Postgres,
            "SELECT * FROM unnest(ARRAY[1]) WITH ORDINALITY AS z",
            "z integer, ordinality bigint",
        ),
        (
            Postgres,
            "SELECT * FROM lists l LEFT JOIN LATERAL unnest(ARRAY[1]) WITH ORDINALITY AS z (x, n) ON true",
            "tags varchar(20)[], grid numeric(10,2)[][], at timestamp(3) with time zone[]?, small smallint, x integer?, n bigint?",
        ),
        (
            Postgres,
            "SELECT * FROM unnest('a:1'::tsvector)",
            UNKNOWN_STAR,
        ),
        (
            Postgres,
            "SELECT e.* FROM person p, json_each(p.doc) e",
            "key text, value json",
        ),
        (
            Postgres,
            "SELECT e.* FROM person p, jsonb_each_text(p.doc::jsonb) AS e (k)",
            "k text, value text?",
        ),
        (
            Postgres,
            "SELECT * FROM jsonb_array_elements('[]') AS x",
            "value jsonb",
        ),
        (
            Postgres,
            "SELECT x, x ->> 'a' AS a FROM jsonb_array_elements('[]') AS x",
            "x jsonb, a text?",
        ),
        (
            Postgres,
            "SELECT e AS x, e.item FROM person p LEFT JOIN json_array_elements_text(p.doc) AS e (item) ON true",
            "x text?, item text?",
        ),
        // With a number, the alias is a whole row. A column goes before it, even from further outside.
        (
            Postgres,
            "SELECT x FROM jsonb_array_elements('[]') WITH ORDINALITY AS x",
            UNKNOWN_X,
        ),
        (
            Postgres,
            "SELECT (SELECT max(nick) FROM json_each('{}') AS nick) AS x FROM person",
            "x text?",
        ),
        (
            Postgres,
            "SELECT json_object_keys AS k FROM json_object_keys('{}')",
            "k text",
        ),
        (
            Postgres,
            "SELECT x, y, z FROM regexp_split_to_table('a', ',') x, string_to_table('a', ',') y, string_to_table('a', ',', 'b') z",
            "x text, y text, z text?",
        ),
        (
            Postgres,
            "SELECT x.* FROM pg_catalog.generate_series(1, 2) x",
            "x integer",
        ),
        (
            Postgres,
            "SELECT x FROM mine.generate_series(1, 2) x",
            UNKNOWN_X,
        ),
        (
            Postgres,
            "SELECT * FROM json_to_recordset('[]') AS x (a int, b text)",
            "a int?, b text?",
        ),
        (
            Postgres,
            "SELECT r.x FROM mine() AS r (x no_such_type)",
            UNKNOWN_X,
        ),
        (
            Sqlite,
            "SELECT j.type, j.id, j.parent, j.fullkey FROM person p, json_each(p.doc) AS j",
            "type text, id bigint, parent bigint?, fullkey text",
        ),
        (
            Sqlite,
            "SELECT json_tree.path AS x FROM person p LEFT JOIN json_tree(p.doc)",
            "x text?",
        ),
        (
            Sqlite,
            "SELECT j.value AS x FROM json_each('[]') AS j",
            UNKNOWN_X,
        ),
        (
            Sqlite,
            "SELECT value AS x FROM generate_series(1, 2)",
            UNKNOWN_X,
        ),
        (
            Sqlite,
            "SELECT * FROM pragma_table_info('person')",
            UNKNOWN_STAR,
        ),
    ]);
}

#[test]
fn json_table_has_the_columns_that_it_lists() {
    assert_all(&[
        (
            Mysql,
            "SELECT p.id, j.* FROM person p, JSON_TABLE(p.doc, '$[*]' COLUMNS (n FOR ORDINALITY, a varchar(10) PATH '$.a', b int EXISTS PATH '$.b', NESTED PATH '$.c[*]' COLUMNS (m FOR ORDINALITY, c int EXISTS PATH '$'))) AS j",
            "id integer, n bigint, a varchar(10)?, b int, m bigint?, c int?",
        ),
        (
            Mysql,
            "SELECT p.id, j.n FROM person p LEFT JOIN JSON_TABLE(p.doc, '$[*]' COLUMNS (n FOR ORDINALITY)) AS j ON true",
            "id integer, n bigint?",
        ),
        (
            Mysql,
            "SELECT j.x FROM person p, JSON_TABLE(p.doc, '$[*]' COLUMNS (x no_such_type PATH '$.a')) AS j",
            UNKNOWN_X,
        ),
    ]);
}

#[test]
fn rows_that_are_written_down_are_a_table() {
    assert_all(&[
        (
            Postgres,
            "SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS v (id, name)",
            "id integer, name text?",
        ),
        (
            Postgres,
            "SELECT * FROM (VALUES (1, 1.5), (2, 2)) AS v",
            "column1 integer, column2 numeric",
        ),
        (
            Postgres,
            "SELECT l.* FROM person p, LATERAL (VALUES ('name', p.name), ('nick', p.nick)) AS l (what, x)",
            "what text, x text?",
        ),
        (
            Postgres,
            "SELECT x FROM (VALUES (1), ('2020-01-01'::date)) AS v (x)",
            UNKNOWN_X,
        ),
        (
            Sqlite,
            "SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS v",
            "column1 bigint, column2 text?",
        ),
        (
            Mysql,
            "SELECT * FROM (VALUES ROW(1, 'a'), ROW(2, NULL)) AS v",
            "column_0 bigint, column_1 text?",
        ),
        (
            Mysql,
            "SELECT * FROM (VALUES ROW(1, 'a')) AS v (id, name)",
            "id bigint, name text",
        ),
        (
            Mysql,
            "SELECT * FROM (VALUES (1, 'a')) AS v",
            "view `v` becomes no model: its column 1 has no name",
        ),
    ]);
}

#[test]
fn what_is_not_known_leaves_the_rest_as_it_is() {
    assert_all(&[
        (
            Postgres,
            "SELECT p.id, p.nick FROM person p, mine(p.id) f",
            "id integer, nick text?",
        ),
        (
            Postgres,
            "SELECT p.id, t.name FROM person p LEFT JOIN pet t ON true LEFT JOIN LATERAL mine(p.id) f ON true",
            "id integer, name text?",
        ),
        (
            Postgres,
            "SELECT p.name FROM person p RIGHT JOIN mine() f ON true",
            "name text?",
        ),
        (
            Postgres,
            "SELECT l.id FROM person p, LATERAL (SELECT p.id FROM mine(p.id) f) l",
            "id integer",
        ),
        // A name alone may be one of its columns.
        (
            Postgres,
            "SELECT l.x FROM person p, LATERAL (SELECT id AS x FROM mine(p.id) f) l",
            UNKNOWN_X,
        ),
        (
            Postgres,
            "SELECT id AS x FROM person NATURAL FULL JOIN mine()",
            UNKNOWN_X,
        ),
        (
            Postgres,
            "SELECT person.id AS x FROM person NATURAL FULL JOIN mine()",
            "x integer?",
        ),
        // What is compared is one column of two.
        (
            Postgres,
            "SELECT p.id AS mine, id AS either FROM person p RIGHT JOIN pet t USING (id) WHERE id > 0",
            "mine integer?, either integer",
        ),
        (
            Postgres,
            "SELECT p.id AS mine FROM person p RIGHT JOIN mine() f USING (id) WHERE id > 0",
            "mine integer?",
        ),
        (
            Postgres,
            "SELECT p.nick FROM person p LEFT JOIN pet t USING (id) WHERE nick > 'a'",
            "nick text",
        ),
        (
            Sqlite,
            "SELECT p.rowid AS mine, t.rowid AS theirs FROM person p LEFT JOIN pet t ON t.person_id = p.id",
            "mine bigint, theirs bigint?",
        ),
        (
            Sqlite,
            "SELECT oid AS x FROM person p, mine(p.id) f",
            UNKNOWN_X,
        ),
    ]);
}

#[test]
fn the_indexes_of_a_materialized_view_are_left_out_with_all_that_is_said_of_them() {
    let text = "CREATE TABLE person (id integer PRIMARY KEY, name text);
        CREATE SCHEMA app;
        CREATE MATERIALIZED VIEW app.kept AS SELECT id, name FROM person WITH NO DATA;
        CREATE UNIQUE INDEX kept_id ON app.kept USING btree (id);
        CREATE INDEX ON app.kept (lower(name));
        ALTER INDEX app.kept_id RENAME TO kept_key;
        COMMENT ON INDEX app.kept_key IS 'by id';
        ALTER MATERIALIZED VIEW app.kept CLUSTER ON kept_key;
        REFRESH MATERIALIZED VIEW CONCURRENTLY app.kept;
        DROP INDEX app.kept_key;
        DROP INDEX app.never_there;";
    let (parsed, diagnostics) = parse_one(Postgres, text);
    let said = diagnostics.errors().chain(diagnostics.warnings());
    let said: Vec<&str> = said.map(|diagnostic| diagnostic.message.as_str()).collect();
    let left_out = "`CREATE INDEX on a view` is left out";
    let missing = "there is no index `app.never_there` to drop";
    assert_eq!(said, [left_out, left_out, missing]);
    assert!(parsed.catalog.views[0].materialized);
}
