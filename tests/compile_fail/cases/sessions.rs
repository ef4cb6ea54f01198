//! Sessions and their objects, which belong to one thread and are changed by `edit`.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[Theme {
    title: "Sessions and their objects",
    wrong: &[
        (
            "A session in another thread",
            r#"let session = factory.session();
    std::thread::spawn(move || session.commit());"#,
        ),
        (
            "A session shared with another thread",
            r#"std::thread::scope(|scope| {
        scope.spawn(|| session.commit());
    });"#,
        ),
        (
            "An entity in another thread",
            r#"let ed: Entity<User> = session.query::<User>().one()?;
    std::thread::spawn(move || println!("{}", ed.name));"#,
        ),
        (
            "A new object in another thread",
            r#"let ed: Pending<User> = session.add(User::insert().name("ed"));
    std::thread::spawn(move || ed.id());"#,
        ),
        (
            "A field that is set without `edit`",
            r#"let ed: Entity<User> = session.query::<User>().one()?;
    ed.name = "eddie".to_owned();"#,
        ),
    ],
}];
