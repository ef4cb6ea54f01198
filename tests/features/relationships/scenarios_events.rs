//! s14: events of objects that are deleted, or parted, together with others.

use std::{cell::RefCell, rc::Rc};

use aludel::{Entity, Result, Session, model::Keyed, session::Events};
use aludel_testing::{
    each_database,
    village::{
        Album, Flat, Order, OrderLine, Photo, Post, PostRelationships, PostTag, Tag, Tenant,
        TenantRelationships,
    },
};

use crate::{hobby, person, post, session, tag};

type Told = Rc<RefCell<Vec<String>>>;

/// Notes what is told of a model.
fn listen_to<M: Keyed>(on: &mut Events, told: &Told, name: &'static str) {
    let note = |what: &'static str| {
        let told = Rc::clone(told);
        move |_: &Session, _: &Entity<M>| -> Result<()> {
            told.borrow_mut().push(format!("{what} {name}"));
            Ok(())
        }
    };
    on.before_update(note("before update of"));
    on.after_update(note("after update of"));
    on.before_delete(note("before delete of"));
    on.after_delete(note("after delete of"));
}

#[each_database]
fn s14_what_the_session_deletes_or_parts_along_is_told_of() {
    let session = session();
    let order = session.add(Order::insert().buyer("ann"));
    for place in [1, 2] {
        let line = OrderLine::insert().place(place).article("a").amount(1);
        session.add(line.order(&order));
    }
    let flat = session.add(Flat::insert().house("mill").number(1).rent(1));
    session.add(Tenant::insert().name("ann").flat(&flat));
    let album = session.add(Album::insert().title("summer"));
    session.add(Photo::insert().motif("sea").album(&album));
    let post = post(
        &session,
        "news",
        &person(&session, "ed", &hobby(&session, "darts")),
    );
    post.tags().unwrap().add(&tag(&session, "new")).unwrap();
    session.commit().unwrap();
    let told = Told::default();
    session.events(|on| {
        listen_to::<Order>(on, &told, "order");
        listen_to::<OrderLine>(on, &told, "line");
        listen_to::<Flat>(on, &told, "flat");
        listen_to::<Tenant>(on, &told, "tenant");
        listen_to::<Album>(on, &told, "album");
        listen_to::<Photo>(on, &told, "photo");
        listen_to::<Post>(on, &told, "post");
        listen_to::<PostTag>(on, &told, "pair");
        listen_to::<Tag>(on, &told, "tag");
    });
    session.delete(&order.entity().unwrap()).unwrap();
    session.delete(&flat.entity().unwrap()).unwrap();
    session.delete(&album.entity().unwrap()).unwrap();
    session.delete(&post.entity().unwrap()).unwrap();
    session.commit().unwrap();
    let mut told = told.take();
    let half = told.len() / 2;
    let is_before = |line: &String| line.starts_with("before");
    assert!(told[..half].iter().all(is_before), "{told:?}");
    assert!(!told[half..].iter().any(is_before), "{told:?}");
    told.sort();
    // Of the photo nobody is told: the database deletes it.
    let deleted = ["album", "flat", "line", "line", "order", "pair", "post"];
    let mut expected = Vec::new();
    for when in ["after", "before"] {
        expected.extend(deleted.map(|name| format!("{when} delete of {name}")));
        expected.push(format!("{when} update of tenant"));
    }
    assert_eq!(told, expected);
}

/// What a closure does about one that goes along is in the same flush.
#[each_database]
fn s14_a_closure_keeps_what_was_parted_elsewhere() {
    let session = session();
    let flats = [1, 2].map(|number| {
        let flat = session.add(Flat::insert().house("mill").number(number).rent(1));
        flat.entity().unwrap()
    });
    let ann = session.add(Tenant::insert().name("ann").flat(&flats[0]));
    let ann = ann.entity().unwrap();
    session.commit().unwrap();
    let other = flats[1].clone();
    session.events(|on| {
        on.before_update::<Tenant>(move |_, tenant| tenant.set_flat(&other));
    });
    session.delete(&flats[0]).unwrap();
    session.commit().unwrap();
    assert_eq!(ann.flat().unwrap(), Some(flats[1].clone()));
}
