//! q11: updates and deletes that read other tables, and what changes give back.

use aludel::{ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    models::{Article, ArticleTopic, Author, Device, Employee, Sample, Topic},
};

use super::press::{press, some, staff, texts};
use crate::{
    backend::{Backend, assert_unsupported, current, given},
    features::tables,
};

aludel::alias!(leader = Employee, peer = Author);

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
    let can = current().updates_give_back();
    let back = joined.clone().returning((Article::id, Article::score));
    let back = given(can, back.all(), || {
        assert_eq!(joined.execute().unwrap(), 1);
        let changed = conn.query::<Article>().filter(Article::score.eq(3));
        changed.select((Article::id, Article::score)).all().unwrap()
    });
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
    let back = raised.clone().returning((Employee::id, Employee::salary));
    let mut raised = given(can, back.all(), || {
        assert_eq!(raised.execute().unwrap(), 4);
        let led = conn.query::<Employee>().filter(Employee::id.gt(1));
        led.select((Employee::id, Employee::salary)).all().unwrap()
    });
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
    let scored = scored.filter(Article::author_id.in_(by));
    let can = current().updates_give_back();
    let back = scored.clone().returning(Article::score).all();
    let back = given(can, back, || {
        assert_eq!(scored.execute().unwrap(), 2);
        let scores = conn.query::<Article>().order_by(Article::id);
        let scores = scores.filter(Article::author_id.in_([2, 3]));
        scores.select(Article::score).all().unwrap()
    });
    assert_eq!(back, [Some(14), Some(2)]);
    let labelled = conn.update::<Topic>().set(
        Topic::label.set(
            case::<String>()
                .when(Topic::articles.any(Article::id.gt(0)), Topic::label + "+")
                .otherwise("none"),
        ),
    );
    let labelled = labelled.all_rows();
    let back = labelled.clone().returning(Topic::label).all();
    let mut labelled = given(can, back, || {
        assert_eq!(labelled.execute().unwrap(), 3);
        conn.query::<Topic>().select(Topic::label).all().unwrap()
    });
    labelled.sort_unstable();
    assert_eq!(labelled, texts(["animals+", "none", "water+"]));
    let gone = conn.delete::<Author>().filter(!exists(of_author()));
    let shown = || (Author::entity(), Author::name + "!");
    let can = current().deletes_give_back();
    let back = gone.clone().returning(shown()).one();
    let gone = given(can, back, || {
        let dan = conn.query::<Author>().filter(Author::id.eq(4));
        let dan = dan.select(shown()).one().unwrap();
        assert_eq!(gone.execute().unwrap(), 1);
        dan
    });
    assert_eq!((gone.0.name.as_str(), gone.1.as_str()), ("dan", "dan!"));
    assert_eq!(conn.query::<Author>().count().unwrap(), 3);
    let kept = conn.delete::<Author>().filter(Author::id.eq(1));
    conn.commit().unwrap();
    assert!(kept.execute().unwrap_err().is_foreign_key_violation());
    conn.rollback().unwrap();
    if can {
        let kept = kept.returning(Author::id).one();
        assert!(kept.unwrap_err().is_foreign_key_violation());
        conn.rollback().unwrap();
    }
}

#[each_database]
fn q11_a_delete_reads_the_table_that_it_changes_by_a_query_within() {
    let conn = press();
    conn.commit().unwrap();
    let newest = || scalar(select::<Topic>().select(func::max(Topic::id)));
    let delete = conn.delete::<Topic>().filter(Topic::id.eq(newest()));
    if current() == Backend::Mysql {
        let error = delete.execute().unwrap_err();
        assert!(error.is_unsupported(), "{error:?}");
        assert!(error.message().contains("`topic`"), "{error}");
        let cleared = conn.delete::<Topic>().filter(Topic::id.in_([9]));
        let also = cleared.filter(Topic::articles.any(Article::id.gt(newest())));
        assert_unsupported(also.execute());
        assert!(!conn.in_transaction());
        return;
    }
    assert_eq!(delete.clone().returning(Topic::id).all().unwrap(), [3]);
    assert!(delete.execute().unwrap_err().is_foreign_key_violation());
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
    let all = update.clone().all_rows().returning(Author::id);
    if current().updates_give_back() {
        assert_eq!(one(1).one().unwrap(), 41);
        assert_eq!(one(9).one_or_none().unwrap(), None);
        assert!(one(9).one().unwrap_err().is_no_result());
        assert!(all.clone().one().unwrap_err().is_multiple_results());
    } else {
        assert_unsupported(one(1).one());
        assert_unsupported(one(9).one_or_none());
        assert_unsupported(all.all());
    }
    let gone = |id: i64| {
        let delete = conn.delete::<Author>().filter(Author::id.eq(id));
        delete.returning(Author::name)
    };
    if current().deletes_give_back() {
        assert!(gone(9).one().unwrap_err().is_no_result());
        assert_eq!(gone(4).one().unwrap(), "dan");
        assert_eq!(gone(4).one_or_none().unwrap(), None);
    } else {
        assert_unsupported(gone(4).one());
    }
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
    let back = update.clone().returning(Sample::twice).one();
    let back = given(current().updates_give_back(), back, || {
        assert_eq!(update.execute().unwrap(), 1);
        generated.query::<Sample>().one().unwrap().twice
    });
    assert_eq!(back, Some(10));
}

#[each_database]
fn q11_a_delete_that_joins_is_unsupported_before_anything_is_sent() {
    let conn = press();
    conn.delete::<ArticleTopic>().all_rows().execute().unwrap();
    conn.commit().unwrap();
    let delete = conn
        .delete::<Article>()
        .join(Article::author)
        .filter(Author::age.gt(35));
    let joined = conn.delete::<Article>();
    let joined = joined
        .join_on(Author::entity(), Author::id.eq(Article::id))
        .all_rows();
    if current() != Backend::Sqlite {
        assert_eq!(delete.execute().unwrap(), 3, "the others can do it");
        let back = joined.clone().returning(Article::id).all();
        let mut back = given(current() == Backend::Postgres, back, || {
            let ids = conn.query::<Article>().select(Article::id).all();
            assert_eq!(joined.execute().unwrap(), 2);
            ids.unwrap()
        });
        back.sort_unstable();
        assert_eq!(back, [3, 4]);
        return;
    }
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
    let shown = (Author::age, Author::nick);
    let back = update.clone().returning(shown).one();
    let back = given(current().updates_give_back(), back, || {
        assert_eq!(update.execute().unwrap(), 1);
        let ann = conn.query::<Author>().filter(Author::id.eq(1));
        ann.select(shown).one().unwrap()
    });
    assert_eq!(back, (43, some("x")));
    let device = || {
        let device = insert(Device::insert().token(aludel::types::Uuid::nil()));
        let device = device.on_conflict(Device::primary_key());
        device.do_update((Device::name.set("a"), Device::name.set("b")))
    };
    assert_eq!(device().on(&conn).execute().unwrap(), 1);
    let back = device().returning(Device::name).on(&conn).one();
    let back = given(current().inserts_give_back(), back, || {
        assert_eq!(device().on(&conn).execute().unwrap(), 1);
        conn.query::<Device>().one().unwrap().name
    });
    assert_eq!(back, some("b"));
}
