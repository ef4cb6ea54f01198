//! Views, whose rows are only read.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[Theme {
    title: "Views",
    wrong: &[
        (
            "A row of a view is deleted",
            "conn.delete::<Writer>().filter(Writer::posts.eq(0)).execute()?;",
        ),
        (
            "A row of a view is updated",
            r#"conn.update::<Writer>().set(Writer::name.set("ed")).execute()?;"#,
        ),
        (
            "A view is filled by a query",
            "insert_from(Writer::id, select::<User>().select(User::id)).on(conn).execute()?;",
        ),
        (
            "A row of a view is edited",
            r#"session.query::<Writer>().one()?.edit()?.name = "ed".into();"#,
        ),
    ],
}];
