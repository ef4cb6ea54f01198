//! r02, s12: scenarios of many-to-many: rows in between that are gone, said twice, or deleted for good.

use aludel::{Entity, ErrorKind};
use aludel_testing::{
    each_database,
    village::{
        Club, ClubRelationships, Membership, MembershipRelationships, Order, OrderLine,
        OrderLineRelationships, OrderRelationships, PersonRelationships, PostRelationships,
        PostTag, PostTagRelationships, TagRelationships,
    },
};

use super::{
    heard::{heard, writes},
    pairs::{tagged, words},
};
use crate::{named, names, populated, session};

#[each_database]
fn r02_a_pair_that_somebody_else_took_is_missed_by_an_update_and_not_by_a_delete() {
    let (session, [one, _], [a, b, c]) = tagged();
    one.tags().unwrap().replace([&a, &b]).unwrap();
    session.commit().unwrap();
    let take_all = || {
        session
            .with_connection(|conn| conn.delete::<PostTag>().all_rows().execute())
            .unwrap();
    };
    let mut tags = one.tags().unwrap();
    let pair = session.get::<PostTag>((one.id, b.id)).unwrap().unwrap();
    take_all();
    tags.remove(&a).unwrap();
    let (said, ()) = heard(|| session.flush().unwrap());
    assert_eq!(
        (writes(&said), said.len()),
        (vec!["DELETE post_tag".into()], 2)
    );
    let warning = "rows that were to be deleted were not there";
    assert!(said.iter().any(|line| line == warning), "{said:?}");
    assert_eq!(words(&one), "b", "nothing was read again");
    pair.set_tag(&c).unwrap();
    assert_eq!(words(&one), "c");
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    let message = "UPDATE of table `post_tag` was to change 1 row, and found 0";
    assert!(error.message().starts_with(message), "{error}");
    session.rollback().unwrap();
    assert_eq!(words(&one), "ab");
}

#[each_database]
fn r02_pairs_from_both_sides_are_inserted_once_and_together() {
    let (session, [one, two], [a, b, _]) = tagged();
    let mut lists = [one.tags().unwrap(), two.tags().unwrap()];
    let mut back = [a.posts().unwrap(), b.posts().unwrap()];
    let (statements, ()) = heard(|| {
        lists[0].add(&a).unwrap();
        back[0].add(&two).unwrap();
        lists[1].add(&b).unwrap();
        back[1].add(&one).unwrap();
        // All of that again, from the other side.
        lists[0].add(&b).unwrap();
        lists[1].add(&a).unwrap();
        back[0].add(&one).unwrap();
        back[1].add(&two).unwrap();
        session.commit().unwrap();
    });
    assert_eq!(
        (writes(&statements), statements.len()),
        (vec!["INSERT post_tag".into()], 1)
    );
    assert_eq!((words(&one), words(&two)), ("ab".into(), "ab".into()));
    assert_eq!(session.query::<PostTag>().count().unwrap(), 4);
}

#[each_database]
fn s12_what_was_taken_out_and_is_deleted_by_its_name_too_is_not_linked_again() {
    let session = populated();
    let ed = named(&session, "ed");
    let [north, south] =
        ["north", "south"].map(|name| session.add(Club::insert().name(name)).entity().unwrap());
    let pair = session.add(Membership::insert().person(&ed).club(&north));
    session.commit().unwrap();
    let pair = pair.entity().unwrap();
    let mut members = north.members().unwrap();
    // One that was only taken out is kept by a link.
    members.remove(&ed).unwrap();
    pair.set_club(&south).unwrap();
    pair.set_club(&north).unwrap();
    assert!(session.deleted().is_empty());
    members.remove(&ed).unwrap();
    session.delete(&pair).unwrap();
    assert_eq!(
        pair.set_club(&south).unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    // The same two can be paired again: by a row of its own.
    members.add(&ed).unwrap();
    session.commit().unwrap();
    assert!(Entity::is_deleted(&pair));
    assert_eq!(names(&north.members().unwrap()), ["ed"]);
    assert!(ed.memberships().unwrap()[0] != pair);
}

#[each_database]
fn s12_an_orphan_that_was_deleted_before_is_not_linked_again() {
    let session = session();
    let [one, two] =
        ["ann", "bob"].map(|buyer| session.add(Order::insert().buyer(buyer)).entity().unwrap());
    let line = OrderLine::insert().place(1).article("a").amount(1);
    let line = session.add(line.order(&one)).entity().unwrap();
    session.commit().unwrap();
    let mut lines = one.lines().unwrap();
    session.delete(&line).unwrap();
    lines.remove(&line).unwrap();
    assert_eq!(
        line.set_order(&two).unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    session.commit().unwrap();
    assert_eq!(session.query::<OrderLine>().count().unwrap(), 0);
}
