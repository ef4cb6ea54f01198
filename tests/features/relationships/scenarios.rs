//! r03, r04, r06, s12: scenarios that a unit of work has to stand, with the statements that it sends for them.
//!
//! SQLAlchemy's tests tell of the same; which of our tests has which:
//!
//! | scenario | test |
//! |---|---|
//! | a parent without cascade goes, its members stay | `r06_members_are_parted_by_one_statement` |
//! | rows without links come in the order of their tables | `s12_rows_that_nothing_links_come_and_go_in_the_order_of_their_tables` |
//! | a tree of new rows, linked from below | `r04_a_tree_takes_one_insert_for_each_level` |
//! | a parent is replaced together with its children | `r06_an_order_is_taken_over_and_its_lines_are_replaced` |
//! | what led to a row that is taken over | `r06_a_row_that_is_taken_over_keeps_what_cannot_be_parted` |
//! | a member is moved while its parent goes | `r04_a_member_that_is_moved_outlives_its_parent` |
//! | the database deletes what leads to a row, or refuses | `r06_what_the_database_sees_to_is_not_loaded` |
//! | a parent goes whose members are never loaded | `r06_what_is_only_written_is_parted_without_being_loaded` |
//! | a collection is replaced before its first flush | `scenarios_lists`: `r06_members_that_are_replaced_before_a_flush_never_appear` |
//! | a parent goes whose collection is not loaded | `scenarios_lists`: `r06_orphans_go_with_a_parent_that_has_not_loaded_them` |
//! | an object outside of the session is linked | `scenarios_lists`: `r06_an_object_outside_is_taken_in_by_the_other_side_alone` |
//! | a savepoint is rolled back, with collections | `scenarios_lists`: `r04_a_savepoint_gives_collections_back` |
//! | rows in between are gone, or are added from both sides | `scenarios_pairs` |
//! | what is new, moved or taken out while something goes, and what comes back | `scenarios_deletes` |
//! | a merged or renewed row, and the collections that it is in | `scenarios_lists` |
//! | events of what goes or stays along | `scenarios_events` |
//! | two sessions change one row; a row with a version is taken over | `session/stale.rs` |
//! | a row that refers to itself, circles, keys that change | `session/order.rs`, `session/unique.rs` |
//! | loaders, and what they do to what is known | `eager.rs`, `eager_known.rs`, `eager_nested.rs`, `lazy.rs` |

use aludel::{Entity, Pending, Session, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Album, AlbumRelationships, Club, ClubRelationships, Flat, FlatRelationships, Folder,
        FolderRelationships, Hobby, HobbyRelationships, Notice, NoticeRelationships, Order,
        OrderLine, OrderRelationships, Person, PersonRelationships, Photo, Tenant,
        TenantRelationships,
    },
};

use super::heard::{heard, writes};
use crate::{
    backend::{self, Backend},
    hobby, named, names, person, session,
};

/// A flat of a house called mill.
fn flat(session: &Session, number: i64) -> Pending<Flat> {
    session.add(Flat::insert().house("mill").number(number).rent(10))
}

/// The tenants of a house, each with the number of the flat.
fn tenants(session: &Session) -> Vec<(String, Option<i64>)> {
    let all = session.query::<Tenant>().plain().order_by(Tenant::name);
    all.select((Tenant::name, Tenant::number)).all().unwrap()
}

#[each_database]
fn r06_members_are_parted_by_one_statement() {
    let session = session();
    let mill = flat(&session, 1);
    let both = ["ann", "bob"].map(|name| session.add(Tenant::insert().name(name).flat(&mill)));
    session.commit().unwrap();
    let both = both.map(|tenant| tenant.entity().unwrap());
    session.delete(&mill.entity().unwrap()).unwrap();
    let (statements, ()) = heard(|| session.flush().unwrap());
    // Where statements cost no way, one that is prepared is run for each row.
    let runs = if backend::current() == Backend::Sqlite {
        2
    } else {
        1
    };
    let mut expected = vec!["UPDATE tenant"; runs];
    expected.push("DELETE flat");
    assert_eq!(writes(&statements), expected);
    for tenant in &both {
        assert!(session.contains(tenant) && !Entity::is_dirty(tenant));
        assert_eq!(tenant.flat().unwrap(), None);
    }
    session.commit().unwrap();
    let homeless = [("ann".to_owned(), None), ("bob".to_owned(), None)];
    assert_eq!(tenants(&session), homeless);
}

#[each_database]
fn s12_rows_that_nothing_links_come_and_go_in_the_order_of_their_tables() {
    let session = session();
    let ann = session.add(Person::insert().id(1).name("ann").hobby_id(1));
    let darts = session.add(Hobby::insert().id(1).caption("darts"));
    let (statements, ()) = heard(|| session.flush().unwrap());
    assert_eq!(writes(&statements), ["INSERT hobby", "INSERT person"]);
    session.delete(&darts.entity().unwrap()).unwrap();
    session.delete(&ann.entity().unwrap()).unwrap();
    let (statements, ()) = heard(|| session.flush().unwrap());
    assert_eq!(writes(&statements), ["DELETE person", "DELETE hobby"]);
}

#[each_database]
fn r04_a_tree_takes_one_insert_for_each_level() {
    let session = session();
    let folder = |name: &str| session.add(Folder::insert().name(name));
    let leaves = ["w", "x", "y", "z"].map(folder);
    let branches = ["a", "b", "c", "d"].map(folder);
    let root = folder("root");
    session.without_autoflush(|| {
        for leaf in &leaves {
            leaf.set_parent(&branches[1]).unwrap();
        }
        for branch in &branches {
            branch.set_parent(&root).unwrap();
        }
        assert_eq!(Folder::children.pending(&branches[1]).len(), 4);
    });
    let (statements, ()) = heard(|| session.flush().unwrap());
    assert_eq!(writes(&statements), ["INSERT folder"; 3], "{statements:?}");
    session.commit().unwrap();
    session.clear();
    let root = session.query::<Folder>().filter(Folder::parent.is_null());
    let root = root.one().unwrap();
    let below = |folder: &Entity<Folder>| {
        let children = folder.children().unwrap();
        children
            .iter()
            .map(|child| child.name.clone())
            .collect::<String>()
    };
    assert_eq!(below(&root), "abcd");
    let levels: Vec<String> = root.children().unwrap().iter().map(below).collect();
    assert_eq!(levels, ["", "wxyz", "", ""]);
    // Together they go again, or level by level where foreign keys are checked row by row.
    session.delete(&root).unwrap();
    let (statements, ()) = heard(|| session.commit().unwrap());
    let deletes = match backend::current() {
        Backend::Sqlite | Backend::Postgres => 1,
        _ => 3,
    };
    assert_eq!(writes(&statements), vec!["DELETE folder"; deletes]);
    assert_eq!(session.query::<Folder>().count().unwrap(), 0);
}

/// The articles of all lines, each with the order that it belongs to.
fn lines(session: &Session) -> Vec<(i64, String)> {
    let lines = session.query::<OrderLine>().plain();
    let lines = lines.order_by(OrderLine::article);
    let lines = lines.select((OrderLine::order_id, OrderLine::article));
    lines.all().unwrap()
}

#[each_database]
fn r06_an_order_is_taken_over_and_its_lines_are_replaced() {
    let session = session();
    let line = |article: &str, order: &Pending<Order>| {
        let line = OrderLine::insert().place(1).article(article).amount(1);
        session.add(line.order(order))
    };
    let old = session.add(Order::insert().id(5).buyer("old"));
    let (a, _) = (line("a", &old), line("b", &old));
    session.commit().unwrap();
    let (old, a) = (old.entity().unwrap(), a.entity().unwrap());
    session.delete(&old).unwrap();
    let new = session.add(Order::insert().id(5).buyer("new"));
    line("c", &new);
    line("d", &new);
    let (statements, ()) = heard(|| session.flush().unwrap());
    let mut sent = writes(&statements);
    sent.sort();
    sent.dedup();
    let expected = ["DELETE order_line", "INSERT order_line", "UPDATE orders"];
    assert_eq!(sent, expected, "{statements:?}");
    assert!(Entity::is_deleted(&old) && Entity::is_deleted(&a));
    assert_eq!(new.lines().unwrap().len(), 2);
    let replaced = vec![(5, "c".to_owned()), (5, "d".to_owned())];
    assert_eq!(lines(&session), replaced);
    session.rollback().unwrap();
    assert_eq!(old.lines().unwrap().len(), 2);
    assert!(old.lines().unwrap().contains(&a));
}

/// Of an object that goes everything is parted that can be, also where another object has its row from then on.
#[each_database]
fn r06_a_row_that_is_taken_over_keeps_what_cannot_be_parted() {
    let session = session();
    let mill = flat(&session, 1);
    let [ann, bob] =
        ["ann", "bob"].map(|name| session.add(Tenant::insert().name(name).flat(&mill)));
    let darts = hobby(&session, "darts");
    person(&session, "cid", &darts);
    let album = session.add(Album::insert().title("old"));
    session.add(Photo::insert().motif("sea").album(&album));
    session.commit().unwrap();
    let (ann, bob) = (ann.entity().unwrap(), bob.entity().unwrap());
    let (darts, album) = (darts.entity().unwrap(), album.entity().unwrap());
    session.delete(&mill.entity().unwrap()).unwrap();
    session.delete(&darts).unwrap();
    session.delete(&album).unwrap();
    let mill = flat(&session, 1);
    let bowls = session.add(Hobby::insert().id(darts.id).caption("bowls"));
    let other = session.add(Album::insert().id(album.id).title("new"));
    session.without_autoflush(|| bob.set_flat(&mill)).unwrap();
    let (statements, ()) = heard(|| session.commit().unwrap());
    let sent = writes(&statements);
    assert!(
        sent.iter().all(|sent| sent.starts_with("UPDATE")),
        "{sent:?}"
    );
    // One that could lead nowhere does, unless it was given to the new object.
    assert_eq!(mill.tenants().unwrap().to_vec(), [bob]);
    assert_eq!(ann.flat().unwrap(), None);
    // What has to lead somewhere, and what the database would have deleted, is the new object's.
    assert_eq!(names(&bowls.pers().unwrap()), ["cid"]);
    assert_eq!(other.photos().unwrap().len(), 1);
}

#[each_database]
fn r04_a_member_that_is_moved_outlives_its_parent() {
    let session = session();
    for (way, is_loaded, is_doomed) in [
        (0, false, false),
        (0, true, true),
        (1, false, true),
        (1, true, false),
        (2, false, false),
        (2, true, true),
    ] {
        let one = flat(&session, 1);
        flat(&session, 2);
        for name in ["ann", "bob"] {
            session.add(Tenant::insert().name(name).flat(&one));
        }
        session.commit().unwrap();
        session.clear();
        let flats = session.query::<Flat>().order_by(Flat::number);
        let [one, two] = flats.all().unwrap().try_into().unwrap();
        let ann = session.query::<Tenant>().filter(Tenant::name.eq("ann"));
        let ann = ann.one().unwrap();
        if is_loaded {
            assert_eq!(one.tenants().unwrap().len(), 2);
        }
        let mut others = two.tenants().unwrap();
        if is_doomed {
            session.delete(&one).unwrap();
        }
        session.without_autoflush(|| match way {
            0 => ann.set_flat(&two).unwrap(),
            1 => others.add(&ann).unwrap(),
            _ => ann.edit().unwrap().number = Some(2),
        });
        session.delete(&one).unwrap();
        session.commit().unwrap();
        let there = [("ann".to_owned(), Some(2)), ("bob".to_owned(), None)];
        assert_eq!(tenants(&session), there, "{way} {is_loaded} {is_doomed}");
        session.clear();
        let two = session.query::<Flat>().one().unwrap();
        assert_eq!(two.tenants().unwrap().len(), 1);
        session
            .delete_from::<Tenant>()
            .all_rows()
            .execute()
            .unwrap();
        session.delete(&two).unwrap();
        session.commit().unwrap();
    }
}

#[each_database]
fn r06_what_the_database_sees_to_is_not_loaded() {
    let session = session();
    let album = session.add(Album::insert().title("summer"));
    for motif in ["sun", "sea", "sand", "salt"] {
        session.add(Photo::insert().motif(motif).album(&album));
    }
    let darts = hobby(&session, "darts");
    person(&session, "ann", &darts);
    session.commit().unwrap();
    session.clear();
    let query = session.query::<Album>().eager(Album::photos.raise());
    let album = query.one().unwrap();
    session.delete(&album).unwrap();
    let (statements, ()) = heard(|| session.commit().unwrap());
    assert_eq!(
        (writes(&statements), statements.len()),
        (vec!["DELETE album".into()], 1)
    );
    let left =
        session.query::<Album>().count().unwrap() + session.query::<Photo>().count().unwrap();
    assert_eq!(left, 0);
    // Nothing does anything about the others, so that the database refuses.
    let darts = session.query::<Hobby>().one().unwrap();
    session.delete(&darts).unwrap();
    let (statements, error) = heard(|| session.flush().unwrap_err());
    assert!(error.is_foreign_key_violation(), "{error}");
    assert_eq!(
        (writes(&statements), statements.len()),
        (vec!["DELETE hobby".into()], 1)
    );
    session.rollback().unwrap();
    assert_eq!(named(&session, "ann").hobby().unwrap(), darts);
}

#[each_database]
fn r06_what_is_only_written_is_parted_without_being_loaded() {
    let session = session();
    let clubs = [1, 2, 3].map(|id| session.add(Club::insert().id(id).name("north")));
    let notice =
        |words: &str, club: &Pending<Club>| session.add(Notice::insert().words(words).club(club));
    for words in ["a", "b", "c"] {
        notice(words, &clubs[0]);
        notice(words, &clubs[1]);
    }
    let known = notice("known", &clubs[0]).entity().unwrap();
    let edited = notice("edited", &clubs[0]).entity().unwrap();
    let moved = notice("moved", &clubs[1]).entity().unwrap();
    let doomed = notice("doomed", &clubs[1]).entity().unwrap();
    let other = notice("other", &clubs[2]).entity().unwrap();
    session.commit().unwrap();
    let clubs = clubs.map(|club| club.entity().unwrap());
    session.query::<Notice>().all().unwrap();
    let mut edit = edited.edit().unwrap();
    edit.words = "edited again".into();
    drop(edit);
    moved.set_club(&clubs[2]).unwrap();
    session.delete(&doomed).unwrap();
    let new = session.without_autoflush(|| {
        let new = session.add(Notice::insert().words("new"));
        clubs[1].notices().add(&new).unwrap();
        new
    });
    for club in &clubs[..2] {
        session.delete(club).unwrap();
    }
    let (statements, ()) = heard(|| session.flush().unwrap());
    let reads = statements.iter().filter(|sent| sent.contains("notice"));
    assert_eq!(
        reads.filter(|sent| sent.starts_with("SELECT")).count(),
        0,
        "{statements:?}"
    );
    let sent = writes(&statements);
    assert_eq!(sent[0], "UPDATE notice");
    assert_eq!(sent.last().unwrap(), "DELETE club", "{sent:?}");
    for parted in [&known, &edited, &new.entity().unwrap()] {
        assert_eq!((parted.club_id, Entity::is_dirty(parted)), (None, false));
    }
    assert_eq!(edited.words, "edited again");
    for stayed in [&moved, &other] {
        assert_eq!(stayed.club().unwrap().as_ref(), Some(&clubs[2]));
    }
    assert!(Entity::is_deleted(&doomed));
    let hanging = |session: &Session| {
        let all = session.query::<Notice>().filter(!Notice::club.is_null());
        (
            all.count().unwrap(),
            session.query::<Notice>().count().unwrap(),
        )
    };
    assert_eq!(hanging(&session), (2, 11));
    session.rollback().unwrap();
    assert_eq!(known.club().unwrap(), Some(clubs[0].clone()));
    assert_eq!(hanging(&session), (11, 11));
    // With nothing else to write it is one statement for all of them, and one for the clubs.
    for club in &clubs {
        session.refresh(club).unwrap();
        session.delete(club).unwrap();
    }
    let (statements, ()) = heard(|| session.flush().unwrap());
    let notices = statements.iter().filter(|sent| sent.contains("notice"));
    assert_eq!(notices.count(), 1, "{statements:?}");
    assert_eq!(hanging(&session), (0, 11));
}
