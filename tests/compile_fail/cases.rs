//! The programs that must not compile: the name of each, and what it does with a connection `conn`.

/// What compiles, so that the others fail for what they do and not for what is around it.
pub(super) const RIGHT: &str = r#"conn.insert(User::insert().name("ed"))?;
    aludel::alias!(boss = Employee);
    conn.query::<Employee>().left_join(Employee::manager.to(boss)).filter(boss.col(Employee::name).is(None)).all()?;
    conn.update::<User>().set(User::name.set(User::name + "!")).filter(User::nick.is_null()).execute()?;"#;

pub(super) const CASES: &[(&str, &str)] = &[
    // Inserts.
    (
        "insert_without_a_required_column",
        r#"conn.insert(User::insert().age(3))?;"#,
    ),
    (
        "insert_without_two_required_columns",
        r#"conn.insert(Post::insert().user_id(1))?;"#,
    ),
    (
        "insert_without_a_middle_column",
        r#"conn.insert(Post::insert().body("b").user_id(1))?;"#,
    ),
    (
        "insert_without_anything",
        r#"conn.insert(Post::insert())?;"#,
    ),
    (
        "insert_of_a_wrong_type",
        r#"conn.insert(User::insert().name("ed").age("old"))?;"#,
    ),
    (
        "insert_of_none_into_not_null",
        r#"conn.insert(User::insert().name(None))?;"#,
    ),
    (
        "insert_of_an_option_into_not_null",
        r#"conn.insert(User::insert().name(Some("ed".to_owned())))?;"#,
    ),
    (
        "insert_of_a_column",
        r#"conn.insert(User::insert().name(User::nick))?;"#,
    ),
    (
        "insert_of_a_generated_column",
        r#"conn.insert(User::insert().name("ed").upper_name("ED"))?;"#,
    ),
    (
        "insert_of_a_required_column_twice",
        r#"conn.insert(User::insert().name("ed").name("al"))?;"#,
    ),
    ("insert_of_no_builder", r#"conn.insert("ed")?;"#),
    (
        "insert_of_a_struct",
        r#"conn.insert(Employee { id: 1, name: "ed".to_owned(), manager_id: None })?;"#,
    ),
    // Columns of tables that are not in the query.
    (
        "filter_by_another_table",
        r#"conn.query::<User>().filter(Post::title.eq("a")).all()?;"#,
    ),
    (
        "filter_by_another_table_deep_inside",
        r#"conn.query::<User>().filter(User::age.gt(1) & !(User::nick.is_null() | Post::title.eq("a"))).all()?;"#,
    ),
    (
        "filter_by_another_table_on_the_right",
        r#"conn.query::<User>().filter(User::id.eq(Post::user_id)).all()?;"#,
    ),
    (
        "filter_of_a_join_by_a_third_table",
        r#"conn.query::<User>().join(User::posts).filter(Employee::id.eq(1)).all()?;"#,
    ),
    (
        "select_from_another_table",
        r#"conn.query::<User>().select(Post::title).all()?;"#,
    ),
    (
        "select_from_another_table_in_a_tuple",
        r#"conn.query::<User>().select((User::name, Post::title)).all()?;"#,
    ),
    (
        "select_of_another_entity",
        r#"conn.query::<User>().select(Post::entity()).all()?;"#,
    ),
    (
        "order_by_another_table",
        r#"conn.query::<User>().order_by((User::id, Post::title.desc())).all()?;"#,
    ),
    (
        "join_from_another_table",
        r#"conn.query::<Employee>().join(Post::user).all()?;"#,
    ),
    (
        "delete_by_another_table",
        r#"conn.delete::<User>().filter(Post::id.eq(1)).execute()?;"#,
    ),
    (
        "an_alias_that_is_not_joined",
        r#"aludel::alias!(boss = Employee);
    conn.query::<Employee>().filter(boss.col(Employee::name).eq("a")).all()?;"#,
    ),
    // Types that differ.
    (
        "text_where_a_number_is",
        r#"conn.query::<User>().filter(User::age.eq("old")).all()?;"#,
    ),
    (
        "a_number_where_text_is",
        r#"conn.query::<User>().filter(User::name.eq(3)).all()?;"#,
    ),
    (
        "columns_of_different_types",
        r#"conn.query::<User>().filter(User::age.eq(User::name)).all()?;"#,
    ),
    (
        "a_number_too_large_for_its_type",
        r#"conn.query::<User>().filter(User::age.eq(3_u64)).all()?;"#,
    ),
    (
        "eq_none",
        r#"conn.query::<User>().filter(User::nick.eq(None)).all()?;"#,
    ),
    (
        "eq_option",
        r#"let nick: Option<String> = None;
    conn.query::<User>().filter(User::nick.eq(nick)).all()?;"#,
    ),
    (
        "a_list_of_text_for_a_number",
        r#"conn.query::<User>().filter(User::id.in_(["1", "2"])).all()?;"#,
    ),
    (
        "no_list_at_all",
        r#"conn.query::<User>().filter(User::id.in_(3)).all()?;"#,
    ),
    (
        "between_of_text",
        r#"conn.query::<User>().filter(User::age.between(1, "9")).all()?;"#,
    ),
    (
        "like_of_a_number",
        r#"conn.query::<User>().filter(User::age.like("1%")).all()?;"#,
    ),
    // What is no condition, no query, no key.
    (
        "a_number_as_condition",
        r#"conn.query::<User>().filter(User::age + 1).all()?;"#,
    ),
    (
        "a_column_as_condition",
        r#"conn.query::<User>().filter(User::name).all()?;"#,
    ),
    (
        "rusts_own_comparison",
        r#"conn.query::<User>().filter(User::age == 3).all()?;"#,
    ),
    (
        "true_as_condition",
        r#"conn.query::<User>().filter(true).all()?;"#,
    ),
    (
        "and_with_a_number",
        r#"conn.query::<User>().filter(User::adult & User::age).all()?;"#,
    ),
    (
        "not_of_a_number",
        r#"conn.query::<User>().filter(!User::age).all()?;"#,
    ),
    ("get_by_a_wrong_key", r#"conn.get::<User>("ed")?;"#),
    ("query_of_no_model", r#"conn.query::<String>().all()?;"#),
    (
        "select_of_a_value",
        r#"conn.query::<User>().select("name").all()?;"#,
    ),
    (
        "order_by_a_value",
        r#"conn.query::<User>().order_by("name").all()?;"#,
    ),
    // Arithmetic.
    (
        "arithmetic_on_text",
        r#"conn.query::<User>().select(User::name - 1).all()?;"#,
    ),
    (
        "text_added_to_a_number",
        r#"conn.query::<User>().select(User::age + "1").all()?;"#,
    ),
    (
        "arithmetic_on_booleans",
        r#"conn.query::<User>().select(User::adult + true).all()?;"#,
    ),
    (
        "a_number_multiplied_by_text",
        r#"conn.query::<User>().select(User::age * User::name).all()?;"#,
    ),
    // Updates.
    (
        "update_of_another_table",
        r#"conn.update::<User>().set(Post::title.set("a")).all_rows().execute()?;"#,
    ),
    (
        "update_of_another_table_in_a_tuple",
        r#"conn.update::<User>().set((User::age.set(1), Post::title.set("a"))).all_rows().execute()?;"#,
    ),
    (
        "update_from_another_table",
        r#"conn.update::<User>().set(User::name.set(Post::title)).all_rows().execute()?;"#,
    ),
    (
        "set_to_a_wrong_type",
        r#"conn.update::<User>().set(User::age.set("old")).all_rows().execute()?;"#,
    ),
    (
        "set_to_none_where_not_null",
        r#"conn.update::<User>().set(User::name.set(None)).all_rows().execute()?;"#,
    ),
    (
        "set_to_a_nullable_column",
        r#"conn.update::<User>().set(User::name.set(User::nick)).all_rows().execute()?;"#,
    ),
    (
        "set_to_a_nullable_expression",
        r#"conn.update::<User>().set(User::name.set(User::name + User::nick)).all_rows().execute()?;"#,
    ),
    (
        "set_a_generated_column",
        r#"conn.update::<User>().set(User::upper_name.set("ED")).all_rows().execute()?;"#,
    ),
    // Joins.
    (
        "a_table_joined_twice",
        r#"conn.query::<Post>().join(Post::user).join(Post::editor).all()?;"#,
    ),
    (
        "a_table_joined_to_itself",
        r#"conn.query::<Employee>().join(Employee::manager).all()?;"#,
    ),
    (
        "a_table_queried_twice",
        r#"conn.query::<(User, User)>().filter(User::id.eq(1)).all()?;"#,
    ),
    (
        "join_of_a_column",
        r#"conn.query::<Post>().join(Post::user_id).all()?;"#,
    ),
    (
        "a_left_joined_column_without_option",
        r#"let titles: Vec<String> = conn.query::<User>().left_join(User::posts).select(Post::title).all()?;"#,
    ),
    (
        "a_left_joined_row_without_option",
        r#"let rows: Vec<(User, Post)> = conn.query::<User>().left_join(User::posts).select((User::entity(), Post::entity())).all()?;"#,
    ),
    // Running.
    (
        "a_query_without_a_connection",
        r#"select::<User>().all()?;"#,
    ),
];
