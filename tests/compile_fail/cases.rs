//! The programs that must not compile: a title for each, and what it does with a connection `conn`
//! and a session `session`.

mod by_hand;
mod groups;
mod inserts;
mod queries;
mod relationships;
mod sessions;
mod tables;
mod types;
mod updates;
mod views;

/// Mistakes of one kind.
pub(super) struct Theme {
    /// What they have in common.
    pub(super) title: &'static str,
    /// The title and the code of each.
    pub(super) wrong: &'static [(&'static str, &'static str)],
}

/// All mistakes, in the order in which they are told.
pub(super) fn themes() -> impl Iterator<Item = &'static Theme> {
    let parts = [
        tables::THEMES,
        types::THEMES,
        groups::THEMES,
        queries::THEMES,
        relationships::THEMES,
        inserts::THEMES,
        updates::THEMES,
        views::THEMES,
        by_hand::THEMES,
        sessions::THEMES,
    ];
    parts.into_iter().flatten()
}

/// What compiles, so that the others fail for what they do and not for what is around it.
pub(super) const RIGHT: &str = r#"conn.insert(User::insert().name("ed"))?;
    aludel::alias!(boss = Employee);
    aludel::derived! { struct Top { user_id: i64, posts: i64 } }
    conn.query::<Employee>().left_join(Employee::manager.to(boss)).filter(boss.col(Employee::name).is(None)).all()?;
    conn.update::<User>().set(User::name.set(User::name + "!")).filter(User::nick.is_null()).execute()?;
    insert(User::insert().name("ed")).on_conflict(User::primary_key()).do_update(User::name.set(excluded(User::name))).on(conn).execute()?;
    let top = Top::cte(select::<Post>().group_by(Post::user_id).select((Post::user_id, func::count(Post::id))));
    conn.query::<User>().join_on(&top, Top::user_id.eq(User::id)).filter(Top::posts.gt(3)).all()?;
    conn.query::<User>().with((User::posts.with(Post::tags), User::edited)).all()?;
    let named: Predicate<User> = User::name.eq("ed").predicate();
    aludel::row! { struct Named { name: String } }
    conn.execute(text("select name from user where id in :ids").bind_list("ids", [1, 2]))?.typed::<Named>()?;
    conn.query::<Writer>().filter(Writer::posts.gt(3)).all()?;
    conn.get::<PostTag>((1, 2))?;
    let ed = session.add(User::insert().name("ed"));
    let factory = factory.clone();
    std::thread::spawn(move || factory.session().commit());
    ed.entity()?.edit()?.age = 3;"#;
