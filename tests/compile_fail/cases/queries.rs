//! Queries within queries, set operations, and how queries are run.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
        title: "Subqueries",
        wrong: &[
            (
                "A subquery that is not correlated",
                r#"conn.query::<User>().filter(exists(select::<Post>().filter(Post::user_id.eq(User::id)))).all()?;"#,
            ),
            (
                "A subquery that is correlated to a table that is not there",
                r#"conn.query::<Tag>().filter(exists(select::<Post>().correlate::<User>().filter(Post::user_id.eq(User::id)))).all()?;"#,
            ),
            (
                "A correlated query that runs alone",
                r#"conn.query::<Post>().correlate::<User>().filter(Post::user_id.eq(User::id)).all()?;"#,
            ),
            (
                "`in_` a query of another type",
                r#"conn.query::<User>().filter(User::id.in_(select::<Post>().select(Post::title))).all()?;"#,
            ),
            (
                "`in_` a query of whole rows",
                r#"conn.query::<User>().filter(User::id.in_(select::<Post>())).all()?;"#,
            ),
            (
                "`in_` a query of two columns",
                r#"conn.query::<User>().filter(User::id.in_(select::<Post>().select((Post::id, Post::title)))).all()?;"#,
            ),
            (
                "`in_` groups of which nothing is selected",
                r#"conn.query::<User>().filter(User::id.in_(select::<Post>().select(Post::id).group_by(Post::user_id))).all()?;"#,
            ),
            (
                "The value of a query of whole rows",
                r#"let post = scalar(select::<Post>());"#,
            ),
            (
                "A comparison with the value of a query of another type",
                r#"conn.query::<User>().filter(User::age.gt(scalar(select::<Post>().select(Post::title)))).all()?;"#,
            ),
            (
                "`exists` of something that is no query",
                r#"conn.query::<User>().filter(exists(Post::title)).all()?;"#,
            ),
        ],
    },
    Theme {
        title: "Derived tables",
        wrong: &[
            (
                "A query that does not fill its derived table",
                r#"aludel::derived! { struct Top { user_id: i64, posts: i64 } }
    let top = Top::cte(select::<Post>().select((Post::title, Post::id)));"#,
            ),
            (
                "A query with too few columns for its derived table",
                r#"aludel::derived! { struct Top { user_id: i64, posts: i64 } }
    let top = Top::subquery(select::<Post>().select(Post::id));"#,
            ),
            (
                "A derived table that is not joined",
                r#"aludel::derived! { struct Top { user_id: i64, posts: i64 } }
    conn.query::<User>().filter(Top::posts.gt(3)).all()?;"#,
            ),
            (
                "A correlated query as a derived table",
                r#"aludel::derived! { struct Top { user_id: i64, posts: i64 } }
    let top = Top::cte(select::<Post>().correlate::<User>().filter(Post::user_id.eq(User::id)).select((Post::id, Post::id)));"#,
            ),
            (
                "A recursive step of other types",
                r#"aludel::derived! { struct Top { user_id: i64, posts: i64 } }
    let top = Top::recursive(
        select::<Post>().select((Post::user_id, Post::id)),
        |top| select::<Post>().join_on(top, Top::user_id.eq(Post::id)).select((Post::id, Post::title)),
    );"#,
            ),
        ],
    },
    Theme {
        title: "Set operations",
        wrong: &[
            (
                "UNION of different types",
                r#"let both = select::<User>().select(User::name).union(select::<User>().select(User::id));"#,
            ),
            (
                "UNION of different widths",
                r#"let both = select::<User>().select((User::name, User::id)).union(select::<User>().select(User::name));"#,
            ),
            (
                "UNION of different models",
                r#"let both = select::<User>().union(select::<Post>());"#,
            ),
            (
                "A third query of another type",
                r#"let names = select::<User>().select(User::name);
    let all = names.clone().union(names).except(select::<User>().select(User::id));"#,
            ),
            (
                "A set operation with something that is no query",
                r#"let both = select::<User>().intersect(Post::title);"#,
            ),
            (
                "Ordering a set operation by a column",
                r#"let both = select::<User>().union(select::<User>()).order_by(User::name);"#,
            ),
        ],
    },
    Theme {
        title: "Collected conditions",
        wrong: &[
            (
                "A condition on another model",
                r#"let titled: Predicate<User> = Post::title.eq("a").predicate();"#,
            ),
            (
                "A condition used on another model",
                r#"let named: Predicate<User> = User::name.eq("ed").predicate();
    conn.query::<Post>().filter(named).all()?;"#,
            ),
            (
                "Conditions on different models together",
                r#"let both = all_of([User::name.eq("ed").predicate::<User, _>(), Post::title.eq("a").predicate::<Post, _>()]);"#,
            ),
        ],
    },
    Theme {
        title: "Running",
        wrong: &[
            (
                "A query without a connection",
                r#"select::<User>().all()?;"#,
            ),
            (
                "A set operation without a connection",
                r#"select::<User>().union(select::<User>()).all()?;"#,
            ),
            (
                "`scalar` of whole rows",
                r#"conn.query::<User>().scalar()?;"#,
            ),
            (
                "`scalar` of two columns",
                r#"conn.query::<User>().select((User::id, User::name)).scalar()?;"#,
            ),
            (
                "A limit that is negative",
                r#"conn.query::<User>().limit(-1).all()?;"#,
            ),
        ],
    },
];
