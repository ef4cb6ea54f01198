//! Reads and writes rows through Aludel and by hand with rusqlite, on the same SQLite file, and compares.
//!
//! Both are within a transaction: neither locks the file for each statement. An argument is the number of rounds.

#![forbid(unsafe_code)]

mod batch;
mod by_hand;
#[path = "../../contest.rs"]
mod contest;
mod report;

use aludel::{Engine, prelude::*};
use contest::{Contestant, Outcome, timed};
use models::{Item, catalog};
use report::contest;

aludel::include_models!();

const ROWS: u32 = 100_000;
const GETS: u32 = 10_000;
const INSERTS: u32 = 10_000;

fn main() -> Outcome {
    let rounds = match std::env::args().nth(1) {
        Some(rounds) => rounds.parse()?,
        None => 25,
    };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("rows.db");
    let engine = Engine::new(format!("sqlite:///{}", file.display()).as_str())?;
    catalog().create_all(&engine)?;
    let aludel = engine.connect()?;
    let driver = rusqlite::Connection::open(&file)?;
    driver.pragma_update(None, "foreign_keys", true)?;

    fill(&driver)?;
    reading(&aludel, &driver, rounds)?;
    framing(&aludel, &driver, rounds)?;
    getting(&aludel, &driver, rounds)?;
    inserting(&aludel, &driver, rounds)
}

fn name(number: u32) -> String {
    format!("the name of item {number}")
}

fn note(number: u32) -> Option<&'static str> {
    number
        .is_multiple_of(3)
        .then_some("a note on every third item")
}

fn fill(driver: &rusqlite::Connection) -> Outcome {
    driver.execute_batch("BEGIN")?;
    for number in 0..ROWS {
        by_hand::insert(driver, &name(number), note(number), i64::from(number))?;
    }
    Ok(driver.execute_batch("COMMIT")?)
}

fn reading(aludel: &Connection, driver: &rusqlite::Connection, rounds: u32) -> Outcome {
    driver.execute_batch("BEGIN")?;
    same(&aludel.query::<Item>().all()?, &by_hand::all(driver)?)?;
    contest(
        "100,000 rows of four columns",
        ROWS,
        rounds,
        vec![
            Contestant::new("aludel", || timed(|| Ok(aludel.query::<Item>().all()?))),
            Contestant::new("rusqlite by hand", || timed(|| Ok(by_hand::all(driver)?))),
        ],
    )?;
    aludel.rollback()?;
    Ok(driver.execute_batch("ROLLBACK")?)
}

fn framing(aludel: &Connection, driver: &rusqlite::Connection, rounds: u32) -> Outcome {
    driver.execute_batch("BEGIN")?;
    if aludel.query::<Item>().record_batch()? != batch::all(driver)? {
        return Err("Aludel and rusqlite make different record batches".into());
    }
    contest(
        "100,000 rows of four columns as a record batch of Arrow",
        ROWS,
        rounds,
        vec![
            Contestant::new("aludel", || {
                timed(|| Ok(aludel.query::<Item>().record_batch()?))
            }),
            Contestant::new("rusqlite and builders", || timed(|| batch::all(driver))),
        ],
    )?;
    aludel.rollback()?;
    Ok(driver.execute_batch("ROLLBACK")?)
}

/// Makes sure that both read the same.
fn same(ours: &[Item], theirs: &[by_hand::Item]) -> Outcome {
    let equal = |(ours, theirs): (&Item, &by_hand::Item)| {
        ours.id == theirs.id
            && ours.name == theirs.name
            && ours.note == theirs.note
            && ours.amount == theirs.amount
    };
    if ours.len() == ROWS as usize
        && ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(equal)
    {
        return Ok(());
    }
    Err("Aludel and rusqlite read different rows".into())
}

fn getting(aludel: &Connection, driver: &rusqlite::Connection, rounds: u32) -> Outcome {
    driver.execute_batch("BEGIN")?;
    let keys = || (0..GETS).map(|number| i64::from(number * 7 % ROWS + 1));
    let by_aludel = || {
        for key in keys() {
            std::hint::black_box(aludel.get::<Item>(key)?.ok_or("a row is missing")?);
        }
        Ok(())
    };
    let by_driver = || {
        for key in keys() {
            std::hint::black_box(by_hand::get(driver, key)?);
        }
        Ok(())
    };
    contest(
        "one row by its primary key",
        GETS,
        rounds,
        vec![
            Contestant::new("aludel", || timed(by_aludel)),
            Contestant::new("rusqlite by hand", || timed(by_driver)),
        ],
    )?;
    aludel.rollback()?;
    Ok(driver.execute_batch("ROLLBACK")?)
}

fn inserting(aludel: &Connection, driver: &rusqlite::Connection, rounds: u32) -> Outcome {
    let by_aludel = || {
        for number in 0..INSERTS {
            let new = Item::insert()
                .name(name(number))
                .note(note(number).map(str::to_owned))
                .amount(i64::from(number));
            std::hint::black_box(aludel.insert(new)?);
        }
        Ok(aludel.commit()?)
    };
    let plain = || {
        driver.execute_batch("BEGIN IMMEDIATE")?;
        for number in 0..INSERTS {
            by_hand::insert(driver, &name(number), note(number), i64::from(number))?;
        }
        Ok(driver.execute_batch("COMMIT")?)
    };
    let returning = || {
        driver.execute_batch("BEGIN IMMEDIATE")?;
        for number in 0..INSERTS {
            let amount = i64::from(number);
            let item = by_hand::insert_returning(driver, &name(number), note(number), amount)?;
            std::hint::black_box(item);
        }
        Ok(driver.execute_batch("COMMIT")?)
    };
    contest(
        "10,000 inserts in one transaction",
        INSERTS,
        rounds,
        vec![
            Contestant::new("aludel", || emptied(driver, by_aludel)),
            Contestant::new("by hand, with RETURNING", || emptied(driver, returning)),
            Contestant::new("by hand, without", || emptied(driver, plain)),
        ],
    )
}

/// The time of inserts into the empty table.
fn emptied(
    driver: &rusqlite::Connection,
    work: impl FnOnce() -> Outcome,
) -> Outcome<std::time::Duration> {
    driver.execute_batch("DELETE FROM item")?;
    timed(work)
}
