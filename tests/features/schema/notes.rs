//! m02, m05, m11, m12: what a YAML schema says, beside what SQL can say.

use aludel::prelude::Expression;
use aludel_build::Dialect;
use aludel_testing::models::Note;

use crate::features::tables;

#[test]
fn m02_the_same_schema_in_sql_and_in_yaml_is_the_same() {
    let sql = "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption VARCHAR(50) NOT NULL DEFAULT '篮球');\n\
        CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, hobby_id INTEGER NOT NULL REFERENCES hobby (id) ON DELETE CASCADE);\n\
        CREATE INDEX person_name ON person (name);\n";
    let yaml = "version: 1\ntables:\n  hobby:\n    columns:\n      id: INTEGER pk\n      \
        caption: VARCHAR(50) = '篮球'\n  person:\n    columns:\n      id: INTEGER pk\n      name: TEXT null\n      \
        hobby_id: { type: INTEGER, references: hobby.id, on_delete: cascade }\n    \
        indexes:\n      - { on: name, name: person_name }\n";
    let models = |extension: &str, text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let schema = folder.path().join("schema").with_extension(extension);
        std::fs::write(&schema, text).unwrap();
        let out = folder.path().join("out");
        let builder = aludel_build::schema(&schema).dialect(Dialect::Sqlite);
        builder.output(&out).run().unwrap();
        ["hobby.rs", "person.rs", "lib.rs"].map(|file| {
            let text = std::fs::read_to_string(out.join(file)).unwrap();
            text.replace(schema.to_str().unwrap(), "schema")
        })
    };
    let [from_sql, from_yaml] = [models("sql", sql), models("yaml", yaml)];
    for (sql, yaml) in from_sql.iter().zip(&from_yaml) {
        assert_eq!(sql, yaml);
    }
}

#[test]
fn m05_the_client_fills_in_what_an_insert_does_not_say() {
    let conn = tables();
    let [one, two] = ["a", "b"].map(|title| conn.insert(Note::insert().title(title)).unwrap());
    assert_eq!((one.kind.as_str(), one.status), ("篮球", 7));
    assert_ne!(one.token, two.token);
    assert!(one.created_at <= two.created_at);
    assert!(one.created_at.and_utc().timestamp() > 1_700_000_000);

    let chosen = Note::insert().title("c").kind("letter").token(one.token);
    let chosen = conn.insert(chosen).unwrap();
    assert_eq!((chosen.kind.as_str(), chosen.token), ("letter", one.token));
}

#[test]
fn m05_what_changes_with_the_row_is_set_by_every_update() {
    let conn = tables();
    let note = conn.insert(Note::insert().title("a")).unwrap();
    let update = || conn.update::<Note>().filter(Note::id.eq(note.id));
    assert_eq!(update().set(Note::title.set("b")).execute().unwrap(), 1);
    let changed = conn.get::<Note>(note.id).unwrap().unwrap();
    assert!(changed.updated_at.unwrap() >= note.created_at);
    assert_eq!(changed.created_at, note.created_at);

    let cleared = update().set(Note::updated_at.set(None)).execute();
    assert_eq!(cleared.unwrap(), 1);
    assert_eq!(conn.get::<Note>(note.id).unwrap().unwrap().updated_at, None);
    assert_eq!(update().execute().unwrap(), 0);
    assert_eq!(conn.get::<Note>(note.id).unwrap().unwrap().updated_at, None);
}

#[test]
fn m11_the_schema_says_how_an_instance_is_displayed() {
    let note = tables().insert(Note::insert().title("wash")).unwrap();
    assert_eq!(note.to_string(), "<Note(title='wash')>");
    let hobby = aludel_tour::Hobby {
        id: 1,
        caption: "篮球".to_owned(),
    };
    assert_eq!(hobby.to_string(), "<Hobby id=1>");
}

aludel::alias!(other = Note);

#[test]
fn m12_a_property_is_read_with_the_row_and_filtered_by() {
    let conn = tables();
    for title in ["a", "bbb", "cc"] {
        let note = conn.insert(Note::insert().title(title)).unwrap();
        assert_eq!(note.length, title.len() as i64);
    }
    let long = conn
        .query::<Note>()
        .filter(Note::length.gt(1))
        .order_by(Note::length.desc())
        .select((Note::title, Note::length + 1));
    let rows = [("bbb", 4), ("cc", 3)].map(|(title, length)| (title.to_owned(), length));
    assert_eq!(long.all().unwrap(), rows);
    // Of an alias, it is that of the other row.
    let pairs = conn
        .query::<(Note, other)>()
        .filter(other.col(Note::length).eq(Note::length + 1) & Note::title.eq("a"))
        .select(other.entity());
    let other_row = pairs.one().unwrap();
    assert_eq!((other_row.title.as_str(), other_row.length), ("cc", 2));
    // It cannot be set, but what it is computed from can.
    let doubled = conn
        .update::<Note>()
        .set(Note::title.set(Note::title + Note::title));
    assert_eq!(doubled.filter(Note::length.eq(3)).execute().unwrap(), 1);
    let six = conn.query::<Note>().filter(Note::length.eq(6));
    assert_eq!(six.one().unwrap().title, "bbbbbb");
}
