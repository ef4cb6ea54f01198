//! s07, s08: what a flush writes.

use aludel_testing::{company::Account, each_database};

use crate::{account, session};

#[each_database]
fn s08_an_edit_is_written_and_read_by_others() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    {
        let mut edit = ed.edit().unwrap();
        edit.balance += 5;
        edit.nickname = None;
    }
    assert_eq!(ed.balance, 5);
    let dirty = session.dirty();
    assert_eq!(dirty.len(), 1);
    let changes = dirty[0].changes();
    let columns: Vec<&str> = changes.iter().map(|change| change.column).collect();
    assert_eq!(columns, ["balance", "nickname"]);
    session.flush().unwrap();
    assert_eq!(
        (ed.doubled, ed.edition),
        (10, 2),
        "what the database made is known"
    );
    assert!(ed.changed.is_some());
    session.commit().unwrap();
    let read = session.query::<Account>().plain().one().unwrap();
    assert_eq!((read.balance, read.nickname), (5, None));
}
