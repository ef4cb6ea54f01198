//! A link to something gone is never nothing; and no circle of handles keeps memory.

use aludel::{ErrorKind, Session, prelude::*};
use aludel_testing::{
    counted::Counted,
    each_database,
    notebook::{Note, NoteRelationships, catalog},
    village::{Hobby, HobbyRelationships, Person, PersonRelationships},
};

use super::heard::heard;
use crate::{backend, hobbies, hobby, named, names, person, populated, session};

#[each_database]
fn r05_a_member_that_was_let_go_is_loaded_again() {
    let session = populated();
    let [chess, _] = hobbies(&session).try_into().unwrap();
    let ed = named(&session, "ed");
    assert_eq!(chess.pers().unwrap().len(), 2);
    session.expunge(&ed).unwrap();
    let people = chess.pers().unwrap();
    assert_eq!(names(&people), ["al", "ed"]);
    assert!(
        !people.contains(&ed),
        "it is another object of the same row"
    );
    let hobby = people[0].hobby().unwrap();
    session.expunge(&hobby).unwrap();
    assert_eq!(people[0].hobby().unwrap().caption, "chess");
}

#[each_database]
fn r05_the_collection_of_a_row_that_is_gone_is_an_error() {
    let session = session();
    let golf = hobby(&session, "golf").entity().unwrap();
    session.commit().unwrap();
    session
        .with_connection(|conn| conn.delete::<Hobby>().all_rows().execute())
        .unwrap();
    assert_eq!(golf.pers().unwrap_err().kind(), ErrorKind::StaleData);
}

#[each_database]
fn r05_a_row_that_is_led_to_and_gone_is_an_error() {
    if backend::current() != backend::Backend::Sqlite {
        return; // The servers do not let it come to that.
    }
    let session = populated();
    let ed = named(&session, "ed");
    session
        .with_connection(|conn| {
            conn.with_sqlite(|raw| {
                raw.execute_batch("PRAGMA defer_foreign_keys = ON; DELETE FROM hobby;")
            })
        })
        .unwrap();
    let error = ed.hobby().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoResult);
    let expected = format!(
        "`hobby` of Person {} leads to a row of `hobby` that is not there",
        ed.id
    );
    assert_eq!(error.to_string().lines().next(), Some(expected.as_str()));
}

#[each_database]
fn r05_deleted_objects_lead_nowhere() {
    let session = populated();
    let (ed, al) = (named(&session, "ed"), named(&session, "al"));
    al.set_chief(&ed).unwrap();
    session.commit().unwrap();
    session.delete(&al).unwrap();
    assert!(ed.reports().unwrap().is_empty(), "before the flush");
    session.flush().unwrap();
    assert_eq!(al.chief().unwrap_err().kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        al.set_chief(&ed).unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    assert!(ed.reports().unwrap().is_empty());
    session.rollback().unwrap();
    assert_eq!(ed.reports().unwrap().to_vec(), [al.clone()]);
    session.delete(&ed).unwrap();
    assert_eq!(
        al.set_chief(&ed).unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
}

#[each_database]
fn r05_a_row_that_somebody_else_moved_moves_when_it_is_renewed() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let ed = named(&session, "ed");
    assert_eq!(
        (chess.pers().unwrap().len(), rugby.pers().unwrap().len()),
        (2, 1)
    );
    let to_rugby = Person::hobby_id.set(rugby.id);
    session
        .with_connection(|conn| {
            let update = conn.update::<Person>().filter(Person::id.eq(ed.id));
            update.set(to_rugby).execute()
        })
        .unwrap();
    session.refresh(&ed).unwrap();
    let (statements, moved) = heard(|| {
        let names = |hobby: &aludel::Entity<Hobby>| names(&hobby.pers().unwrap());
        [names(&chess), names(&rugby)]
    });
    assert_eq!(
        moved,
        [vec!["al".to_owned()], vec!["cy".into(), "ed".into()]]
    );
    assert_eq!(statements, Vec::<String>::new());
    // A statement about many rows makes collections unknown.
    let all = session
        .update::<Person>()
        .set(Person::hobby_id.set(chess.id));
    all.all_rows().execute().unwrap();
    assert_eq!(chess.pers().unwrap().len(), 3);
    assert!(rugby.pers().unwrap().is_empty());
}

#[each_database]
fn r05_a_circle_of_objects_and_collections_keeps_no_memory() {
    let session = Session::new(&backend::engine(catalog()));
    let notes = ["one", "two"].map(|text| session.add(Note::insert().text(Counted::from(text))));
    notes[0].set_above(&notes[1]).unwrap();
    notes[1].set_above(&notes[0]).unwrap();
    let below = notes[0].below().unwrap();
    assert_eq!(
        below[0].below().unwrap()[0].above().unwrap(),
        Some(below[0].clone())
    );
    assert!(Counted::living() >= 2);
    drop((notes, below));
    session.commit().unwrap();
    assert_eq!((Counted::living(), session.known()), (0, 0));
    let all = session.query::<Note>().eager(Note::below).all().unwrap();
    let held = all[0].below().unwrap();
    drop(all);
    session.clear();
    assert_eq!(Counted::living(), 2, "a list, and whose it is");
    drop(held);
    assert_eq!(Counted::living(), 0);
}

#[each_database]
fn r05_objects_that_lead_to_each_other_go_with_their_session() {
    let session = session();
    for round in 0..3 {
        let chess = hobby(&session, &format!("chess {round}"));
        let ed = person(&session, "ed", &chess);
        let al = person(&session, "al", &chess);
        ed.set_chief(&al).unwrap();
        al.set_chief(&ed).unwrap();
        let people = chess.pers().unwrap();
        assert_eq!(people[0].hobby().unwrap().pers().unwrap().len(), 2);
        assert_eq!(ed.reports().unwrap()[0].reports().unwrap().len(), 1);
        drop((chess, ed, al, people));
        session.commit().unwrap();
        assert_eq!(session.known(), 0, "nobody holds them");
    }
    let everybody = session.query::<Person>().all().unwrap();
    for person in &everybody {
        person.hobby().unwrap().pers().unwrap();
    }
    assert_eq!(session.known(), 9);
    drop(everybody);
    session.clear();
    assert_eq!(session.known(), 0);
}

#[each_database]
fn r05_nothing_is_linked_to_a_row_that_a_flush_deleted() {
    let session = populated();
    let (ed, al) = (named(&session, "ed"), named(&session, "al"));
    session.delete(&ed).unwrap();
    session.flush().unwrap();
    let refused = [al.set_chief(&ed), al.reports().unwrap().add(&ed)];
    let refused = refused.map(|result| result.unwrap_err().kind());
    assert_eq!(refused, [ErrorKind::InvalidRequest; 2]);
    session.commit().unwrap();
    assert_eq!(al.chief().unwrap(), None);
}

#[each_database]
fn r05_refreshing_what_the_flush_before_deletes_is_an_error() {
    let session = populated();
    let ed = named(&session, "ed");
    // The flush reads it for its own reports.
    ed.set_chief(&ed).unwrap();
    session.commit().unwrap();
    session.delete(&ed).unwrap();
    let error = session.refresh(&ed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    session.rollback().unwrap();
    session.refresh(&ed).unwrap();
}

#[each_database]
fn r05_what_the_flush_before_deletes_leads_nowhere() {
    let session = populated();
    session.clear();
    let al = named(&session, "al");
    session.delete(&al).unwrap();
    // Its hobby has to be loaded, and what waits is flushed before.
    let error = al.hobby().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    session.rollback().unwrap();
    session.delete(&al).unwrap();
    session.without_autoflush(|| assert_eq!(al.hobby().unwrap().caption, "chess"));
}

#[each_database]
fn r05_what_is_out_of_date_is_read_again_before_it_is_taken_out() {
    let session = populated();
    let [ed, al, cy] = ["ed", "al", "cy"].map(|name| named(&session, name));
    ed.set_chief(&al).unwrap();
    session.commit().unwrap();
    let mut reports = al.reports().unwrap();
    assert_eq!(names(&reports), ["ed"]);
    session
        .with_connection(|conn| {
            let update = conn.update::<Person>().filter(Person::id.eq(ed.id));
            update.set(Person::chief_id.set(cy.id)).execute()
        })
        .unwrap();
    session.expire(&ed).unwrap();
    let error = reports.remove(&ed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(ed.chief().unwrap().unwrap(), cy);
}
