//! UPDATE, DELETE and RETURNING.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
        title: "Updates",
        wrong: &[
            (
                "Setting a column of another table",
                r#"conn.update::<User>().set(Post::title.set("a")).all_rows().execute()?;"#,
            ),
            (
                "Setting a column of another table, in a tuple",
                r#"conn.update::<User>().set((User::age.set(1), Post::title.set("a"))).all_rows().execute()?;"#,
            ),
            (
                "Setting to a column of another table",
                r#"conn.update::<User>().set(User::name.set(Post::title)).all_rows().execute()?;"#,
            ),
            (
                "Setting to a wrong type",
                r#"conn.update::<User>().set(User::age.set("old")).all_rows().execute()?;"#,
            ),
            (
                "Setting to `None` where the column is NOT NULL",
                r#"conn.update::<User>().set(User::name.set(None)).all_rows().execute()?;"#,
            ),
            (
                "Setting to a column that can be NULL",
                r#"conn.update::<User>().set(User::name.set(User::nick)).all_rows().execute()?;"#,
            ),
            (
                "Setting to an expression that can be NULL",
                r#"conn.update::<User>().set(User::name.set(User::name + User::nick)).all_rows().execute()?;"#,
            ),
            (
                "Setting a generated column",
                r#"conn.update::<User>().set(User::upper_name.set("ED")).all_rows().execute()?;"#,
            ),
            (
                "Setting to an aggregate",
                r#"conn.update::<User>().set(User::age.set(func::count_all())).all_rows().execute()?;"#,
            ),
            (
                "Setting to a query that may give nothing",
                r#"conn.update::<User>().set(User::age.set(scalar(select::<Post>().select(Post::id)))).all_rows().execute()?;"#,
            ),
            (
                "A comparison instead of an assignment",
                r#"conn.update::<User>().set(User::age.eq(3)).all_rows().execute()?;"#,
            ),
            (
                "A condition on a table that the update does not read",
                r#"conn.update::<Post>().set(Post::score.set(1)).filter(User::age.gt(3)).execute()?;"#,
            ),
            (
                "An update along the relationship of another table",
                r#"conn.update::<Post>().join(User::posts).set(Post::score.set(1)).all_rows().execute()?;"#,
            ),
        ],
    },
    Theme {
        title: "What changes give back",
        wrong: &[
            (
                "A column of a table that was joined",
                r#"conn.update::<Post>().join(Post::user).set(Post::title.set("a")).all_rows().returning(User::name).all()?;"#,
            ),
            (
                "A column of another table",
                r#"conn.delete::<User>().filter(User::id.eq(1)).returning(Post::title).all()?;"#,
            ),
            (
                "An aggregate",
                r#"conn.update::<Post>().set(Post::title.set("a")).all_rows().returning(func::count_all()).all()?;"#,
            ),
            (
                "What an insert into another table gives back",
                r#"insert(User::insert().name("ed")).returning(Tag::id).on(conn).all()?;"#,
            ),
            (
                "Text to be given back",
                r#"conn.delete::<User>().all_rows().returning("id").all()?;"#,
            ),
        ],
    },
];
