//! Types that differ, and what is no condition, no query and no key.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
        title: "Types that differ",
        wrong: &[
            (
                "Text where a number is",
                r#"conn.query::<User>().filter(User::age.eq("old")).all()?;"#,
            ),
            (
                "Digits as text for a number",
                r#"conn.query::<Post>().filter(Post::score.eq("0")).all()?;"#,
            ),
            (
                "A number where text is",
                r#"conn.query::<User>().filter(User::name.eq(3)).all()?;"#,
            ),
            (
                "Columns of different types",
                r#"conn.query::<User>().filter(User::age.eq(User::name)).all()?;"#,
            ),
            (
                "A number that is too large for its type",
                r#"conn.query::<User>().filter(User::age.eq(3_u64)).all()?;"#,
            ),
            (
                "Text where a truth value is",
                r#"conn.query::<User>().filter(User::adult.eq("yes")).all()?;"#,
            ),
            (
                "A fraction for a whole number",
                r#"conn.query::<User>().filter(User::age.gt(17.5)).all()?;"#,
            ),
            (
                "`filter_by` a value of a wrong type",
                r#"conn.query::<User>().filter_by(User::age, "old").all()?;"#,
            ),
            (
                "`eq` with `None`",
                r#"conn.query::<User>().filter(User::nick.eq(None)).all()?;"#,
            ),
            (
                "`eq` with an `Option`",
                r#"let nick: Option<String> = None;
    conn.query::<User>().filter(User::nick.eq(nick)).all()?;"#,
            ),
            (
                "`is` with a wrong type",
                r#"conn.query::<User>().filter(User::nick.is(Some(3))).all()?;"#,
            ),
            (
                "A list of text for a number",
                r#"conn.query::<User>().filter(User::id.in_(["1", "2"])).all()?;"#,
            ),
            (
                "`in_` without a list",
                r#"conn.query::<User>().filter(User::id.in_(3)).all()?;"#,
            ),
            (
                "A range that ends in text",
                r#"conn.query::<User>().filter(User::age.between(1, "9")).all()?;"#,
            ),
            (
                "A pattern for a number",
                r#"conn.query::<User>().filter(User::age.like("1%")).all()?;"#,
            ),
            (
                "A text function of a number",
                r#"conn.query::<User>().select(func::lower(User::age)).all()?;"#,
            ),
            (
                "Replacing in a number",
                r#"conn.query::<User>().select(func::replace(User::age, "1", "2")).all()?;"#,
            ),
            (
                "A numeric function of text",
                r#"conn.query::<User>().select(func::abs(User::name)).all()?;"#,
            ),
            (
                "A sum of text",
                r#"conn.query::<User>().select(func::sum(User::name)).all()?;"#,
            ),
            (
                "An average of text",
                r#"conn.query::<User>().select(func::avg(User::name)).all()?;"#,
            ),
            (
                "COALESCE of different types",
                r#"conn.query::<User>().select(func::coalesce(User::nick, 0)).all()?;"#,
            ),
            (
                "CASE with values of different types",
                r#"conn.query::<User>().select(case::<String>().when(User::adult, "adult").otherwise(3)).all()?;"#,
            ),
            (
                "CASE without a condition",
                r#"conn.query::<User>().select(case::<String>().when(User::age, "old").end()).all()?;"#,
            ),
            (
                "CASE that ends in a wrong type of row",
                r#"let ages: Vec<String> = conn.query::<User>().select(case::<String>().when(User::adult, "adult").end()).all()?;"#,
            ),
            (
                "A conversion to a type that SQL has not",
                r#"conn.query::<User>().select(User::age.cast::<u8>()).all()?;"#,
            ),
            (
                "A conversion to a struct",
                r#"conn.query::<User>().select(User::age.cast::<User>()).all()?;"#,
            ),
            (
                "Rows of a wrong type",
                r#"let names: Vec<i64> = conn.query::<User>().select(User::name).all()?;"#,
            ),
            (
                "A nullable column without `Option`",
                r#"let nicks: Vec<String> = conn.query::<User>().select(User::nick).all()?;"#,
            ),
        ],
    },
    Theme {
        title: "Arithmetic",
        wrong: &[
            (
                "Arithmetic on text",
                r#"conn.query::<User>().select(User::name - 1).all()?;"#,
            ),
            (
                "Text added to a number",
                r#"conn.query::<User>().select(User::age + "1").all()?;"#,
            ),
            (
                "Arithmetic on truth values",
                r#"conn.query::<User>().select(User::adult + true).all()?;"#,
            ),
            (
                "A number multiplied by text",
                r#"conn.query::<User>().select(User::age * User::name).all()?;"#,
            ),
            (
                "A column on the right of a number of another type",
                r#"conn.query::<User>().select(1 + User::weight).all()?;"#,
            ),
        ],
    },
    Theme {
        title: "What is no condition, no expression, no key",
        wrong: &[
            (
                "A number as a condition",
                r#"conn.query::<User>().filter(User::age + 1).all()?;"#,
            ),
            (
                "A column as a condition",
                r#"conn.query::<User>().filter(User::name).all()?;"#,
            ),
            (
                "Rust's own comparison",
                r#"conn.query::<User>().filter(User::age == 3).all()?;"#,
            ),
            (
                "Rust's own comparison by order",
                r#"conn.query::<User>().filter(User::age > 3).all()?;"#,
            ),
            (
                "Rust's own `&&`",
                r#"conn.query::<User>().filter(User::adult && User::age.gt(3)).all()?;"#,
            ),
            (
                "`true` as a condition",
                r#"conn.query::<User>().filter(true).all()?;"#,
            ),
            (
                "Text as a condition",
                r#"conn.query::<User>().filter("age > 3").all()?;"#,
            ),
            (
                "A label as a condition",
                r#"let age = User::age.label("age");
    conn.query::<User>().filter(&age).all()?;"#,
            ),
            (
                "An assignment as a condition",
                r#"conn.query::<User>().filter(User::age.set(3)).all()?;"#,
            ),
            (
                "`&` with a number",
                r#"conn.query::<User>().filter(User::adult & User::age).all()?;"#,
            ),
            (
                "`and` with a column",
                r#"conn.query::<User>().filter(User::adult.and(User::name)).all()?;"#,
            ),
            (
                "`!` of a number",
                r#"conn.query::<User>().filter(!User::age).all()?;"#,
            ),
            ("`get` by a wrong key", r#"conn.get::<User>("ed")?;"#),
            ("`get` by half of a key", r#"conn.get::<PostTag>(3)?;"#),
            ("`get` by an `Option`", r#"conn.get::<User>(Some(3))?;"#),
            (
                "A query of something that is no model",
                r#"conn.query::<String>().all()?;"#,
            ),
            (
                "Selecting a text",
                r#"conn.query::<User>().select("name").all()?;"#,
            ),
            (
                "Selecting a number beside a column",
                r#"conn.query::<User>().select((User::id, 3)).all()?;"#,
            ),
            (
                "Selecting a relationship",
                r#"conn.query::<User>().select(User::posts).all()?;"#,
            ),
            (
                "Selecting a builder",
                r#"conn.query::<User>().select(User::insert()).all()?;"#,
            ),
            (
                "Ordering by text",
                r#"conn.query::<User>().order_by("name").all()?;"#,
            ),
            (
                "Ordering by a position",
                r#"conn.query::<User>().order_by(1).all()?;"#,
            ),
        ],
    },
];
