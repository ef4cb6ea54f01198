//! s10: what may be out of date, and how it is renewed.

use aludel::{Entity, ErrorKind, Session, SessionFactory, prelude::*};
use aludel_testing::{
    company::{Account, Course},
    each_database,
};

use super::factory::narrow;
use crate::{account, company, session};

/// Changes all accounts where the session does not see it.
fn behind(session: &Session, sql: &'static str) {
    session
        .with_connection(|conn| conn.execute(text(sql)).map(drop))
        .unwrap();
}

#[each_database]
fn s10_a_commit_puts_objects_out_of_date_and_queries_renew_them() {
    let engine = company();
    let (session, other) = (Session::new(&engine), Session::new(&engine));
    let ed = account(&session, "ed").entity().unwrap();
    assert!(!Entity::is_expired(&ed));
    session.commit().unwrap();
    assert!(Entity::is_expired(&ed));
    let there = other.query::<Account>().one().unwrap();
    there.edit().unwrap().balance = 5;
    other.commit().unwrap();
    assert_eq!(ed.balance, 0, "reading asks nobody");
    assert!(session.query::<Account>().one().unwrap() == ed);
    assert_eq!((ed.balance, Entity::is_expired(&ed)), (5, false));
}

#[each_database]
fn s10_objects_stay_up_to_date_where_expiry_is_off() {
    let engine = narrow();
    let factory = SessionFactory::new(&engine).expire_on_commit(false);
    let session = factory.session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    assert!(!Entity::is_expired(&ed));
    let elsewhere = engine.connect().unwrap();
    assert!(session.get::<Account>(ed.id).unwrap().unwrap() == ed);
    ed.edit().unwrap().balance = 4;
    drop(elsewhere);
    session.commit().unwrap();
    assert_eq!((ed.balance, ed.doubled, ed.edition), (4, 8, 2));
}

#[each_database]
fn s10_editing_renews_an_object_with_its_peers() {
    let engine = company();
    let (session, other) = (Session::new(&engine), Session::new(&engine));
    for owner in ["a", "b", "c"] {
        account(&session, owner);
    }
    let alone = account(&session, "alone").entity().unwrap();
    session.commit().unwrap();
    let peers = session
        .query::<Account>()
        .filter(!Account::owner.eq("alone"))
        .order_by(Account::owner)
        .all()
        .unwrap();
    session.commit().unwrap();
    other
        .update::<Account>()
        .set(Account::balance.set(7))
        .all_rows()
        .execute()
        .unwrap();
    other.commit().unwrap();
    peers[1].edit().unwrap().balance += 1;
    assert!(!peers.iter().any(Entity::is_expired));
    assert!(Entity::is_expired(&alone), "another query gave it");
    let balances: Vec<i64> = peers.iter().map(|peer| peer.balance).collect();
    assert_eq!(balances, [7, 8, 7]);
    session.commit().unwrap();
    assert_eq!(alone.edit().unwrap().balance, 7);
}

#[each_database]
fn s10_a_refresh_drops_changes_and_reads_the_row() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    behind(&session, "update accounts set balance = 3");
    ed.edit().unwrap().nickname = None;
    session.refresh(&ed).unwrap();
    assert_eq!((ed.balance, ed.nickname.as_deref()), (3, Some("none")));
    assert!(session.dirty().is_empty());
}

#[each_database]
fn s10_an_expired_object_drops_its_changes_and_is_renewed_when_needed() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    ed.edit().unwrap().balance = 9;
    session.expire(&ed).unwrap();
    assert_eq!((ed.balance, Entity::is_dirty(&ed)), (0, false));
    assert!(session.dirty().is_empty());
    behind(&session, "update accounts set balance = 3");
    assert_eq!(ed.balance, 0);
    assert!(session.get::<Account>(ed.id).unwrap().unwrap() == ed);
    assert_eq!((ed.balance, Entity::is_expired(&ed)), (3, false));

    ed.edit().unwrap().balance = 9;
    session.expire_all();
    assert_eq!((ed.balance, Entity::is_expired(&ed)), (3, true));
    ed.edit().unwrap().balance += 1;
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().plain().one().unwrap().balance, 4);
}

#[each_database]
fn s10_what_was_read_stays_as_it_was() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let before: &str = &ed.owner;
    behind(&session, "update accounts set owner = 'edward'");
    session.refresh(&ed).unwrap();
    let between: &str = &ed.owner;
    ed.edit().unwrap().owner = "eddie".to_owned();
    assert_eq!((before, between, &*ed.owner), ("ed", "edward", "eddie"));
    session.rollback().unwrap();
    assert_eq!((before, between), ("ed", "edward"));
}

#[each_database]
fn s10_a_row_that_has_vanished_is_stale_data() {
    let session = session();
    let [ed, al] = ["ed", "al"].map(|owner| account(&session, owner).entity().unwrap());
    session.commit().unwrap();
    session.query::<Account>().all().unwrap();
    session.expire_all();
    behind(&session, "delete from accounts where owner = 'ed'");
    let gone = format!("the row of Account {} is no longer there", ed.id);
    for error in [ed.edit().err().unwrap(), session.refresh(&ed).unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::StaleData);
        assert_eq!(error.message(), gone);
    }
    assert!(session.get::<Account>(ed.id).unwrap().is_none());
    assert_eq!(ed.owner, "ed", "it can be read nevertheless");
    al.edit().unwrap().balance = 1;
    session.flush().unwrap();

    al.edit().unwrap().balance = 2;
    session
        .without_autoflush(|| {
            session.with_connection(|conn| conn.execute(text("delete from accounts")).map(drop))
        })
        .unwrap();
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    let which = format!("Account {}", al.id);
    assert!(error.message().contains(&which), "{error}");
    session.rollback().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 2);
}

#[each_database]
fn s10_an_expunged_object_is_in_no_session() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    ed.edit().unwrap().balance = 5;
    session.expunge(&ed).unwrap();
    assert!(Entity::is_detached(&ed) && !session.contains(&ed));
    assert_eq!((ed.balance, session.dirty().len()), (0, 0));
    let error = ed.edit().err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Detached);
    assert_eq!(
        error.message(),
        format!(
            "Account {} is in no open session and cannot be edited: get it from a session, or add it to one",
            ed.id
        )
    );
    let other = session.get::<Account>(ed.id).unwrap().unwrap();
    assert!(other != ed);
    session.expunge(&other).unwrap();
    session.add(&ed).unwrap().edit().unwrap().balance = 6;
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().one().unwrap().balance, 6);
}

#[each_database]
fn s10_an_expunged_pending_object_is_not_inserted() {
    let session = session();
    let (ed, al) = (account(&session, "ed"), account(&session, "al"));
    session.expunge_pending(&ed).unwrap();
    session.commit().unwrap();
    assert_eq!((ed.id(), al.id().is_some()), (None, true));
    let error = session.expunge_pending(&ed).unwrap_err();
    assert_eq!(error.message(), "a new Account is not in this session");
    session.add(&ed).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 2);
}

#[each_database]
fn s10_a_merged_row_changes_the_object_that_is_there() {
    let engine = company();
    let session = Session::new(&engine);
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    let mut row = session.query::<Account>().plain().one().unwrap();
    row.balance = 5;
    let merged = session.merge(row.clone()).unwrap();
    assert!(merged == ed);
    assert_eq!((ed.balance, session.dirty().len()), (5, 1));
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().plain().one().unwrap().edition, 2);

    let error = session.merge(row).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    assert_eq!(
        error.message(),
        format!(
            "Account {} cannot be merged with version 1: its row has version 2",
            ed.id
        )
    );
    let other = Session::new(&engine);
    let row = other.query::<Account>().plain().one().unwrap();
    let there = other.merge(row).unwrap().entity().unwrap();
    assert!(there != ed && other.dirty().is_empty(), "nothing differs");
}

#[each_database]
fn s10_a_merged_row_that_is_nowhere_is_added() {
    let session = session();
    let row = Course {
        code: "a".to_owned(),
        title: "art".to_owned(),
    };
    let merged = session.merge(row.clone()).unwrap();
    assert_eq!((merged.id(), session.new_objects().len()), (None, 1));
    let again = session.merge(row).unwrap();
    assert!(again == merged, "it is flushed before it is looked for");
    session.commit().unwrap();
    assert_eq!(session.query::<Course>().one().unwrap().title, "art");
}

#[each_database]
fn s10_get_gives_nothing_for_a_key_that_is_not_there() {
    let session = session();
    assert!(session.get::<Account>(4711).unwrap().is_none());
    assert!(session.get::<Course>("nothing").unwrap().is_none());
    assert_eq!(session.known(), 0);
}

#[each_database]
fn s10_what_is_out_of_date_when_it_is_changed_keeps_the_change() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let mut edit = ed.edit().unwrap();
    edit.nickname = None;
    session.expire(&ed).unwrap();
    behind(&session, "update accounts set balance = 3");
    drop(edit);
    session.without_autoflush(|| assert!(session.query::<Account>().one().unwrap() == ed));
    assert_eq!((ed.balance, ed.nickname.as_deref()), (3, None));
    assert_eq!(session.dirty()[0].changes().len(), 1);
    session.commit().unwrap();
    let read = session.query::<Account>().plain().one().unwrap();
    assert_eq!((read.balance, read.nickname), (3, None));
}

#[each_database]
fn s10_a_commit_lets_go_what_nobody_holds() {
    let session = session();
    let all: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|owner| account(&session, owner))
        .collect();
    session.flush().unwrap();
    assert_eq!(session.known(), 3);
    let kept = all[1].entity().unwrap();
    drop(all);
    session.commit().unwrap();
    assert_eq!(session.known(), 1);
    assert!(session.contains(&kept));
}
