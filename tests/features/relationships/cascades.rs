//! r06: what is done to other objects together with one.

use aludel::{Entity, ErrorKind, Session, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Actor, Album, AlbumRelationships, Casting, Country, CountryRelationships, Document, Flat,
        FlatRelationships, Folder, FolderRelationships, Hobby, HobbyRelationships, Order,
        OrderLine, OrderLineRelationships, OrderRelationships, Person, Photo, PhotoRelationships,
        Play, Poster, PosterRelationships, Tenant, Town, TownRelationships, Troupe,
        TroupeRelationships,
    },
};

use super::heard::heard;
use crate::{hobbies, named, names, populated, session};

/// A folder `root` with `a` and `b` in it, `c` in `b`, and a document in each; committed and let go.
fn folders() -> Session {
    let session = session();
    let root = session.add(Folder::insert().name("root"));
    let a = session.add(Folder::insert().name("a").parent(&root));
    let b = session.add(Folder::insert().name("b").parent(&root));
    let c = session.add(Folder::insert().name("c").parent(&b));
    for (folder, name) in [(&root, "in root"), (&a, "in a"), (&b, "in b"), (&c, "in c")] {
        session.add(Document::insert().name(name).folder(folder));
    }
    session.commit().unwrap();
    session.clear();
    session
}

fn folder(session: &Session, name: &str) -> Entity<Folder> {
    let query = session.query::<Folder>().filter(Folder::name.eq(name));
    query.one().unwrap()
}

fn left(session: &Session) -> (Vec<String>, Vec<String>) {
    let folders = session.query::<Folder>().plain().order_by(Folder::name);
    let documents = session.query::<Document>().plain().order_by(Document::name);
    (
        folders.select(Folder::name).all().unwrap(),
        documents.select(Document::name).all().unwrap(),
    )
}

#[each_database]
fn r06_a_delete_takes_along_what_the_schema_says_loaded_or_not() {
    let session = folders();
    let b = folder(&session, "b");
    session.delete(&b).unwrap();
    session.commit().unwrap();
    let (folders, documents) = left(&session);
    assert_eq!(folders, ["a", "root"]);
    assert_eq!(documents, ["in a", "in root"]);
    session.delete(&folder(&session, "root")).unwrap();
    session.rollback().unwrap();
    let root = folder(&session, "root");
    assert_eq!(root.children().unwrap().len(), 1);
    assert_eq!(root.documents().unwrap().len(), 1);
    session.delete(&root).unwrap();
    session.commit().unwrap();
    assert_eq!(left(&session), (vec![], vec![]));
}

#[each_database]
fn r06_what_is_deleted_along_is_found_deleted_and_comes_back_with_a_rollback() {
    let session = folders();
    let (b, c) = (folder(&session, "b"), folder(&session, "c"));
    session.delete(&b).unwrap();
    session.flush().unwrap();
    assert!(Entity::is_deleted(&c));
    session.rollback().unwrap();
    assert!(!Entity::is_deleted(&c) && !Entity::is_deleted(&b));
    assert_eq!(c.parent().unwrap(), Some(b));
}

#[each_database]
fn r06_a_member_that_was_moved_away_stays() {
    let session = folders();
    let (a, b, c) = (
        folder(&session, "a"),
        folder(&session, "b"),
        folder(&session, "c"),
    );
    assert_eq!(b.children().unwrap().len(), 1);
    c.set_parent(&a).unwrap();
    session.delete(&b).unwrap();
    session.commit().unwrap();
    let (folders, documents) = left(&session);
    assert_eq!(folders, ["a", "c", "root"]);
    assert_eq!(documents, ["in a", "in c", "in root"]);
}

#[each_database]
fn r06_without_a_cascade_the_foreign_key_becomes_null() {
    let session = session();
    let flat = session.add(Flat::insert().house("a").number(1).rent(1));
    let other = session.add(Flat::insert().house("a").number(2).rent(1));
    for (name, flat) in [("ed", &flat), ("al", &flat), ("cy", &other)] {
        session.add(Tenant::insert().name(name).flat(flat));
    }
    session.commit().unwrap();
    session.clear();
    let flat = session.get::<Flat>(("a".to_owned(), 1)).unwrap().unwrap();
    session.delete(&flat).unwrap();
    session.commit().unwrap();
    let homeless = session.query::<Tenant>().filter(Tenant::flat.is_null());
    assert_eq!(homeless.count().unwrap(), 2);
    let other = session.get::<Flat>(("a".to_owned(), 2)).unwrap().unwrap();
    assert_eq!(other.tenants().unwrap().len(), 1);
}

#[each_database]
fn r06_what_can_neither_lead_nowhere_nor_goes_along_keeps_its_parent() {
    let session = populated();
    let [chess, _] = hobbies(&session).try_into().unwrap();
    session.delete(&chess).unwrap();
    let error = session.flush().unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    session.rollback().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    // Once they are gone, it can go: in one flush.
    for person in chess.pers().unwrap() {
        session.delete(&person).unwrap();
    }
    session.delete(&chess).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Person>().count().unwrap(), 1);
}

#[each_database]
fn r06_what_the_database_does_by_itself_is_not_done_twice() {
    let session = session();
    let album = session.add(Album::insert().title("summer"));
    let photo = session.add(Photo::insert().motif("sea").album(&album));
    session.add(Photo::insert().motif("sun").album(&album));
    let poster = session.add(Poster::insert().wall("north").photo(&photo));
    session.commit().unwrap();
    let (album, photo, poster) = (
        album.entity().unwrap(),
        photo.entity().unwrap(),
        poster.entity().unwrap(),
    );
    session.refresh(&poster).unwrap();
    session.refresh(&photo).unwrap();
    assert_eq!(poster.photo().unwrap(), Some(photo.clone()));
    session.refresh(&album).unwrap();
    session.delete(&album).unwrap();
    let (statements, ()) = heard(|| session.flush().unwrap());
    assert_eq!(statements.len(), 1, "{statements:?}");
    assert!(statements[0].starts_with("DELETE"), "{statements:?}");
    // The objects that the session has follow, as far as the database went.
    assert!(Entity::is_deleted(&photo));
    assert!(!Entity::is_deleted(&poster));
    assert_eq!(poster.photo().unwrap(), None);
    assert_eq!(poster.photo_id, None);
    session.rollback().unwrap();
    assert_eq!(poster.photo().unwrap(), Some(photo.clone()));
    assert_eq!(album.photos().unwrap().len(), 2);
    session.delete(&album).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Photo>().count().unwrap(), 0);
    assert_eq!(session.query::<Poster>().count().unwrap(), 1);
}

#[each_database]
fn r06_objects_follow_a_key_that_the_database_changes_in_their_rows() {
    let session = session();
    let norway = session.add(Country::insert().code("no").name("Norway"));
    let [oslo, bergen] =
        ["Oslo", "Bergen"].map(|name| session.add(Town::insert().name(name).country(&norway)));
    session.commit().unwrap();
    let (norway, oslo) = (norway.entity().unwrap(), oslo.entity().unwrap());
    assert_eq!(oslo.country().unwrap(), norway);
    norway.edit().unwrap().code = "nw".into();
    session.flush().unwrap();
    assert_eq!(oslo.country().unwrap(), norway);
    assert_eq!(oslo.country_code, "nw");
    assert_eq!(bergen.country().unwrap(), norway);
    let towns = session
        .query::<Country>()
        .eager(Country::towns)
        .one()
        .unwrap();
    assert_eq!(towns.towns().unwrap().len(), 2);
    session.rollback().unwrap();
    assert_eq!(oslo.country().unwrap(), norway);
    assert_eq!(
        (oslo.country_code.as_str(), norway.code.as_str()),
        ("no", "no")
    );
}

#[each_database]
fn r06_a_new_member_goes_with_the_row_that_it_was_to_lead_to() {
    let session = session();
    let album = session
        .add(Album::insert().title("summer"))
        .entity()
        .unwrap();
    let photo = session.add(Photo::insert().motif("sea").album(&album));
    session.delete(&album).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Photo>().count().unwrap(), 0);
    assert_eq!(photo.id(), None);
}

fn ordered() -> (Session, Entity<Order>, Vec<Entity<OrderLine>>) {
    let session = session();
    let order = session.add(Order::insert().buyer("ed"));
    for (place, article) in [(1, "a"), (2, "b"), (3, "c")] {
        let line = OrderLine::insert().place(place).article(article).amount(1);
        session.add(line.order(&order));
    }
    session.commit().unwrap();
    let order = order.entity().unwrap();
    let lines = order.lines().unwrap().to_vec();
    (session, order, lines)
}

fn articles(session: &Session) -> String {
    let lines = session.query::<OrderLine>().plain().order_by(OrderLine::id);
    lines.select(OrderLine::article).all().unwrap().concat()
}

#[each_database]
fn r06_an_orphan_is_deleted_with_the_flush() {
    let (session, order, lines) = ordered();
    let mut list = order.lines().unwrap();
    list.remove(&lines[0]).unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!(order.lines().unwrap().len(), 2);
    assert_eq!(session.deleted().len(), 1);
    session.commit().unwrap();
    assert_eq!(articles(&session), "bc");
    // T31: a collection is replaced, and the old members go.
    let new = OrderLine::insert().place(9).article("z").amount(1);
    let new = session.add(new.order(&order));
    order.lines().unwrap().replace([&new]).unwrap();
    session.commit().unwrap();
    assert_eq!(articles(&session), "z");
    session.delete(&order).unwrap();
    session.commit().unwrap();
    assert_eq!(articles(&session), "");
}

#[each_database]
fn r06_what_is_taken_up_elsewhere_is_no_orphan() {
    let (session, order, lines) = ordered();
    let other = session.add(Order::insert().buyer("al"));
    let mut others = other.lines().unwrap();
    order.lines().unwrap().remove(&lines[0]).unwrap();
    others.add(&lines[0]).unwrap();
    lines[1].set_order(&other).unwrap();
    assert!(session.deleted().is_empty());
    session.commit().unwrap();
    assert_eq!(articles(&session), "abc");
    assert_eq!(other.lines().unwrap().len(), 2);
    assert_eq!(order.lines().unwrap().to_vec(), [lines[2].clone()]);
}

#[each_database]
fn r06_a_new_orphan_is_never_inserted() {
    let (session, order, _) = ordered();
    let new = OrderLine::insert().place(9).article("z").amount(1);
    let new = session.add(new);
    let mut list = order.lines().unwrap_or_else(|error| panic!("{error}"));
    list.add(&new).unwrap();
    list.remove(&new).unwrap();
    session.commit().unwrap();
    assert_eq!(articles(&session), "abc");
}

#[each_database]
fn r06_letting_go_and_renewing_take_along_what_the_schema_says() {
    let session = folders();
    let (b, c) = (folder(&session, "b"), folder(&session, "c"));
    let document = b.documents().unwrap()[0].clone();
    assert_eq!(b.children().unwrap().to_vec(), [c.clone()]);
    session
        .with_connection(|conn| {
            let all = conn.update::<Document>().set(Document::name.set("other"));
            all.all_rows().execute()
        })
        .unwrap();
    assert_eq!(document.name, "in b");
    session.refresh(&b).unwrap();
    assert_eq!(document.name, "other");
    assert_eq!(
        b.documents().unwrap().len() + b.children().unwrap().len(),
        2
    );
    session.expire(&b).unwrap();
    assert!(Entity::is_expired(&document) && Entity::is_expired(&c));
    assert_eq!(b.children().unwrap().to_vec(), [c.clone()]);
    session.expunge(&b).unwrap();
    assert!(Entity::is_detached(&c), "its folder took it along");
    let root = folder(&session, "root");
    assert!(session.contains(&root));
}

#[each_database]
fn r06_rows_from_elsewhere_are_merged_into_a_collection() {
    let (session, order, lines) = ordered();
    let mut rows: Vec<OrderLine> = lines[..2].iter().map(|line| (**line).clone()).collect();
    rows[0].article = "A".into();
    rows[1].order_id = -1;
    let mut new = rows[1].clone();
    (new.id, new.article) = (99, "new".into());
    rows.push(new);
    let mut list = order.lines().unwrap();
    list.merge(rows).unwrap();
    session.commit().unwrap();
    assert_eq!(articles(&session), "Abnew");
    assert_eq!(order.lines().unwrap().len(), 3);
}

#[each_database]
fn r06_a_cascade_reaches_no_further_than_its_relationships() {
    let session = populated();
    let ed = named(&session, "ed");
    session.delete(&ed).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Hobby>().count().unwrap(), 2);
    assert_eq!(session.query::<Person>().count().unwrap(), 2);
    assert_eq!(
        session.get::<Person>(ed.id).unwrap(),
        None,
        "{:?}",
        ErrorKind::NoResult
    );
}

#[each_database]
fn r06_what_is_new_leads_to_the_object_that_takes_over_a_row() {
    let session = session();
    let old = session.add(Album::insert().title("old"));
    session.add(Photo::insert().motif("cow").album(&old));
    session.commit().unwrap();
    let old = old.entity().unwrap();
    session.delete(&old).unwrap();
    let new = session.add(Album::insert().id(old.id).title("new"));
    let photo = session.add(Photo::insert().motif("horse").album_id(old.id));
    session.commit().unwrap();
    assert_eq!(photo.album().unwrap().title, "new");
    assert_eq!(new.photos().unwrap().len(), 2);
}

#[each_database]
fn r06_a_delete_goes_along_foreign_keys_and_through_pairs() {
    let session = session();
    let [ann, bob, cid] = ["ann", "bob", "cid"].map(|name| session.add(Actor::insert().name(name)));
    let [north, south] = ["north", "south"].map(|name| {
        let troupe = session.add(Troupe::insert().name(name));
        session.add(Play::insert().title(name).troupe(&troupe));
        troupe
    });
    session.add(Play::insert().title("nobody's"));
    let second = session.add(Play::insert().title("second").troupe(&north));
    north.actors().unwrap().replace([&ann, &bob]).unwrap();
    south.actors().unwrap().add(&cid).unwrap();
    session.commit().unwrap();
    let (ann, second) = (ann.entity().unwrap(), second.entity().unwrap());
    session.clear();
    for is_kept in [false, true] {
        let play = session.query::<Play>().filter(Play::title.eq("north"));
        session.delete(&play.one().unwrap()).unwrap();
        session.flush().unwrap();
        let actors = session.query::<Actor>().plain().select(Actor::name);
        assert_eq!(actors.all().unwrap(), ["cid"]);
        let plays = session.query::<Play>().order_by(Play::title).plain();
        let plays = plays.select((Play::title, Play::troupe_id)).all().unwrap();
        let play = |title: &str, troupe: Option<i64>| (title.to_owned(), troupe);
        // Another one that led to what went along is parted from it.
        assert_eq!(
            plays,
            [
                play("nobody's", None),
                play("second", None),
                play("south", south.id())
            ]
        );
        assert_eq!(session.query::<Casting>().count().unwrap(), 1);
        match is_kept {
            true => session.commit().unwrap(),
            false => session.rollback().unwrap(),
        }
    }
    assert_eq!(session.get::<Actor>(ann.id).unwrap(), None);
    assert!(session.get::<Play>(second.id).unwrap().is_some());
}
