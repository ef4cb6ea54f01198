//! q13: inserts of many rows, from queries, and where a key is there already; what they give back.

use aludel::{ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    models::{Article, ArticleTopic, Author, Device, Employee, Rule, Topic},
};
use aludel_tour::User;

use super::press::{press, some, texts};
use crate::{
    backend::{Backend, assert_unsupported, current, given},
    features::{tables, tour},
};

aludel::alias!(leader = Employee, peer = Author);

#[each_database]
fn q13_any_number_of_rows_is_inserted_at_once() {
    let conn = tables();
    conn.commit().unwrap();
    let none = || {
        ["x"]
            .into_iter()
            .skip(1)
            .map(|label| Topic::insert().label(label))
    };
    assert_eq!(insert_all(none()).on(&conn).execute().unwrap(), 0);
    let back: Vec<i64> = insert_all(none())
        .returning(Topic::id)
        .on(&conn)
        .all()
        .unwrap();
    assert!(back.is_empty());
    assert!(!conn.in_transaction(), "nothing was sent");
    let topic = |n: i64| Topic::insert().label(n.to_string());
    assert_eq!(conn.insert_all([topic(0)]).unwrap(), 1);
    assert_eq!(conn.insert_all((1..=300).map(topic)).unwrap(), 300);
    let labels = conn
        .query::<Topic>()
        .order_by(Topic::id)
        .select(Topic::label);
    let labels = labels.all().unwrap();
    assert_eq!(labels, (0..=300).map(|n| n.to_string()).collect::<Vec<_>>());
    let more = || insert_all((301..=600).map(topic));
    let ids = more().returning((Topic::id, Topic::label)).on(&conn).all();
    let mut ids: Vec<(i64, String)> = given(current().inserts_give_back(), ids, || {
        assert_eq!(more().on(&conn).execute().unwrap(), 300);
        let new = conn.query::<Topic>().filter(Topic::id.gt(301));
        new.select((Topic::id, Topic::label)).all().unwrap()
    });
    ids.sort_unstable();
    let expected = (302..=601_i64).zip((301..=600).map(|n| n.to_string()));
    assert_eq!(ids, expected.collect::<Vec<_>>());
}

#[each_database]
fn q13_rows_may_set_different_columns_and_keep_their_order() {
    let conn = tables();
    let plain = |name: &str| Author::insert().name(name);
    let rows = [
        plain("a"),
        plain("b").age(1),
        plain("c").nick("n".to_owned()),
        plain("d").nick(None),
        Author::insert().name("e").age(5),
        plain("f").active(false).age(6),
        plain("g"),
    ];
    assert_eq!(conn.insert_all(rows).unwrap(), 7);
    let authors = conn.query::<Author>().order_by(Author::id);
    let authors = authors.select((Author::name, Author::age, Author::nick, Author::active));
    let shown = authors.all().unwrap().into_iter();
    let shown = shown.map(|(name, age, nick, active)| format!("{name} {age} {nick:?} {active}"));
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "a 30 None true",
            "b 1 None true",
            "c 30 Some(\"n\") true",
            "d 30 None true",
            "e 5 None true",
            "f 6 None false",
            "g 30 None true",
        ]
    );
    // A row without any value is one of defaults.
    let empty = conn.insert_all([Rule::insert(), Rule::insert().amount(3), Rule::insert()]);
    assert_eq!(empty.unwrap(), 3);
    let amounts = conn.query::<Rule>().order_by(Rule::id).select(Rule::amount);
    assert_eq!(amounts.all().unwrap(), [None, Some(3), None]);
}

#[each_database]
fn q13_a_row_that_is_refused_leaves_those_before_in_the_transaction() {
    let conn = tables();
    let topic = |n: i64| Topic::insert().label((n % 200).to_string());
    let error = conn.insert_all((0..300).map(topic)).unwrap_err();
    assert!(error.is_unique_violation());
    assert!(error.to_string().len() < 10_000, "long statements are cut");
    conn.rollback().unwrap();
    assert_eq!(conn.query::<Topic>().count().unwrap(), 0);
    let done = conn.transact(|conn| conn.insert_all((0..300).map(topic)));
    assert!(done.is_err());
    assert_eq!(conn.query::<Topic>().count().unwrap(), 0);
}

#[each_database]
fn q13_the_rows_of_a_query_are_inserted() {
    let conn = press();
    let names = select::<Author>()
        .select(Author::name)
        .filter(Author::age.lt(40));
    assert_eq!(
        insert_from(Topic::label, names.clone())
            .on(&conn)
            .execute()
            .unwrap(),
        3
    );
    let labels = conn
        .query::<Topic>()
        .order_by(Topic::id)
        .select(Topic::label);
    let expected = texts(["animals", "water", "unused", "bob", "cid", "dan"]);
    assert_eq!(labels.all().unwrap(), expected);
    let copied = select::<Article>().select((
        func::value::<i64>(4),
        Article::title + "!",
        Article::score,
        Article::editor_id,
    ));
    let copied = copied.filter(Article::author.path(Author::name).eq("ann"));
    let into = (
        Article::author_id,
        Article::title,
        Article::score,
        Article::editor_id,
    );
    let copy = || insert_from(into, copied.clone());
    let back = copy().returning((Article::id, Article::title));
    let back = back.on(&conn).all();
    let mut copied = given(current().inserts_give_back(), back, || {
        assert_eq!(copy().on(&conn).execute().unwrap(), 3);
        let new = conn.query::<Article>().filter(Article::id.gt(5));
        new.select((Article::id, Article::title)).all().unwrap()
    });
    copied.sort_unstable();
    let rows = [(6, "Ants!"), (7, "Bees!"), (8, "Eels!")];
    assert_eq!(copied, rows.map(|(id, title)| (id, title.to_owned())));
    let both = names
        .clone()
        .filter(Author::id.gt(9))
        .union(names.filter(Author::id.gt(9)));
    assert_eq!(
        insert_from(Topic::label, both).on(&conn).execute().unwrap(),
        0
    );
    let linked = select::<(Article, Topic)>()
        .filter(Topic::label.eq("unused") & Article::author_id.ne(4))
        .select((Article::id, Topic::id));
    let linked = insert_from((ArticleTopic::article_id, ArticleTopic::topic_id), linked);
    assert_eq!(linked.on(&conn).execute().unwrap(), 5);
    let again = select::<ArticleTopic>().select((ArticleTopic::article_id, ArticleTopic::topic_id));
    let again = insert_from((ArticleTopic::article_id, ArticleTopic::topic_id), again);
    let again = again
        .on_conflict(<ArticleTopic as Keyed>::primary_key())
        .do_nothing();
    // MySQL does not say of a query's rows that they were there already.
    let counted = if current().is_mysql() { 10 } else { 0 };
    assert_eq!(again.on(&conn).execute().unwrap(), counted);
    assert_eq!(conn.query::<ArticleTopic>().count().unwrap(), 10);
    let grouped = select::<Article>()
        .group_by(Article::title)
        .select(Article::title);
    let grouped = insert_from(Topic::label, grouped.limit(2).order_by(Article::title));
    let grouped = grouped
        .on_conflict(Topic::label_key)
        .do_update(Topic::label.set("x"));
    assert_eq!(grouped.on(&conn).execute().unwrap(), 2);
}

#[each_database]
fn q13_a_key_that_is_there_already_is_left_or_updated_whichever_key_it_is() {
    let conn = tables();
    let row = |code: &str, region: &str, number: i64| {
        let row = Rule::insert()
            .code(code.to_owned())
            .region(region.to_owned());
        row.number(number).amount(1)
    };
    conn.insert_all([row("a", "x", 1), row("b", "y", 2)])
        .unwrap();
    conn.commit().unwrap();
    // MySQL looks at all keys: where the row has several, it could be another that is there already.
    let tells = !current().is_mysql();
    let keep = |row| insert(row).on_conflict(Rule::code_key).do_nothing();
    let kept = keep(row("a", "z", 9)).on(&conn).execute();
    let kept = given(tells, kept, || {
        let row = Rule::insert().code("a").amount(9);
        keep(row).on(&conn).execute().unwrap()
    });
    assert_eq!(kept, 0);
    let new = keep(row("c", "z", 9)).on(&conn).execute();
    let new = given(tells, new, || {
        let row = Rule::insert().code("c").amount(1);
        keep(row).on(&conn).execute().unwrap()
    });
    assert_eq!(new, 1);
    conn.commit().unwrap();
    let other = keep(row("d", "x", 1)).on(&conn).execute();
    if tells {
        let error = other.unwrap_err();
        assert!(error.is_unique_violation(), "another key is as ever");
    } else {
        assert_unsupported(other);
    }
    conn.rollback().unwrap();

    let meet = |row| insert(row).on_conflict(Rule::region_and_number_key);
    let at = |amount: i64| {
        let row = Rule::insert().region("x").number(1);
        row.amount(amount)
    };
    let added = meet(at(5)).do_update(Rule::amount.set(Rule::amount + excluded(Rule::amount)));
    assert_eq!(added.on(&conn).execute().unwrap(), 1);
    let several = |row| {
        meet(row).do_update((
            Rule::code.set(excluded(Rule::code)),
            Rule::required.set("set"),
        ))
    };
    let all = several(at(7).code("f")).returning(Rule::entity());
    let rule = given(tells, all.on(&conn).one(), || {
        let row = meet(at(7)).do_update((Rule::code.set("f"), Rule::required.set("set")));
        assert_eq!(row.on(&conn).execute().unwrap(), 1);
        conn.get::<Rule>(1).unwrap().unwrap()
    });
    let shown = (
        rule.id,
        rule.code.as_deref(),
        rule.amount,
        rule.required.as_str(),
    );
    assert_eq!(shown, (1, Some("f"), Some(6), "set"));

    let by_key = |id: i64| insert(Rule::insert().id(id).amount(4)).on_conflict(Rule::primary_key());
    let set = || by_key(2).do_update(Rule::amount.set(excluded(Rule::amount) * 10));
    let back = set().returning(Rule::amount).on(&conn).one();
    let back = given(current().inserts_give_back(), back, || {
        assert_eq!(set().on(&conn).execute().unwrap(), 1);
        conn.get::<Rule>(2).unwrap().unwrap().amount
    });
    assert_eq!(back, Some(40));
    let lower = || Rule::amount.gt(excluded(Rule::amount));
    let lowered = || by_key(2).do_update_where(Rule::amount.set(excluded(Rule::amount)), lower());
    if current().is_mysql() {
        assert_unsupported(lowered().on(&conn).execute());
        let least = case().when(lower(), excluded(Rule::amount));
        let least = least.otherwise(Rule::amount);
        let least = by_key(2).do_update(Rule::amount.set(least));
        assert_eq!(least.on(&conn).execute().unwrap(), 1);
    } else {
        assert_eq!(lowered().on(&conn).execute().unwrap(), 1);
        assert_eq!(lowered().on(&conn).execute().unwrap(), 0);
        let none = lowered().returning(Rule::id).on(&conn).one_or_none();
        assert_eq!(none.unwrap(), None);
    }
    let amounts = conn.query::<Rule>().order_by(Rule::id).select(Rule::amount);
    assert_eq!(amounts.all().unwrap(), [Some(6), Some(4), Some(1)]);
}

#[each_database]
fn q13_many_rows_of_which_some_are_there_already_and_keys_of_other_types() {
    let conn = tables();
    let token = aludel::types::Uuid::from_u128;
    let device = |n: u128, name: &str| Device::insert().token(token(n)).name(name.to_owned());
    conn.insert_all([device(1, "a"), device(2, "b")]).unwrap();
    let more = || insert_all([device(2, "B"), device(3, "C"), device(4, "D")]);
    let key = Device::primary_key;
    let new = || more().on_conflict(key()).do_nothing();
    let back = new().returning(Device::name).on(&conn).all();
    // MySQL cannot leave a row alone, which it does not show: MariaDB would give it back too.
    let mut new = given(!current().is_mysql(), back, || {
        assert_eq!(new().on(&conn).execute().unwrap(), 2);
        let names = conn.query::<Device>().filter(Device::token.gt(token(2)));
        names.select(Device::name).all().unwrap()
    });
    new.sort_unstable();
    assert_eq!(new, [some("C"), some("D")]);
    let changed = more()
        .on_conflict(key())
        .do_update(Device::name.set(Device::name + "!"));
    assert_eq!(changed.on(&conn).execute().unwrap(), 3);
    let names = conn
        .query::<Device>()
        .order_by(Device::token)
        .select(Device::name);
    assert_eq!(names.all().unwrap(), ["a", "b!", "C!", "D!"].map(some));
    let conn = press();
    let pair = ArticleTopic::insert().article_id(1).topic_id(1);
    let pair = insert(pair).on_conflict(<ArticleTopic as Keyed>::primary_key());
    assert_eq!(pair.do_nothing().on(&conn).execute().unwrap(), 0);
}

#[each_database]
fn q13_an_insert_gives_back_columns_expressions_and_rows() {
    let conn = tour();
    let new = || {
        let new = User::insert().name("ed").first_name("Ed");
        insert(new.last_name("Jones"))
    };
    let shown = || {
        let row = User::entity();
        (row, User::age + 1, User::name + "!", User::full_name)
    };
    let can = current().inserts_give_back();
    let back = new().returning(shown()).on(&conn).one();
    let back: (User, i64, String, Option<String>) = given(can, back, || {
        assert_eq!(new().on(&conn).execute().unwrap(), 1);
        conn.query::<User>().select(shown()).one().unwrap()
    });
    assert_eq!((back.0.id, back.1, back.2.as_str()), (1, 19, "ed!"));
    assert_eq!(back.3.as_deref(), Some("Ed Jones"));
    let several = insert_all(["a", "b"].map(|name| User::insert().name(name)));
    let several = several.returning(User::id);
    let error = several.clone().on(&conn).one().unwrap_err();
    let (kind, count) = match can {
        true => (ErrorKind::MultipleResults, 3),
        false => (ErrorKind::Unsupported, 1),
    };
    assert_eq!(error.kind(), kind);
    assert_eq!(
        conn.query::<User>().count().unwrap(),
        count,
        "the rows are there all the same"
    );
}

#[each_database]
fn q13_a_row_of_defaults_that_may_be_there_already_is_unsupported_before_it_is_sent() {
    let conn = tables();
    conn.commit().unwrap();
    let row = insert(Rule::insert()).on_conflict(Rule::code_key);
    let done = row.do_nothing().on(&conn).execute();
    if current() != Backend::Sqlite {
        assert_eq!(done.unwrap(), 1, "the others can do it");
        return;
    }
    assert_unsupported(done);
    assert!(!conn.in_transaction());
}
