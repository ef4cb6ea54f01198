//! INSERT: a required column left out, or a value that does not fit; upserts, and inserts from a query.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
        title: "Inserts",
        wrong: &[
            (
                "A required column is missing",
                r#"conn.insert(User::insert().age(3))?;"#,
            ),
            (
                "Two required columns are missing",
                r#"conn.insert(Post::insert().user_id(1))?;"#,
            ),
            (
                "A required column between others is missing",
                r#"conn.insert(Post::insert().body("b").user_id(1))?;"#,
            ),
            (
                "Nothing is given at all",
                r#"conn.insert(Post::insert())?;"#,
            ),
            (
                "A value of a wrong type",
                r#"conn.insert(User::insert().name("ed").age("old"))?;"#,
            ),
            (
                "`None` for a column that is NOT NULL",
                r#"conn.insert(User::insert().name(None))?;"#,
            ),
            (
                "An `Option` for a column that is NOT NULL",
                r#"conn.insert(User::insert().name(Some("ed".to_owned())))?;"#,
            ),
            (
                "A column as a value",
                r#"conn.insert(User::insert().name(User::nick))?;"#,
            ),
            (
                "A value for a generated column",
                r#"conn.insert(User::insert().name("ed").upper_name("ED"))?;"#,
            ),
            (
                "A required column is given twice",
                r#"conn.insert(User::insert().name("ed").name("al"))?;"#,
            ),
            ("No row at all", r#"conn.insert("ed")?;"#),
            (
                "A struct instead of a builder",
                r#"conn.insert(Employee { id: 1, name: "ed".to_owned(), salary: 3, manager_id: None })?;"#,
            ),
            (
                "Rows of different tables in one insert",
                r#"conn.insert_all([User::insert().name("ed"), Tag::insert().label("sql")])?;"#,
            ),
            (
                "Many rows that lack a column",
                r#"conn.insert_all([Post::insert().user_id(1).title("a")])?;"#,
            ),
        ],
    },
    Theme {
        title: "Upserts",
        wrong: &[
            (
                "A key of another table",
                r#"conn.insert_all([User::insert().name("ed")])?;
    insert(User::insert().name("ed")).on_conflict(Post::primary_key()).do_nothing().on(conn).execute()?;"#,
            ),
            (
                "A column instead of a key",
                r#"insert(User::insert().name("ed")).on_conflict(User::nick).do_nothing().on(conn).execute()?;"#,
            ),
            (
                "An upsert that sets a column of another table",
                r#"insert(User::insert().name("ed")).on_conflict(User::primary_key()).do_update(Post::title.set("a")).on(conn).execute()?;"#,
            ),
            (
                "What was proposed for another table",
                r#"insert(User::insert().name("ed")).on_conflict(User::primary_key()).do_update(User::name.set(excluded(Tag::label))).on(conn).execute()?;"#,
            ),
            (
                "What was proposed, of a wrong type",
                r#"insert(User::insert().name("ed")).on_conflict(User::primary_key()).do_update(User::name.set(excluded(User::age))).on(conn).execute()?;"#,
            ),
            (
                "An upsert with a condition on another table",
                r#"insert(User::insert().name("ed")).on_conflict(User::primary_key()).do_update_where(User::age.set(3), Post::id.eq(1)).on(conn).execute()?;"#,
            ),
            (
                "No word about what to do",
                r#"insert(User::insert().name("ed")).on_conflict(User::primary_key()).on(conn).execute()?;"#,
            ),
        ],
    },
    Theme {
        title: "Inserts from a query",
        wrong: &[
            (
                "The query selects other types",
                r#"insert_from((Tag::id, Tag::label), select::<User>().select((User::name, User::id))).on(conn).execute()?;"#,
            ),
            (
                "The query selects too few columns",
                r#"insert_from((Tag::id, Tag::label), select::<User>().select(User::id)).on(conn).execute()?;"#,
            ),
            (
                "The query selects what can be NULL",
                r#"insert_from(Tag::label, select::<User>().select(User::nick)).on(conn).execute()?;"#,
            ),
            (
                "A generated column is to be filled",
                r#"insert_from(User::upper_name, select::<User>().select(User::nick)).on(conn).execute()?;"#,
            ),
            (
                "Columns of two tables",
                r#"insert_from((Tag::id, User::name), select::<User>().select((User::id, User::name))).on(conn).execute()?;"#,
            ),
            (
                "Whole rows for some columns",
                r#"insert_from((Tag::id, Tag::label), select::<Tag>()).on(conn).execute()?;"#,
            ),
            (
                "No query",
                r#"insert_from(Tag::label, "sql").on(conn).execute()?;"#,
            ),
        ],
    },
];
