//! Paths along relationships, conditions on what they lead to, and what is loaded with rows.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
        title: "Paths along relationships",
        wrong: &[
            (
                "A path through a relationship to many rows",
                r#"conn.query::<User>().filter(User::posts.path(Post::title).eq("a")).all()?;"#,
            ),
            (
                "A path from a table that is not there",
                r#"conn.query::<User>().filter(Post::user.path(User::name).eq("ed")).all()?;"#,
            ),
            (
                "A path that ends in another table",
                r#"conn.query::<Post>().filter(Post::user.path(Tag::label).eq("a")).all()?;"#,
            ),
            (
                "A path that goes on from another table",
                r#"conn.query::<Post>().filter(Post::user.then(Employee::manager).path(Employee::name).eq("ed")).all()?;"#,
            ),
            (
                "A path that goes on to many rows",
                r#"conn.query::<Post>().filter(Post::user.then(User::edited).path(Post::title).eq("a")).all()?;"#,
            ),
            (
                "A path along an optional relationship, without `Option`",
                r#"let names: Vec<String> = conn.query::<Post>().select(Post::editor.path(User::name)).all()?;"#,
            ),
        ],
    },
    Theme {
        title: "Conditions on what a relationship leads to",
        wrong: &[
            (
                "`any` of a relationship to one row",
                r#"conn.query::<Post>().filter(Post::user.any(User::age.gt(3))).all()?;"#,
            ),
            (
                "`has` of a relationship to many rows",
                r#"conn.query::<User>().filter(User::posts.has(Post::id.gt(3))).all()?;"#,
            ),
            (
                "`any` of a relationship to the table itself",
                r#"conn.query::<Employee>().filter(Employee::reports.any(Employee::salary.gt(3))).all()?;"#,
            ),
            (
                "`has` of a relationship to the table itself",
                r#"conn.query::<Employee>().filter(Employee::manager.has(Employee::salary.gt(3))).all()?;"#,
            ),
            (
                "`any` in a query of another table",
                r#"conn.query::<Tag>().filter(User::posts.any(Post::title.eq("a"))).all()?;"#,
            ),
            (
                "`any` with a condition on a third table",
                r#"conn.query::<User>().filter(User::posts.any(Tag::label.eq("a"))).all()?;"#,
            ),
            (
                "`any` with an aggregate",
                r#"conn.query::<User>().filter(User::posts.any(func::count(Post::id).gt(3))).all()?;"#,
            ),
        ],
    },
    Theme {
        title: "What is loaded with rows",
        wrong: &[
            (
                "A relationship of another model",
                r#"conn.query::<User>().with(Tag::posts).all()?;"#,
            ),
            (
                "A relationship of another model, in a tuple",
                r#"conn.query::<User>().with((User::posts, Post::tags)).all()?;"#,
            ),
            (
                "A relationship of another model, behind the first",
                r#"conn.query::<User>().with(User::posts.with(User::edited)).all()?;"#,
            ),
            (
                "A column instead of a relationship",
                r#"conn.query::<User>().with(User::name).all()?;"#,
            ),
            (
                "Relationships of something that is no model",
                r#"conn.query::<User>().select(User::name).with(User::posts).all()?;"#,
            ),
            (
                "One row where many are loaded",
                r#"let users: Vec<(User, Post)> = conn.query::<User>().with(User::posts).all()?;"#,
            ),
        ],
    },
];
