//! s10: what nobody needs any more is let go. Each living row is counted by a field of it.

use aludel::{Engine, Session};
use aludel_testing::{
    counted::Counted,
    notebook::{Note, catalog},
};

use crate::backend;

fn notebook() -> Engine {
    backend::engine(catalog())
}

fn note(session: &Session) -> i64 {
    let note = session.add(Note::insert().text(Counted::from("text")));
    session.flush().unwrap();
    let id = note.id().unwrap();
    drop(note);
    session.commit().unwrap();
    id
}

/// So many versions of a row may live while it is edited: the stored one, the newest, and the draft.
const VERSIONS: usize = 3;

#[test]
fn s10_a_row_that_is_edited_again_and_again_does_not_grow() {
    let session = Session::new(&notebook());
    let id = note(&session);
    assert_eq!(Counted::living(), 0, "nobody holds it");
    let mut most = 0;
    for _ in 0..1_000 {
        let note = session.get::<Note>(id).unwrap().unwrap();
        for _ in 0..100 {
            let mut edit = note.edit().unwrap();
            edit.number += 1;
            most = most.max(Counted::living());
        }
        drop(note);
        session.commit().unwrap();
        assert_eq!((Counted::living(), session.known()), (0, 0));
    }
    assert!((2..=VERSIONS).contains(&most), "{most} versions");
    assert_eq!(session.get::<Note>(id).unwrap().unwrap().number, 100_000);
}

#[test]
fn s10_a_handle_that_is_kept_and_not_read_keeps_few_versions() {
    let session = Session::new(&notebook());
    let id = note(&session);
    let kept = session.get::<Note>(id).unwrap().unwrap();
    // The first version stays with the instance, and a transaction keeps the one that it began with.
    let few = VERSIONS + 2;
    for round in 0..1_000 {
        for _ in 0..100 {
            kept.edit().unwrap().number += 1;
        }
        if round % 3 == 0 {
            session.flush().unwrap();
        }
        if round % 5 == 0 {
            session.commit().unwrap();
        }
        let living = Counted::living();
        assert!(living <= few, "{living} versions after round {round}");
    }
    session.commit().unwrap();
    assert_eq!(kept.number, 100_000);
}

#[test]
fn s10_many_edits_in_savepoints_of_one_transaction_keep_few_versions() {
    let session = Session::new(&notebook());
    let id = note(&session);
    let kept = session.get::<Note>(id).unwrap().unwrap();
    for round in 0..500 {
        let savepoint = session.savepoint().unwrap();
        kept.edit().unwrap().number += 1;
        savepoint.commit().unwrap();
        let living = Counted::living();
        assert!(
            living <= VERSIONS + 2,
            "{living} versions after round {round}"
        );
    }
    session.rollback().unwrap();
    assert_eq!(kept.number, 0);
}

#[test]
fn s10_many_sessions_leave_nothing_behind() {
    let engine = notebook();
    for round in 0..200 {
        let session = Session::new(&engine);
        let new = session.add_all((0..100).map(|_| Note::insert().text(Counted::from("new"))));
        session.flush().unwrap();
        let read = session.query::<Note>().limit(200).all().unwrap();
        for note in &read {
            note.edit().unwrap().number += 1;
        }
        let shown: i64 = read.iter().map(|note| note.number).sum();
        assert!(shown >= 200 || round == 0);
        match round % 4 {
            0 => session.commit().unwrap(),
            1 => session.rollback().unwrap(),
            2 => session.close().unwrap(),
            _ => {}
        }
        drop(session);
        drop((new, read));
        assert_eq!(Counted::living(), 0, "round {round}");
    }
}
