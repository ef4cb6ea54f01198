//! GROUP BY, HAVING, aggregates and windows.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
        title: "Groups and aggregates",
        wrong: &[
            (
                "A plain column beside an aggregate",
                r#"conn.query::<Post>().select((Post::user_id, func::count(Post::id))).all()?;"#,
            ),
            (
                "A sum of a column and an aggregate",
                r#"conn.query::<Post>().select(Post::id + func::count(Post::id)).all()?;"#,
            ),
            (
                "A column that is not grouped",
                r#"conn.query::<Post>().group_by(Post::user_id).select((Post::title, func::count(Post::id))).all()?;"#,
            ),
            (
                "A function of a column that is not grouped",
                r#"conn.query::<Post>().group_by(Post::user_id).select((Post::user_id, func::lower(Post::title), func::count(Post::id))).all()?;"#,
            ),
            (
                "Whole rows that are not grouped",
                r#"conn.query::<Post>().group_by(Post::user_id).select((Post::entity(), func::count(Post::id))).all()?;"#,
            ),
            (
                "A column of which only a comparison is grouped",
                r#"conn.query::<User>().group_by(User::age.gt(18)).select((User::age, func::count_all())).all()?;"#,
            ),
            (
                "A function and its column are both keys",
                r#"conn.query::<User>().group_by((func::lower(User::name), User::name)).select((func::lower(User::name), func::count(User::id))).all()?;"#,
            ),
            (
                "Nothing is selected of the groups",
                r#"conn.query::<Post>().group_by(Post::user_id).all()?;"#,
            ),
            (
                "Something is selected before it is grouped",
                r#"conn.query::<Post>().select(Post::title).group_by(Post::user_id).all()?;"#,
            ),
            (
                "Grouping twice",
                r#"conn.query::<Post>().group_by(Post::user_id).group_by(Post::title).select(func::count_all()).all()?;"#,
            ),
            (
                "Grouping by an aggregate",
                r#"conn.query::<Post>().group_by(func::count(Post::id)).select(func::count_all()).all()?;"#,
            ),
            (
                "Grouping by text",
                r#"conn.query::<Post>().group_by("user_id").select(func::count_all()).all()?;"#,
            ),
            (
                "An aggregate in WHERE",
                r#"conn.query::<Post>().filter(func::count(Post::id).gt(3)).all()?;"#,
            ),
            (
                "An aggregate in WHERE, deep inside",
                r#"conn.query::<Post>().filter(Post::title.eq("a").and(func::count(Post::id).gt(3))).all()?;"#,
            ),
            (
                "The label of an aggregate in WHERE",
                r#"let posts = func::count(Post::id).label("posts");
    conn.query::<Post>().filter(posts.gt(3)).all()?;"#,
            ),
            (
                "An aggregate in ON",
                r#"conn.query::<User>().join_on(Post::entity(), func::count(Post::id).eq(User::id)).all()?;"#,
            ),
            (
                "An aggregate within an aggregate",
                r#"conn.query::<Post>().select(func::max(func::count(Post::id))).all()?;"#,
            ),
            (
                "An aggregate that filters by an aggregate",
                r#"conn.query::<Post>().select(func::count_all().filter(func::count(Post::id).gt(3))).all()?;"#,
            ),
            (
                "DISTINCT of a plain column",
                r#"conn.query::<User>().select(User::name.distinct()).all()?;"#,
            ),
            (
                "Ordering single rows by an aggregate",
                r#"conn.query::<Post>().order_by(func::count(Post::id)).all()?;"#,
            ),
            (
                "Ordering groups by a column that is not grouped",
                r#"conn.query::<Post>().group_by(Post::user_id).order_by(Post::title.desc()).select(Post::user_id).all()?;"#,
            ),
            (
                "An aggregate in a collected condition",
                r#"let busy: Predicate<User> = func::count(User::id).gt(3).predicate();"#,
            ),
        ],
    },
    Theme {
        title: "HAVING",
        wrong: &[
            (
                "A column that is not grouped, in HAVING",
                r#"conn.query::<Post>().group_by(Post::user_id).having(Post::title.eq("a")).select(Post::user_id).all()?;"#,
            ),
            (
                "HAVING without a condition",
                r#"conn.query::<Post>().group_by(Post::user_id).having(func::count_all()).select(Post::user_id).all()?;"#,
            ),
            (
                "HAVING without GROUP BY",
                r#"conn.query::<Post>().having(Post::title.eq("a")).select(func::count_all()).all()?;"#,
            ),
            (
                "HAVING on another table",
                r#"conn.query::<Post>().group_by(Post::user_id).having(func::count(User::id).gt(3)).select(Post::user_id).all()?;"#,
            ),
        ],
    },
    Theme {
        title: "Windows",
        wrong: &[
            (
                "A window function without OVER",
                r#"conn.query::<User>().select(func::row_number()).all()?;"#,
            ),
            (
                "A window function in WHERE",
                r#"conn.query::<Post>().filter(func::row_number().over(window().order_by(Post::id)).eq(1)).all()?;"#,
            ),
            (
                "An aggregate of a window function",
                r#"conn.query::<Post>().select(func::max(func::row_number().over(window()))).all()?;"#,
            ),
            (
                "OVER for a plain function",
                r#"conn.query::<User>().select(func::lower(User::name).over(window())).all()?;"#,
            ),
            (
                "A window that is divided by text",
                r#"conn.query::<User>().select(func::rank().over(window().partition_by("age"))).all()?;"#,
            ),
            (
                "A window over a column that is not grouped",
                r#"conn.query::<Post>().group_by(Post::user_id).select((Post::user_id, func::rank().over(window().order_by(Post::title)))).all()?;"#,
            ),
        ],
    },
];
