//! r04, r05, r06: scenarios of collections: what is in them after members were replaced, moved, merged, or came back.

use aludel::{ErrorKind, Session, prelude::*, query::insert};
use aludel_testing::{
    each_database,
    village::{
        Hobby, HobbyRelationships, Order, OrderLine, OrderRelationships, Person,
        PersonRelationships,
    },
};

use super::heard::{counted, heard, writes};
use crate::{hobbies, hobby, named, names, person, populated, session};

#[each_database]
fn r06_members_that_are_replaced_before_a_flush_never_appear() {
    let session = session();
    let order = session.add(Order::insert().buyer("ann"));
    let line = |article: &str| {
        let line = OrderLine::insert().place(1).article(article).amount(1);
        session.add(line)
    };
    let mut list = order.lines().unwrap();
    let (statements, ()) = heard(|| {
        let (a, b) = (line("a"), line("b"));
        list.replace([&a, &b]).unwrap();
        let (c, d) = (line("c"), line("d"));
        list.replace([&c, &d]).unwrap();
        assert_eq!((a.id(), session.new_objects().len()), (None, 2));
        session.commit().unwrap();
    });
    let mut sent = writes(&statements);
    sent.dedup();
    assert_eq!(sent, ["INSERT order_line"]);
    let articles = session.query::<OrderLine>().plain();
    let articles = articles.order_by(OrderLine::article);
    let articles = articles.select(OrderLine::article).all().unwrap();
    assert_eq!(articles, ["c", "d"]);
}

#[each_database]
fn r06_orphans_go_with_a_parent_that_has_not_loaded_them() {
    let session = session();
    for buyer in ["ann", "bob"] {
        let order = session.add(Order::insert().buyer(buyer));
        for place in [1, 2] {
            let line = OrderLine::insert().place(place).article(buyer).amount(1);
            session.add(line.order(&order));
        }
    }
    session.commit().unwrap();
    session.clear();
    let order = session.query::<Order>().filter(Order::buyer.eq("ann"));
    session.delete(&order.one().unwrap()).unwrap();
    session.commit().unwrap();
    let left = session.query::<OrderLine>().plain();
    let left = left.select(OrderLine::article).all().unwrap();
    assert_eq!(left, ["bob", "bob"]);
}

#[each_database]
fn r06_an_object_outside_is_taken_in_by_the_other_side_alone() {
    let session = populated();
    let [chess, _] = hobbies(&session).try_into().unwrap();
    let ed = named(&session, "ed");
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    let ann = session.add(Person::insert().name("ann"));
    let golf = hobby(&session, "golf");
    session.expunge_pending(&ann).unwrap();
    session.expunge_pending(&golf).unwrap();
    // Who is in no session leads nowhere, and is not taken in by saying so.
    let refused = [ann.set_hobby(&chess), golf.pers().map(drop)];
    let refused = refused.map(|result| result.unwrap_err().kind());
    assert_eq!(refused, [ErrorKind::Detached; 2]);
    assert!(session.new_objects().is_empty());
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    chess.pers().unwrap().add(&ann).unwrap();
    session.without_autoflush(|| ed.set_hobby(&golf)).unwrap();
    assert_eq!(session.new_objects().len(), 2);
    session.commit().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ann"]);
    assert_eq!(names(&golf.pers().unwrap()), ["ed"]);
}

#[each_database]
fn r06_what_is_added_again_takes_along_what_it_leads_to_however_it_got_out() {
    let session = session();
    let ways: [fn(&Session); 3] = [
        |session| session.rollback().unwrap(),
        |session| session.close().unwrap(),
        Session::clear,
    ];
    for (way, get_out) in ways.into_iter().enumerate() {
        let golf = hobby(&session, "golf");
        let chief = person(&session, "chief", &golf);
        let ann = session.add(Person::insert().name("ann").hobby(&golf).chief(&chief));
        get_out(&session);
        assert!(session.new_objects().is_empty());
        session.add(&ann).unwrap();
        assert_eq!(session.new_objects().len(), 3, "{way}");
        session.commit().unwrap();
        assert_eq!(ann.chief().unwrap(), Some(chief.entity().unwrap()));
        assert_eq!(names(&golf.pers().unwrap()), ["ann", "chief"]);
    }
    assert_eq!(session.query::<Hobby>().count().unwrap(), 3);
}

#[each_database]
fn r04_a_savepoint_gives_collections_back() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let [ed, al] = ["ed", "al"].map(|name| named(&session, name));
    ed.edit().unwrap().name = "eddie".into();
    let new = session.add(Person::insert().name("bo").hobby(&chess));
    let savepoint = session.savepoint().unwrap();
    let golf = hobby(&session, "golf");
    let inner = person(&session, "inner", &golf);
    al.set_hobby(&golf).unwrap();
    new.set_hobby(&rugby).unwrap();
    al.set_chief(&inner).unwrap();
    chess
        .pers()
        .unwrap()
        .add(&person(&session, "late", &golf))
        .unwrap();
    session.delete(&ed).unwrap();
    assert_eq!(names(&golf.pers().unwrap()), ["al", "inner"]);
    assert_eq!(names(&chess.pers().unwrap()), ["late"]);
    assert_eq!(names(&rugby.pers().unwrap()), ["bo", "cy"]);
    savepoint.rollback().unwrap();
    for _ in 0..2 {
        assert_eq!(names(&chess.pers().unwrap()), ["al", "bo", "eddie"]);
        assert_eq!(names(&rugby.pers().unwrap()), ["cy"]);
        assert_eq!(al.hobby().unwrap(), chess);
        assert_eq!(
            (al.chief().unwrap(), golf.id(), inner.id()),
            (None, None, None)
        );
        session.commit().unwrap();
    }
    assert_eq!(session.query::<Hobby>().count().unwrap(), 2);
}

#[each_database]
fn r06_a_merged_row_leaves_one_collection_for_another() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let ed = named(&session, "ed");
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    assert_eq!(names(&rugby.pers().unwrap()), ["cy"]);
    let mut row: Person = (*ed).clone();
    row.hobby_id = rugby.id;
    let merged = session.merge(row).unwrap();
    assert!(merged == ed);
    let (statements, ()) = counted(|| {
        assert_eq!(names(&chess.pers().unwrap()), ["al"]);
        assert_eq!(names(&rugby.pers().unwrap()), ["cy", "ed"]);
    });
    assert_eq!(statements, 0);
    // One that is nowhere comes with what it leads to.
    let mut row: Person = (*ed).clone();
    (row.id, row.name) = (77, "new".into());
    session.merge(row).unwrap();
    assert_eq!(names(&rugby.pers().unwrap()), ["cy", "ed", "new"]);
    session.commit().unwrap();
    assert_eq!(names(&rugby.pers().unwrap()), ["cy", "ed", "new"]);
}

#[each_database]
fn r05_a_refreshed_object_has_its_collections_loaded_again() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    assert_eq!(names(&rugby.pers().unwrap()), ["cy"]);
    session
        .with_connection(|conn| {
            let rows = ["x", "y"].map(|name| Person::insert().name(name).hobby_id(chess.id));
            rows.into_iter()
                .try_for_each(|row| insert(row).on(conn).execute().map(drop))
        })
        .unwrap();
    assert_eq!(
        names(&chess.pers().unwrap()),
        ["al", "ed"],
        "what is known stays"
    );
    session.refresh(&chess).unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed", "x", "y"]);
    assert_eq!(
        counted(|| rugby.pers().unwrap().len()),
        (0, 1),
        "the other one stays"
    );
}
