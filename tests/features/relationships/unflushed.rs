//! r04, U-85: relationships of objects that are not flushed, with autoflush off.

use aludel::{Entity, ErrorKind};
use aludel_testing::{
    each_database,
    village::{
        Flat, FlatRelationships, Hobby, HobbyRelationships, Person, PersonRelationships,
        PostRelationships, PostTag, Tag, Tenant, TenantRelationships,
    },
};

use super::heard::counted;
use crate::{hobbies, hobby, named, names, person, populated, post, session};

#[each_database]
fn r04_with_autoflush_off_new_members_are_an_error_and_can_be_listed() {
    let session = populated();
    let [chess, _] = hobbies(&session).try_into().unwrap();
    session.without_autoflush(|| {
        let new = session.add(Person::insert().name("new").hobby(&chess));
        let error = chess.pers().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("autoflush is off"), "{error}");
        assert_eq!(Hobby::pers.pending(&chess), [new.clone()]);
        assert_eq!(new.hobby().unwrap_err().kind(), ErrorKind::InvalidRequest);
        session.flush().unwrap();
        assert_eq!(names(&chess.pers().unwrap()), ["al", "ed", "new"]);
        assert!(Hobby::pers.pending(&chess).is_empty());
    });
}

#[each_database]
fn r04_a_collection_that_is_loaded_late_knows_what_is_not_flushed() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let (ed, cy) = (named(&session, "ed"), named(&session, "cy"));
    session.without_autoflush(|| {
        ed.set_hobby(&rugby).unwrap();
        cy.edit().unwrap().hobby_id = chess.id;
        // U-85: SQLAlchemy queues such changes until the collection is loaded.
        assert_eq!(names(&chess.pers().unwrap()), ["al", "cy"]);
        assert_eq!(names(&rugby.pers().unwrap()), ["ed"]);
        session.delete(&ed).unwrap();
        assert!(rugby.pers().unwrap().is_empty());
    });
}

#[each_database]
fn r04_a_flush_happens_only_where_it_is_needed() {
    let session = populated();
    let [chess, _] = hobbies(&session).try_into().unwrap();
    let ed = named(&session, "ed");
    assert_eq!(chess.pers().unwrap().len(), 2);
    ed.edit().unwrap().name = "eddy".into();
    let (statements, people) = counted(|| chess.pers().unwrap());
    assert_eq!((statements, people.len()), (0, 2));
    assert!(Entity::is_dirty(&ed));
    assert_eq!(counted(|| ed.hobby().unwrap()).0, 0);
}

#[each_database]
fn r06_what_is_linked_to_an_object_of_the_session_is_taken_in() {
    // U-81: saving cascades from either side.
    let session = session();
    let chess = hobby(&session, "chess");
    let ed = person(&session, "ed", &chess);
    session.rollback().unwrap();
    assert!(session.new_objects().is_empty());
    // Added again, it takes along what it leads to.
    session.add(&ed).unwrap();
    assert_eq!(session.new_objects().len(), 2);
    session.commit().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["ed"]);
    let al = person(&session, "al", &chess);
    session.expunge_pending(&al).unwrap();
    chess.pers().unwrap().add(&al).unwrap();
    session.commit().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    let ed = ed.entity().unwrap();
    let mut players = chess.pers().unwrap();
    session.expunge(&ed).unwrap();
    players.add(&ed).unwrap();
    assert!(session.contains(&ed));
}

#[each_database]
fn r04_an_object_that_leads_to_one_let_go_cannot_be_flushed() {
    let session = populated();
    let ed = named(&session, "ed");
    let golf = hobby(&session, "golf");
    session.without_autoflush(|| ed.set_hobby(&golf)).unwrap();
    session.expunge_pending(&golf).unwrap();
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    session.rollback().unwrap();
    assert_eq!(ed.hobby().unwrap().caption, "chess");
}

#[each_database]
fn r04_the_later_of_two_links_wins() {
    let session = populated();
    let (ed, al) = (named(&session, "ed"), named(&session, "al"));
    ed.set_chief(&al).unwrap();
    session.flush().unwrap();
    assert_eq!(names(&al.reports().unwrap()), ["ed"]);
    let new = person(&session, "new", &hobby(&session, "golf"));
    session.without_autoflush(|| {
        ed.set_chief(&new).unwrap();
        assert!(al.reports().unwrap().is_empty());
        // Back to what the column says, which does not change for that.
        ed.set_chief(&al).unwrap();
        assert_eq!(names(&al.reports().unwrap()), ["ed"]);
        assert_eq!(ed.chief().unwrap().unwrap(), al);
        assert!(!Entity::is_dirty(&ed));
        ed.set_chief(&new).unwrap();
        ed.set_chief(None).unwrap();
        assert_eq!(session.dirty().len(), 1);
    });
    session.commit().unwrap();
    assert_eq!(ed.chief().unwrap(), None);
    assert!(new.reports().unwrap().is_empty());
}

#[each_database]
fn r04_a_new_row_leads_to_itself() {
    let session = populated();
    let [chess, _] = hobbies(&session).try_into().unwrap();
    let counted = session.add(Person::insert().name("counted").hobby(&chess));
    let given = session.add(Person::insert().id(77).name("given").hobby(&chess));
    for own in [&counted, &given] {
        own.set_chief(own).unwrap();
    }
    session.commit().unwrap();
    for own in [counted, given] {
        assert_eq!(own.chief().unwrap().unwrap(), own.entity().unwrap());
        assert_eq!(own.reports().unwrap().len(), 1);
    }
}

#[each_database]
fn r04_a_row_leads_to_a_new_object_that_takes_over_another_row() {
    let session = populated();
    let [chess, _] = hobbies(&session).try_into().unwrap();
    let (ed, al) = (named(&session, "ed"), named(&session, "al"));
    al.set_chief(&ed).unwrap();
    session.commit().unwrap();
    session.delete(&ed).unwrap();
    let heir = session.add(Person::insert().id(ed.id).name("heir").hobby(&chess));
    al.set_chief(&heir).unwrap();
    session.commit().unwrap();
    assert_eq!(al.chief().unwrap().unwrap().name, "heir");
    assert_eq!(names(&heir.reports().unwrap()), ["al"]);
}

#[each_database]
fn r04_an_object_that_is_added_again_is_a_member_at_once() {
    let session = populated();
    let golf = hobby(&session, "golf");
    let ed = person(&session, "ed", &golf);
    session.expunge_pending(&ed).unwrap();
    assert!(golf.pers().unwrap().is_empty(), "it has a row now");
    session.add(&ed).unwrap();
    session.without_autoflush(|| {
        assert_eq!(golf.pers().unwrap_err().kind(), ErrorKind::InvalidRequest);
        assert_eq!(Hobby::pers.pending(&golf), std::slice::from_ref(&ed));
    });
    assert_eq!(names(&golf.pers().unwrap()), ["ed"]);
}

#[each_database]
fn r04_a_key_that_comes_from_another_object_is_freed_before_it_is_taken() {
    let session = session();
    let before = session.add(Tag::insert().id(7).word("before"));
    let author = person(&session, "ed", &hobby(&session, "chess"));
    let one = post(&session, "one", &author);
    let pair = session.add(PostTag::insert().post(&one).tag(&before));
    session.commit().unwrap();
    session.delete(&pair.entity().unwrap()).unwrap();
    session.delete(&before.entity().unwrap()).unwrap();
    let after = session.add(Tag::insert().id(7).word("after"));
    session.add(PostTag::insert().post(&one).tag(&after));
    session.commit().unwrap();
    let tags = one.tags().unwrap();
    assert_eq!((tags.len(), tags[0].word.as_str()), (1, "after"));
}

#[each_database]
fn r06_without_that_cascade_an_object_stays_outside() {
    // T33.
    let session = session();
    let flat = session.add(Flat::insert().house("a").number(1).rent(1));
    session.rollback().unwrap();
    let ed = session.add(Tenant::insert().name("ed")).entity().unwrap();
    let error = ed.set_flat(&flat).map_err(|error| error.kind());
    assert_eq!(error, Err(ErrorKind::InvalidRequest));
    assert!(session.new_objects().is_empty());
    // The other side has the cascade.
    session.add(&flat).unwrap();
    flat.tenants().unwrap().add(&ed).unwrap();
    session.commit().unwrap();
    assert_eq!(ed.flat().unwrap(), Some(flat.entity().unwrap()));
}
