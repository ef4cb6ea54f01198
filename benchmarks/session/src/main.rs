//! What the session adds to the bare driver: loading entities, flushing new objects, flushing changes, following relationships.
//!
//! `session-benchmark [ROUNDS]` prints a table for a file of SQLite and for each server. Servers are throw-away ones, unless
//! `ALUDEL_TEST_POSTGRES` or `ALUDEL_TEST_MYSQL` names one. `session-benchmark ROUNDS sqlite` prints that of SQLite alone.
//! `session-benchmark memory` looks whether sessions leave memory behind. `session-benchmark round SHAPE [by-hand]` has rounds of one
//! contestant on SQLite, for a profiler.

#![forbid(unsafe_code)]

mod by_hand;
#[path = "../../contest.rs"]
mod contest;
mod memory;
mod report;
mod round;
mod village;

use aludel::{Engine, Entity, SessionFactory};
use aludel_testing_servers::{Kind, Server};

use crate::{
    by_hand::{ByHand, MySql, Postgres, Sqlite},
    contest::{Contestant, Outcome, timed},
    report::contest,
};

aludel::include_models!();

use models::{Item, catalog};

const ROWS: u32 = 10_000;

fn main() -> Outcome {
    let file = std::env::temp_dir().join(format!("aludel-session-{}.db", std::process::id()));
    let rounds = match std::env::args().nth(1).as_deref() {
        Some("memory") => {
            let done = memory::compare(&format!("sqlite:///{}", file.display()));
            std::fs::remove_file(&file)?;
            return done;
        }
        Some("round") => {
            let done = round::run(&file, &std::env::args().skip(2).collect::<Vec<_>>());
            std::fs::remove_file(&file)?;
            return done;
        }
        Some(rounds) => rounds.parse()?,
        None => 21,
    };
    println!("SQLite");
    let done = on(
        rounds,
        &format!("sqlite:///{}", file.display()),
        Sqlite::open(&file),
    );
    std::fs::remove_file(&file)?;
    done?;
    if std::env::args().nth(2).as_deref() == Some("sqlite") {
        return Ok(());
    }
    for kind in Kind::ALL {
        let Some(server) = Server::shared(kind) else {
            continue;
        };
        println!("\n{}", kind.name());
        let url = server.new_database();
        let url = url.split('?').next().unwrap_or(&url);
        match kind {
            Kind::Postgres => on(
                rounds,
                &format!("{url}?sslmode=disable"),
                Postgres::open(url),
            )?,
            Kind::MariaDb => on(
                rounds,
                &format!("{url}?ssl_mode=disabled"),
                MySql::open(url),
            )?,
        }
    }
    Ok(())
}

fn name(number: u32) -> String {
    format!("the name of item {number}")
}

fn on<H: ByHand>(rounds: u32, url: &str, by_hand: Outcome<H>) -> Outcome {
    let engine = Engine::new(url)?;
    catalog().create_all(&engine)?;
    let mut by_hand = by_hand?;
    let sessions = SessionFactory::new(&engine);
    flushing(rounds, &sessions, &mut by_hand)?;
    loading(rounds, &sessions, &mut by_hand)?;
    changing(rounds, &sessions, &mut by_hand)?;
    village::fill(&engine)?;
    village::following(rounds, &sessions, &mut by_hand)
}

/// Flushes new items; the time is that of the flush, and where `all` says so, also of adding them.
fn flush(sessions: &SessionFactory, all: bool) -> Outcome<std::time::Duration> {
    sessions.session().transact(|session| {
        session.delete_from::<Item>().all_rows().execute()?;
        Ok::<_, aludel::Error>(())
    })?;
    let session = sessions.session();
    let add = || {
        for number in 0..ROWS {
            let new = Item::insert()
                .name(name(number))
                .note("a note")
                .amount(i64::from(number));
            session.add(new);
        }
    };
    let took = match all {
        true => timed(|| {
            add();
            Ok(session.flush()?)
        })?,
        false => {
            add();
            timed(|| Ok(session.flush()?))?
        }
    };
    session.commit()?;
    Ok(took)
}

fn flushing<H: ByHand>(rounds: u32, sessions: &SessionFactory, by_hand: &mut H) -> Outcome {
    let by_hand = std::cell::RefCell::new(by_hand);
    contest(
        "flushing 10,000 new objects",
        ROWS,
        rounds,
        vec![
            Contestant::new("session, flush", || flush(sessions, false)),
            Contestant::new("session, add and flush", || flush(sessions, true)),
            Contestant::new("by hand, one by one", || by_hand.borrow_mut().insert(ROWS)),
        ],
    )
}

/// Loads all items as entities.
fn load(sessions: &SessionFactory) -> Outcome<std::time::Duration> {
    let session = sessions.session();
    session.with_connection(|_| Ok::<_, aludel::Error>(()))?;
    timed(|| Ok(session.query::<Item>().all()?))
}

fn loading<H: ByHand>(rounds: u32, sessions: &SessionFactory, by_hand: &mut H) -> Outcome {
    let by_hand = std::cell::RefCell::new(by_hand);
    let plain = || {
        let session = sessions.session();
        session.with_connection(|_| Ok::<_, aludel::Error>(()))?;
        timed(|| Ok(session.query::<Item>().plain().all()?))
    };
    contest(
        "loading 10,000 rows as entities",
        ROWS,
        rounds,
        vec![
            Contestant::new("session", || load(sessions)),
            Contestant::new("session, plain", plain),
            Contestant::new("by hand", || by_hand.borrow_mut().all()),
        ],
    )
}

/// Changes a column of all items; the time is that of the flush, and where `all` says so, also of the edits.
fn change(sessions: &SessionFactory, all: bool) -> Outcome<std::time::Duration> {
    let session = sessions.session();
    let items = session.query::<Item>().all()?;
    let edit = |items: &[Entity<Item>]| -> Outcome {
        for item in items {
            item.edit()?.amount += 1;
        }
        Ok(())
    };
    let took = match all {
        true => timed(|| {
            edit(&items)?;
            Ok(session.flush()?)
        })?,
        false => {
            edit(&items)?;
            timed(|| Ok(session.flush()?))?
        }
    };
    session.commit()?;
    Ok(took)
}

fn changing<H: ByHand>(rounds: u32, sessions: &SessionFactory, by_hand: &mut H) -> Outcome {
    let by_hand = std::cell::RefCell::new(by_hand);
    contest(
        "updating one column of 10,000 loaded objects",
        ROWS,
        rounds,
        vec![
            Contestant::new("session, flush", || change(sessions, false)),
            Contestant::new("session, edit and flush", || change(sessions, true)),
            Contestant::new("by hand, one by one", || by_hand.borrow_mut().update(ROWS)),
        ],
    )
}
