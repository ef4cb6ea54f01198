//! Schemas differ from themselves in nothing, and from what their databases give back of them neither.

use std::{
    fs,
    path::{Path, PathBuf},
};

use aludel_build::Dialect;
use aludel_catalog::{
    Catalog, ddl,
    difference::{Difference, Renames},
};

fn read(sql: &str, dialect: Dialect) -> Catalog {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.sql");
    fs::write(&path, sql).unwrap();
    match aludel_build::inspect(&[path], dialect) {
        Ok(inspected) => inspected.catalog,
        Err(errors) => panic!("{errors}"),
    }
}

fn told(from: &Catalog, to: &Catalog) -> Vec<String> {
    let difference = Difference::between(from, to, &Renames::default()).unwrap();
    difference.changes.iter().map(ToString::to_string).collect()
}

/// The schemas of the golden cases, and the dumps of the workspace.
fn schemas() -> Vec<PathBuf> {
    let mut schemas = Vec::new();
    for entry in fs::read_dir("tests/golden").unwrap() {
        let folder = entry.unwrap().path();
        schemas.extend(["schema.sql", "schema.yaml", "schema"].map(|name| folder.join(name)));
    }
    for dialect in Dialect::ALL {
        let folder = Path::new("../tests/dumps").join(dialect.as_str());
        schemas.extend(
            fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path()),
        );
    }
    schemas.retain(|path| path.exists());
    schemas
}

/// The dialect of a dump is the name of its folder; that of others is found.
fn dialect_of(path: &Path) -> Option<Dialect> {
    let folder = path.parent()?.file_name()?.to_str()?;
    folder.parse().ok()
}

#[test]
fn m15_no_schema_differs_from_itself() {
    let (mut compared, mut written) = (0, 0);
    for path in schemas() {
        let Ok(inspected) = aludel_build::inspect(std::slice::from_ref(&path), dialect_of(&path))
        else {
            continue;
        };
        let schema = inspected.catalog;
        let again = aludel_build::inspect(std::slice::from_ref(&path), dialect_of(&path))
            .unwrap()
            .catalog;
        assert_eq!(
            told(&schema, &again),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
        compared += 1;
        if ddl::create_all(&schema, schema.dialect).is_ok() {
            let script = ddl::alter(&schema, &again, &Renames::default(), schema.dialect);
            assert_eq!(script.unwrap().statements, [], "{}", path.display());
            written += 1;
        }
    }
    assert!(compared > 100 && written > 50, "{compared} {written}");
}

/// What somebody wrote, and what the database gives back of it.
const GIVEN_BACK: [(Dialect, &str, &str); 3] = [
    (
        Dialect::Postgres,
        "CREATE TYPE mood AS ENUM ('sad', 'happy');
         CREATE TABLE hobby (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
         CREATE TABLE person (
             id serial PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'x' UNIQUE, kind text CHECK (kind IN ('a', 'b')),
             at timestamptz DEFAULT CURRENT_TIMESTAMP, m mood DEFAULT 'sad', n int DEFAULT -1 CHECK (n BETWEEN -5 AND 5),
             price numeric(8,2) CHECK (price > 0.5), twice int GENERATED ALWAYS AS (n * 2) STORED,
             hobby_id int REFERENCES hobby ON DELETE CASCADE, note text DEFAULT NULL
         );
         CREATE UNIQUE INDEX ON person (lower(name)) WHERE kind <> 'a';",
        "SET default_table_access_method = heap;
         CREATE TYPE public.mood AS ENUM ('sad', 'happy');
         CREATE TABLE public.hobby (id integer NOT NULL);
         ALTER TABLE public.hobby ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
             SEQUENCE NAME public.hobby_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1);
         CREATE TABLE public.person (
             id integer NOT NULL, name character varying(20) DEFAULT 'x'::character varying NOT NULL, kind text,
             at timestamp with time zone DEFAULT now(), m public.mood DEFAULT 'sad'::public.mood, n integer DEFAULT '-1'::integer,
             price numeric(8,2), twice integer GENERATED ALWAYS AS ((n * 2)) STORED, hobby_id integer, note text,
             CONSTRAINT person_kind_check CHECK ((kind = ANY (ARRAY['a'::text, 'b'::text]))),
             CONSTRAINT person_n_check CHECK (((n >= '-5'::integer) AND (n <= 5))),
             CONSTRAINT person_price_check CHECK ((price > 0.5))
         );
         CREATE SEQUENCE public.person_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
         ALTER SEQUENCE public.person_id_seq OWNED BY public.person.id;
         ALTER TABLE ONLY public.person ALTER COLUMN id SET DEFAULT nextval('public.person_id_seq'::regclass);
         ALTER TABLE ONLY public.hobby ADD CONSTRAINT hobby_pkey PRIMARY KEY (id);
         ALTER TABLE ONLY public.person ADD CONSTRAINT person_name_key UNIQUE (name);
         ALTER TABLE ONLY public.person ADD CONSTRAINT person_pkey PRIMARY KEY (id);
         CREATE UNIQUE INDEX person_lower_idx ON public.person USING btree (lower((name)::text)) WHERE (kind <> 'a'::text);
         ALTER TABLE ONLY public.person ADD CONSTRAINT person_hobby_id_fkey FOREIGN KEY (hobby_id) REFERENCES public.hobby(id) ON DELETE CASCADE;",
    ),
    (
        Dialect::Mysql,
        "CREATE TABLE hobby (id int AUTO_INCREMENT PRIMARY KEY);
         CREATE TABLE person (
             id int AUTO_INCREMENT PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'x' UNIQUE, flag bool NOT NULL DEFAULT false,
             at datetime DEFAULT now() ON UPDATE now(), kind enum('a', 'b') DEFAULT 'a', n int DEFAULT -1, price decimal(8,2) DEFAULT 1,
             twice int AS (n * 2) STORED, hobby_id int, body text, CHECK (n > 0 AND name <> ''),
             FOREIGN KEY (hobby_id) REFERENCES hobby (id) ON DELETE CASCADE
         );",
        "CREATE TABLE `hobby` (`id` int(11) NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
         CREATE TABLE `person` (
             `id` int(11) NOT NULL AUTO_INCREMENT, `name` varchar(20) NOT NULL DEFAULT 'x', `flag` tinyint(1) NOT NULL DEFAULT 0,
             `at` datetime DEFAULT current_timestamp() ON UPDATE current_timestamp(), `kind` enum('a','b') DEFAULT 'a',
             `n` int(11) DEFAULT -1, `price` decimal(8,2) DEFAULT 1.00, `twice` int(11) GENERATED ALWAYS AS (`n` * 2) STORED,
             `hobby_id` int(11) DEFAULT NULL, `body` text DEFAULT NULL,
             PRIMARY KEY (`id`), UNIQUE KEY `name` (`name`), KEY `hobby_id` (`hobby_id`),
             CONSTRAINT `person_ibfk_1` FOREIGN KEY (`hobby_id`) REFERENCES `hobby` (`id`) ON DELETE CASCADE,
             CONSTRAINT `CONSTRAINT_1` CHECK (`n` > 0 and `name` <> '')
         ) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;",
    ),
    (
        Dialect::Sqlite,
        "CREATE TABLE hobby (id INTEGER PRIMARY KEY);
         CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'x', n INT CHECK (n > 0), hobby_id INT REFERENCES hobby);
         CREATE INDEX by_name ON person (name);",
        "CREATE TABLE \"hobby\" (\"id\" INTEGER, PRIMARY KEY (\"id\"));
         CREATE TABLE \"person\" (
             \"id\" INTEGER PRIMARY KEY, \"name\" varchar( 20 ) DEFAULT 'x' NOT NULL, \"n\" INTEGER, \"hobby_id\" INTEGER,
             CHECK ((\"n\">0)), FOREIGN KEY (hobby_id) REFERENCES \"hobby\" (id) ON DELETE NO ACTION);
         CREATE INDEX \"by_name\" ON \"person\" (\"name\" ASC);",
    ),
];

#[test]
fn m15_what_a_database_gives_back_does_not_differ_from_what_was_written() {
    for (dialect, written, given) in GIVEN_BACK {
        let (written, given) = (read(written, dialect), read(given, dialect));
        assert_eq!(told(&given, &written), Vec::<String>::new(), "{dialect}");
        // MySQL says what the schema leaves to it: its characters, and the index of a foreign key.
        if dialect != Dialect::Mysql {
            assert_eq!(told(&written, &given), Vec::<String>::new(), "{dialect}");
        }
        let script = ddl::alter(&given, &written, &Renames::default(), dialect).unwrap();
        assert_eq!(script.statements, [], "{dialect}");
    }
}
