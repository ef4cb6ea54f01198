//! q11, q13: inserts of many rows, from queries, and where a key is there already; changes that read other tables; what all of
//! these give back.

use aludel::{ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    models::{Article, ArticleTopic, Author, Device, Employee, Rule, Sample, Topic},
};
use aludel_tour::User;

use super::press::{press, some, staff, texts};
use crate::features::{tables, tour};

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
    let ids = insert_all((301..=600).map(topic)).returning((Topic::id, Topic::label));
    let mut ids: Vec<(i64, String)> = ids.on(&conn).all().unwrap();
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
    let copied = insert_from(into, copied).returning((Article::id, Article::title));
    let mut copied = copied.on(&conn).all().unwrap();
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
    assert_eq!(again.on(&conn).execute().unwrap(), 0);
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
    conn.insert_all([row("a", "x", 1).id(1), row("b", "y", 2).id(2)])
        .unwrap();
    let kept = insert(row("a", "z", 9))
        .on_conflict(Rule::code_key)
        .do_nothing();
    assert_eq!(kept.on(&conn).execute().unwrap(), 0);
    let new = insert(row("c", "z", 9))
        .on_conflict(Rule::code_key)
        .do_nothing();
    assert_eq!(new.on(&conn).execute().unwrap(), 1);
    // Another key that is there already is an error as ever.
    let other = insert(row("d", "x", 1))
        .on_conflict(Rule::code_key)
        .do_nothing();
    assert!(other.on(&conn).execute().unwrap_err().is_unique_violation());

    let amount = |row| insert(row).on_conflict(Rule::region_and_number_key);
    let added = amount(row("e", "x", 1).amount(5))
        .do_update(Rule::amount.set(Rule::amount + excluded(Rule::amount)));
    assert_eq!(added.on(&conn).execute().unwrap(), 1);
    let several = amount(row("f", "x", 1).amount(7)).do_update((
        Rule::code.set(excluded(Rule::code)),
        Rule::required.set("set"),
    ));
    let rule = several.returning(Rule::entity()).on(&conn).one().unwrap();
    let shown = (
        rule.id,
        rule.code.as_deref(),
        rule.amount,
        rule.required.as_str(),
    );
    assert_eq!(shown, (1, Some("f"), Some(6), "set"));

    let by_key = |id: i64| insert(Rule::insert().id(id).amount(4)).on_conflict(Rule::primary_key());
    let set = by_key(2).do_update(Rule::amount.set(excluded(Rule::amount) * 10));
    assert_eq!(
        set.returning(Rule::amount).on(&conn).one().unwrap(),
        Some(40)
    );
    let lower = || Rule::amount.gt(excluded(Rule::amount));
    let lowered = by_key(2).do_update_where(Rule::amount.set(excluded(Rule::amount)), lower());
    assert_eq!(lowered.clone().on(&conn).execute().unwrap(), 1);
    assert_eq!(lowered.on(&conn).execute().unwrap(), 0);
    let lowered = by_key(2).do_update_where(Rule::amount.set(excluded(Rule::amount)), lower());
    assert_eq!(
        lowered.returning(Rule::id).on(&conn).one_or_none().unwrap(),
        None
    );
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
    let new = more()
        .on_conflict(key())
        .do_nothing()
        .returning(Device::name);
    let mut new = new.on(&conn).all().unwrap();
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
    let new = insert(
        User::insert()
            .name("ed")
            .first_name("Ed")
            .last_name("Jones"),
    );
    let back: (User, i64, String, Option<String>) = new
        .returning((
            User::entity(),
            User::age + 1,
            User::name + "!",
            User::full_name,
        ))
        .on(&conn)
        .one()
        .unwrap();
    assert_eq!((back.0.id, back.1, back.2.as_str()), (1, 19, "ed!"));
    assert_eq!(back.3.as_deref(), Some("Ed Jones"));
    let several = insert_all(["a", "b"].map(|name| User::insert().name(name)));
    let several = several.returning(User::id);
    let error = several.clone().on(&conn).one().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MultipleResults);
    assert_eq!(
        conn.query::<User>().count().unwrap(),
        3,
        "the rows are there all the same"
    );
}

#[each_database]
fn q11_updates_read_other_tables() {
    let conn = press();
    let signed = conn
        .update::<Article>()
        .join(Article::author)
        .set(Article::title.set(Article::title + " by " + Author::name))
        .filter(Author::age.lt(35));
    assert_eq!(signed.execute().unwrap(), 2);
    let titles = conn
        .query::<Article>()
        .order_by(Article::id)
        .select(Article::title);
    let expected = texts(["Ants", "Bees", "Cats by bob", "Dogs by cid", "Eels"]);
    assert_eq!(titles.all().unwrap(), expected);
    let joined = conn
        .update::<Article>()
        .join(Article::author)
        .join_on(peer.entity(), peer.col(Author::age).eq(Author::age))
        .filter(peer.col(Author::id).gt(Author::id))
        .set(Article::score.set(peer.col(Author::id)));
    let back = joined
        .returning((Article::id, Article::score))
        .all()
        .unwrap();
    assert_eq!(back, [(3, Some(3))]);
    let through = conn.update::<Article>().join(Article::topics);
    let through = through
        .filter(Topic::label.eq("water"))
        .set(Article::score.set(None));
    assert_eq!(through.execute().unwrap(), 1);
    let conn = staff();
    let raised = conn
        .update::<Employee>()
        .join(Employee::manager.to(leader))
        .set(Employee::salary.set(leader.col(Employee::salary)))
        .all_rows();
    let mut raised = raised
        .returning((Employee::id, Employee::salary))
        .all()
        .unwrap();
    raised.sort_unstable();
    assert_eq!(raised, [(2, 9), (3, 5), (4, 5), (5, 9)], "all at once");
}

#[each_database]
fn q11_updates_and_deletes_use_queries_within() {
    let conn = press();
    let of_author = || {
        let articles = select::<Article>().correlate::<Author>();
        articles.filter(Article::author_id.eq(Author::id))
    };
    let n = scalar(of_author().select(func::count_all()));
    let counted = conn
        .update::<Author>()
        .set(Author::age.set(func::coalesce(n, 0)));
    assert_eq!(counted.clone().all_rows().execute().unwrap(), 4);
    let ages = conn
        .query::<Author>()
        .order_by(Author::id)
        .select(Author::age);
    assert_eq!(ages.all().unwrap(), [3, 1, 1, 0]);
    let idle = conn.update::<Author>().set(Author::active.set(false));
    assert_eq!(idle.filter(!exists(of_author())).execute().unwrap(), 1);
    let by = select::<Author>()
        .filter(Author::age.eq(1))
        .select(Author::id);
    let scored = conn
        .update::<Article>()
        .set(Article::score.set(Article::score * 2));
    let scored = scored
        .filter(Article::author_id.in_(by))
        .returning(Article::score);
    assert_eq!(scored.all().unwrap(), [Some(14), Some(2)]);
    let labelled = conn.update::<Topic>().set(
        Topic::label.set(
            case::<String>()
                .when(Topic::articles.any(Article::id.gt(0)), Topic::label + "+")
                .otherwise("none"),
        ),
    );
    let mut labelled = labelled.all_rows().returning(Topic::label).all().unwrap();
    labelled.sort_unstable();
    assert_eq!(labelled, texts(["animals+", "none", "water+"]));
    let gone = conn.delete::<Author>().filter(!exists(of_author()));
    let gone = gone
        .returning((Author::entity(), Author::name + "!"))
        .one()
        .unwrap();
    assert_eq!((gone.0.name.as_str(), gone.1.as_str()), ("dan", "dan!"));
    let oldest = scalar(select::<Topic>().select(func::max(Topic::id)));
    let delete = conn.delete::<Topic>().filter(Topic::id.eq(oldest));
    assert_eq!(delete.clone().returning(Topic::id).all().unwrap(), [3]);
    assert!(delete.execute().unwrap_err().is_foreign_key_violation());
    let kept = conn
        .delete::<Author>()
        .filter(Author::id.eq(1))
        .returning(Author::id);
    assert!(kept.one().unwrap_err().is_foreign_key_violation());
}

#[each_database]
fn q11_what_changes_give_back_is_counted_as_ever() {
    let conn = press();
    let update = conn
        .update::<Author>()
        .set(Author::age.set(Author::age + 1));
    let one = |id: i64| {
        update
            .clone()
            .filter(Author::id.eq(id))
            .returning(Author::age)
    };
    assert_eq!(one(1).one().unwrap(), 41);
    assert_eq!(one(9).one_or_none().unwrap(), None);
    assert!(one(9).one().unwrap_err().is_no_result());
    let all = update.clone().all_rows().returning(Author::id);
    assert!(all.clone().one().unwrap_err().is_multiple_results());
    let refused = update.returning(Author::id).all().unwrap_err();
    assert!(refused.is_invalid_request() && refused.message().contains("all_rows"));
    let nothing = conn.update::<Author>().returning(Author::id).all().unwrap();
    assert!(nothing.is_empty(), "with nothing to set nothing is sent");
    let refused = conn
        .delete::<Author>()
        .returning(Author::id)
        .all()
        .unwrap_err();
    assert!(refused.is_invalid_request());
    let generated = tables();
    let row = Sample::insert().a(4).b(1).c(1).x(0.0).p(true).q(true).t("");
    generated.insert(row).unwrap();
    let update = generated
        .update::<Sample>()
        .set(Sample::a.set(5))
        .all_rows();
    assert_eq!(update.returning(Sample::twice).one().unwrap(), Some(10));
}

#[each_database]
fn q11_a_delete_that_joins_is_unsupported_before_anything_is_sent() {
    let conn = press();
    conn.commit().unwrap();
    let delete = conn
        .delete::<Article>()
        .join(Article::author)
        .filter(Author::age.gt(35));
    let joined = conn.delete::<Article>();
    let joined = joined
        .join_on(Author::entity(), Author::id.eq(Article::id))
        .all_rows();
    for error in [delete.execute().unwrap_err(), joined.execute().unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert!(
            error.message().contains("exists"),
            "says what to do: {error}"
        );
    }
    assert!(!conn.in_transaction());
}

#[each_database]
fn q11_the_last_value_that_is_set_counts() {
    let conn = press();
    let update = conn
        .update::<Author>()
        .set((Author::age.set(1), Author::age.set(2)));
    let update = update.set((Author::nick.set("x"), Author::age.set(Author::age + 3)));
    let update = update.filter(Author::id.eq(1));
    let sql = update.to_sql(aludel::Dialect::Postgres).unwrap();
    assert_eq!(sql.text().matches("\"age\" =").count(), 1, "{sql}");
    assert_eq!(
        update.returning((Author::age, Author::nick)).one().unwrap(),
        (43, some("x"))
    );
    let topic = insert(Topic::insert().id(1).label("x")).on_conflict(Topic::primary_key());
    let topic = topic.do_update((Topic::label.set("a"), Topic::label.set("b")));
    assert_eq!(topic.returning(Topic::label).on(&conn).one().unwrap(), "b");
}

#[each_database]
fn q13_a_row_of_defaults_that_may_be_there_already_is_unsupported_before_it_is_sent() {
    let conn = tables();
    conn.commit().unwrap();
    let row = insert(Rule::insert()).on_conflict(Rule::code_key);
    let error = row.do_nothing().on(&conn).execute().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(!conn.in_transaction());
}
