//! Tables that the query does not read, and joins.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
        title: "Tables that the query does not read",
        wrong: &[
            (
                "A condition on another table",
                r#"conn.query::<User>().filter(Post::title.eq("a")).all()?;"#,
            ),
            (
                "A condition on another table, deep inside",
                r#"conn.query::<User>().filter(User::age.gt(1) & !(User::nick.is_null() | Post::title.eq("a"))).all()?;"#,
            ),
            (
                "A column of another table on the right",
                r#"conn.query::<User>().filter(User::id.eq(Post::user_id)).all()?;"#,
            ),
            (
                "A join, and a condition on a third table",
                r#"conn.query::<User>().join(User::posts).filter(Employee::id.eq(1)).all()?;"#,
            ),
            (
                "`filter_by` a column of another table",
                r#"conn.query::<User>().filter_by(Post::title, "a").all()?;"#,
            ),
            (
                "Selecting from another table",
                r#"conn.query::<User>().select(Post::title).all()?;"#,
            ),
            (
                "Selecting from another table, in a tuple",
                r#"conn.query::<User>().select((User::name, Post::title)).all()?;"#,
            ),
            (
                "A column without a model in a query over models",
                r#"let name = conn.table("user")?.column::<String>("name")?;
    conn.query::<Post>().filter(name.eq("ed")).all()?;"#,
            ),
            (
                "A column of a model in a query over tables without models",
                r#"conn.table("user")?.select().filter(User::id.eq(1)).on(conn).all()?;"#,
            ),
            (
                "Selecting whole rows of another table",
                r#"conn.query::<User>().select(Post::entity()).all()?;"#,
            ),
            (
                "A function of a column of another table",
                r#"conn.query::<User>().select(func::lower(Post::title)).all()?;"#,
            ),
            (
                "Ordering by another table",
                r#"conn.query::<User>().order_by((User::id, Post::title.desc())).all()?;"#,
            ),
            (
                "Grouping by another table",
                r#"conn.query::<User>().group_by(Post::title).select(func::count_all()).all()?;"#,
            ),
            (
                "Grouping by another table, in a tuple",
                r#"conn.query::<User>().group_by((User::age, Post::title)).select(func::count_all()).all()?;"#,
            ),
            (
                "A window over another table",
                r#"conn.query::<User>().select(func::row_number().over(window().order_by(Post::id))).all()?;"#,
            ),
            (
                "A CASE on another table",
                r#"conn.query::<User>().select(case::<i64>().when(Post::id.eq(1), 1).otherwise(0)).all()?;"#,
            ),
            (
                "Deleting by another table",
                r#"conn.delete::<User>().filter(Post::id.eq(1)).execute()?;"#,
            ),
            (
                "An alias that is not joined",
                r#"aludel::alias!(boss = Employee);
    conn.query::<Employee>().filter(boss.col(Employee::name).eq("a")).all()?;"#,
            ),
            (
                "The table itself where only its alias is read",
                r#"aludel::alias!(boss = Employee);
    conn.query::<boss>().filter(Employee::salary.gt(3)).all()?;"#,
            ),
        ],
    },
    Theme {
        title: "Joins",
        wrong: &[
            (
                "Joining from a table that is not there",
                r#"conn.query::<Employee>().join(Post::user).all()?;"#,
            ),
            (
                "A table joined twice",
                r#"conn.query::<Post>().join(Post::user).join(Post::editor).all()?;"#,
            ),
            (
                "A table joined to itself",
                r#"conn.query::<Employee>().join(Employee::manager).all()?;"#,
            ),
            (
                "A table queried twice",
                r#"conn.query::<(User, User)>().filter(User::id.eq(1)).all()?;"#,
            ),
            (
                "Selecting from a table queried twice",
                r#"conn.query::<(User, User)>().select(User::name).all()?;"#,
            ),
            (
                "A table joined twice on conditions",
                r#"conn.query::<User>().join(User::posts).join_on(Post::entity(), Post::user_id.eq(User::id)).all()?;"#,
            ),
            (
                "A table joined to itself on a condition",
                r#"conn.query::<Employee>().join_on(Employee::entity(), Employee::manager_id.eq(Employee::id)).all()?;"#,
            ),
            (
                "A condition of a join on a third table",
                r#"conn.query::<User>().join_on(Post::entity(), Tag::id.eq(Post::id)).all()?;"#,
            ),
            (
                "A join on what is no condition",
                r#"conn.query::<User>().join_on(Post::entity(), Post::user_id).all()?;"#,
            ),
            (
                "A join of something that is no table",
                r#"conn.query::<User>().join_on("posts", User::id.eq(1)).all()?;"#,
            ),
            (
                "A model where a relationship is expected",
                r#"conn.query::<Post>().join(User::entity()).all()?;"#,
            ),
            (
                "A foreign key column where a relationship is expected",
                r#"conn.query::<Post>().join(Post::user_id).all()?;"#,
            ),
            (
                "An alias of another table",
                r#"aludel::alias!(author = User);
    conn.query::<Employee>().join(Employee::manager.to(author)).all()?;"#,
            ),
            (
                "A left join whose columns can be NULL",
                r#"let titles: Vec<String> = conn.query::<User>().left_join(User::posts).select(Post::title).all()?;"#,
            ),
            (
                "A left join whose rows can be missing",
                r#"let rows: Vec<(User, Post)> = conn.query::<User>().left_join(User::posts).select((User::entity(), Post::entity())).all()?;"#,
            ),
            (
                "A left joined column into one that is NOT NULL",
                r#"insert_from(Tag::label, select::<User>().left_join(User::posts).select(Post::title)).on(conn).execute()?;"#,
            ),
            (
                "A query that changes its tables in a variable",
                r#"let mut query = select::<User>();
    query = query.join(User::posts);"#,
            ),
        ],
    },
];
