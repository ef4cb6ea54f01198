//! r02, r06, s11, s12: scenarios of deletes: what is new, moved or taken out while something goes, and what comes back.

use std::{cell::RefCell, rc::Rc};

use aludel::{Entity, ErrorKind, Session, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Album, AlbumRelationships, Club, ClubRelationships, Folder, FolderRelationships, Notice,
        NoticeRelationships, Order, OrderLine, OrderLineRelationships, OrderRelationships, Photo,
        PhotoRelationships, PostRelationships, PostTag, Poster, PosterRelationships,
    },
};

use super::{
    heard::{heard, writes},
    pairs::{tagged, titles, words},
};
use crate::session;

/// An order with the lines a and b; committed.
fn ordered(session: &Session) -> (Entity<Order>, [Entity<OrderLine>; 2]) {
    let order = session.add(Order::insert().buyer("ann"));
    let lines = ["a", "b"].map(|article| {
        let line = OrderLine::insert().place(1).article(article).amount(1);
        session.add(line.order(&order))
    });
    session.commit().unwrap();
    let lines = lines.map(|line| line.entity().unwrap());
    (order.entity().unwrap(), lines)
}

#[each_database]
fn s11_what_was_to_go_comes_back_flushed_or_not() {
    let session = session();
    let (order, [a, b]) = ordered(&session);
    let is_whole = || {
        let lines = order.lines().unwrap();
        lines.len() == 2 && lines.contains(&a) && lines.contains(&b)
    };
    let works: [fn(&Session, &Entity<Order>, &Entity<OrderLine>); 3] = [
        |_, order, a| order.lines().unwrap().remove(a).unwrap(),
        |_, order, _| order.lines().unwrap().clear().unwrap(),
        |session, order, _| session.delete(order).unwrap(),
    ];
    for work in works {
        for is_flushed in [false, true] {
            let savepoint = session.savepoint().unwrap();
            work(&session, &order, &a);
            if is_flushed {
                session.flush().unwrap();
            }
            savepoint.rollback().unwrap();
            assert!(is_whole() && session.deleted().is_empty());
            work(&session, &order, &a);
            if is_flushed {
                session.flush().unwrap();
            }
            session.rollback().unwrap();
            assert!(is_whole() && session.deleted().is_empty());
            // It can be moved again, as if nothing had been.
            let other = session.add(Order::insert().buyer("bob"));
            a.set_order(&other).unwrap();
            session.flush().unwrap();
            session.rollback().unwrap();
        }
    }
    session.commit().unwrap();
    assert_eq!(session.query::<OrderLine>().count().unwrap(), 2);
}

#[each_database]
fn s11_what_was_parted_without_being_loaded_comes_back() {
    let session = session();
    let club = session.add(Club::insert().name("north"));
    let known = session.add(Notice::insert().words("a").club(&club));
    let known = known.entity().unwrap();
    session.commit().unwrap();
    let club = club.entity().unwrap();
    session.refresh(&known).unwrap();
    let told = Rc::new(RefCell::new(Vec::new()));
    session.events(|on| {
        let told = Rc::clone(&told);
        on.before_update::<Notice>(move |_, notice| {
            told.borrow_mut().push(notice.words.clone());
            Ok(())
        });
    });
    let savepoint = session.savepoint().unwrap();
    let edited = session.add(Notice::insert().words("b").club(&club));
    let edited = edited.entity().unwrap();
    edited.edit().unwrap().words = "edited".into();
    session.delete(&club).unwrap();
    let (statements, ()) = heard(|| session.flush().unwrap());
    let sent = writes(&statements);
    assert_eq!(sent, ["UPDATE notice", "UPDATE notice", "DELETE club"]);
    assert_eq!((known.club_id, edited.club_id), (None, None));
    // Who has something to flush is told of, the others are rows of a statement about many.
    assert_eq!(told.take(), ["edited"]);
    savepoint.rollback().unwrap();
    assert_eq!(known.club().unwrap(), Some(club.clone()));
    session.commit().unwrap();
    assert_eq!(
        session.query::<Notice>().one().unwrap().club().unwrap(),
        Some(club)
    );
}

#[each_database]
fn r06_what_is_only_written_leads_to_the_new_object_of_a_row_where_that_was_said() {
    let session = session();
    let old = session.add(Club::insert().name("old"));
    let notice = |words: &str| session.add(Notice::insert().words(words).club(&old));
    let [stays, moves, known] = ["stays", "moves", "known"].map(notice);
    let (moves, known) = (moves.entity().unwrap(), known.entity().unwrap());
    session.commit().unwrap();
    drop(stays);
    let old = old.entity().unwrap();
    session.refresh(&known).unwrap();
    session.delete(&old).unwrap();
    let new = session.add(Club::insert().id(old.id).name("new"));
    session.add(Notice::insert().words("new").club_id(old.id));
    session.without_autoflush(|| moves.set_club(&new)).unwrap();
    session.flush().unwrap();
    assert_eq!(known.club_id, None);
    let hanging = session.query::<Notice>().order_by(Notice::words);
    let hanging = hanging.filter(!Notice::club.is_null()).plain();
    assert_eq!(
        hanging.select(Notice::words).all().unwrap(),
        ["moves", "new"]
    );
    let new = new.entity().unwrap();
    assert_eq!(moves.club().unwrap(), Some(new.clone()));
    assert_eq!(new.notices().query(&session).unwrap().count().unwrap(), 2);
    session.commit().unwrap();
    assert_eq!(session.query::<Club>().one().unwrap().name, "new");
}

#[each_database]
fn r06_what_goes_out_of_a_deleted_row_in_time_is_not_deleted_by_the_database() {
    let session = session();
    let [one, two] = ["one", "two"].map(|title| session.add(Album::insert().title(title)));
    let [sea, sun, sky] =
        ["sea", "sun", "sky"].map(|motif| session.add(Photo::insert().motif(motif).album(&one)));
    let poster = session.add(Poster::insert().wall("north").photo(&sun));
    session.commit().unwrap();
    let [one, two] = [one, two].map(|album| album.entity().unwrap());
    let [sea, sun, sky] = [sea, sun, sky].map(|photo| photo.entity().unwrap());
    let poster = poster.entity().unwrap();
    session.query::<Photo>().all().unwrap();
    session.query::<Poster>().all().unwrap();
    assert_eq!(one.photos().unwrap().len(), 3);
    sea.set_album(&two).unwrap();
    sun.edit().unwrap().motif = "moon".into();
    // One that is new leads to a row that goes, and to what goes with that.
    let new = session.add(Poster::insert().wall("south").photo(&sun));
    session.delete(&one).unwrap();
    session.flush().unwrap();
    assert!(!Entity::is_deleted(&sea) && Entity::is_deleted(&sun) && Entity::is_deleted(&sky));
    assert_eq!(sea.album().unwrap(), two);
    for poster in [&poster, &new.entity().unwrap()] {
        assert_eq!(poster.photo().unwrap(), None);
    }
    session.commit().unwrap();
    assert_eq!(session.query::<Photo>().one().unwrap(), sea);
    assert_eq!(two.photos().unwrap().to_vec(), [sea]);
}

#[each_database]
fn r02_pairs_go_once_however_many_ways_lead_to_them() {
    let (session, [one, two], [a, b, c]) = tagged();
    one.tags().unwrap().replace([&a, &b]).unwrap();
    two.tags().unwrap().replace([&a, &b]).unwrap();
    session.commit().unwrap();
    // Taken out, and both sides deleted; one that is new is never inserted.
    let mut tags = one.tags().unwrap();
    tags.add(&c).unwrap();
    tags.remove(&a).unwrap();
    session.delete(&one).unwrap();
    session.delete(&a).unwrap();
    let (statements, ()) = heard(|| session.flush().unwrap());
    let mut sent = writes(&statements);
    sent.dedup();
    assert_eq!(sent[0], "DELETE post_tag", "{statements:?}");
    sent.sort();
    assert_eq!(sent, ["DELETE post", "DELETE post_tag", "DELETE tag"]);
    assert_eq!((words(&two), titles(&c)), ("b".into(), String::new()));
    assert_eq!(session.query::<PostTag>().count().unwrap(), 1);
    session.rollback().unwrap();
    assert_eq!((words(&one), words(&two)), ("ab".into(), "ab".into()));
    assert_eq!(titles(&c), "");
}

#[each_database]
fn r06_what_is_new_below_is_let_go_with_what_it_hangs_at() {
    let session = session();
    let root = session.add(Folder::insert().name("root")).entity().unwrap();
    session.commit().unwrap();
    session.refresh(&root).unwrap();
    let mut children = root.children().unwrap();
    let (new, below) = session.without_autoflush(|| {
        let new = session.add(Folder::insert().name("new"));
        children.add(&new).unwrap();
        (
            new.clone(),
            session.add(Folder::insert().name("below").parent(&new)),
        )
    });
    session.expunge(&root).unwrap();
    assert!(Entity::is_detached(&root));
    assert!(session.new_objects().is_empty());
    assert_eq!((new.id(), below.id()), (None, None));
    session.commit().unwrap();
    assert_eq!(session.query::<Folder>().count().unwrap(), 1);
}

#[each_database]
fn r06_a_refreshed_object_forgets_members_that_are_gone() {
    let session = session();
    let root = session.add(Folder::insert().name("root"));
    let child = session.add(Folder::insert().name("child").parent(&root));
    let child = child.entity().unwrap();
    session.commit().unwrap();
    let root = root.entity().unwrap();
    assert_eq!(root.children().unwrap().to_vec(), [child.clone()]);
    session
        .with_connection(|conn| {
            let delete = conn.delete::<Folder>().filter(Folder::name.eq("child"));
            delete.execute()
        })
        .unwrap();
    // It takes along its children, and is there although they are not.
    session.refresh(&root).unwrap();
    assert!(root.children().unwrap().is_empty());
    let error = session.refresh(&child).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
}
