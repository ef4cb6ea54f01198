//! Sessions and their objects, which belong to one thread and are changed by `edit`.

use super::Theme;

pub(super) const THEMES: &[Theme] = &[
    Theme {
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
    },
    Theme {
        title: "Relationships of objects",
        wrong: &[
            (
                "A relationship as a field",
                r#"let post: Entity<Post> = session.query::<Post>().one()?;
    println!("{}", post.user.name);"#,
            ),
            (
                "A relationship to an object of another model",
                r#"use models::PostRelationships;
    let post = session.query::<Post>().one()?;
    let tag = session.query::<Tag>().one()?;
    post.set_user(&tag)?;"#,
            ),
            (
                "A relationship that cannot be none",
                r#"use models::PostRelationships;
    let post = session.query::<Post>().one()?;
    post.set_user(None)?;"#,
            ),
            (
                "A relationship that may be none, to an object of another model",
                r#"use models::PostRelationships;
    let post = session.query::<Post>().one()?;
    let tag = session.query::<Tag>().one()?;
    post.set_editor(&tag)?;"#,
            ),
            (
                "An object of another model in a collection",
                r#"use models::UserRelationships;
    let ed = session.query::<User>().one()?;
    let tag = session.query::<Tag>().one()?;
    ed.posts()?.add(&tag)?;"#,
            ),
            (
                "A relationship of another model, loaded along",
                r#"session.query::<User>().eager(Tag::posts).all()?;"#,
            ),
            (
                "`is` of a relationship to many rows",
                r#"let post = session.query::<Post>().one()?;
    session.query::<User>().filter(User::posts.is(&post)).all()?;"#,
            ),
            (
                "`contains` of a relationship to one row",
                r#"let ed = session.query::<User>().one()?;
    session.query::<Post>().filter(Post::user.contains(&ed)).all()?;"#,
            ),
            (
                "`is` with an object of another model",
                r#"let tag = session.query::<Tag>().one()?;
    session.query::<Post>().filter(Post::user.is(&tag)).all()?;"#,
            ),
        ],
    },
];
