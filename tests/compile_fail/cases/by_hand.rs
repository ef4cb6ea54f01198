//! SQL by hand that is not marked as such, or put together.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[Theme {
    title: "SQL by hand",
    wrong: &[
        (
            "SQL that is not marked as such",
            r#"conn.execute("select 1")?;"#,
        ),
        (
            "SQL that is put together",
            r#"let name = "ed";
    conn.execute(aludel::text(format!("select * from user where name = '{name}'")))?;"#,
        ),
        (
            "SQL that is put together, borrowed",
            r#"let sql = String::from("select 1");
    conn.execute(aludel::text(&sql))?;"#,
        ),
        (
            "SQL that comes from elsewhere",
            r#"let sql = String::from("select 1");
    conn.execute(aludel::text(sql.as_str()))?;"#,
        ),
        (
            "A typed query as SQL",
            r#"conn.execute(select::<User>())?;"#,
        ),
        (
            "A value that is none, bound by name",
            r#"conn.execute(aludel::text("select :user").bind("user", User::name))?;"#,
        ),
        (
            "A list bound as a value",
            r#"conn.execute(aludel::text("select 1 where 1 in :ids").bind("ids", [1, 2]))?;"#,
        ),
        (
            "A value bound as a list",
            r#"conn.execute(aludel::text("select 1 where 1 in :ids").bind_list("ids", 1))?;"#,
        ),
        (
            "Rows of SQL as scalars",
            r#"let ids = conn.execute(aludel::text("select 1"))?.typed::<i64>()?;"#,
        ),
        (
            "A column by a name in a list",
            r#"let row = conn.execute(aludel::text("select 1"))?.one()?;
    row.get::<i64>(["n"])?;"#,
        ),
    ],
}];
