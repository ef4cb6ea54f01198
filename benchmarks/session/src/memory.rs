//! Whether what sessions took is given back: the memory of the program before and after much work.

use aludel::{Engine, Session};

use crate::{
    contest::Outcome,
    models::{Item, catalog},
    name,
};

/// So much may come and go with how the allocator divides what it has, in KiB.
const SLACK: u64 = 2_048;

/// Does each work once in small, so that all that is kept for good is there, and then in full.
pub fn compare(url: &str) -> Outcome {
    let engine = Engine::new(url)?;
    catalog().create_all(&engine)?;
    let edits = measured("1,000,000 edits of one entity, 1,000 commits", |share| {
        edit(&engine, 1_000 / share)
    })?;
    let sessions = measured("1,000 sessions of 1,000 objects", |share| {
        (0..1_000 / share).try_for_each(|number| use_session(&engine, number))
    })?;
    match edits && sessions {
        true => Ok(()),
        false => Err(format!("memory grew by more than {SLACK} KiB").into()),
    }
}

/// Prints the memory before and after, and tells whether it stayed.
fn measured(title: &str, work: impl Fn(u32) -> Outcome) -> Outcome<bool> {
    work(10)?;
    let before = resident()?;
    work(1)?;
    let after = resident()?;
    println!("  {title}: {before} KiB before, {after} KiB after");
    Ok(after <= before + SLACK)
}

/// The memory that the program has, in KiB, as Linux says it.
fn resident() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("the system does not say it")?.parse()?)
}

/// A thousand edits for each commit, of one object that is held.
fn edit(engine: &Engine, commits: u32) -> Outcome {
    let session = Session::new(engine);
    session.delete_from::<Item>().all_rows().execute()?;
    let added = session.add(Item::insert().name(name(0)).note("a note").amount(0));
    let item = added.entity()?;
    for _ in 0..commits {
        for _ in 0..1_000 {
            item.edit()?.amount += 1;
        }
        session.commit()?;
    }
    assert_eq!(item.amount, i64::from(commits) * 1_000);
    Ok(())
}

/// A session that adds, loads and changes a thousand objects, and ends in one of four ways.
fn use_session(engine: &Engine, number: u32) -> Outcome {
    let session = Session::new(engine);
    session.delete_from::<Item>().all_rows().execute()?;
    let new = (0..1_000).map(|item| Item::insert().name(name(item)).note("a note").amount(0));
    let new = session.add_all(new);
    session.flush()?;
    let items = session.query::<Item>().all()?;
    assert_eq!((items.len(), new.len()), (1_000, 1_000));
    for item in &items {
        item.edit()?.amount += 1;
    }
    match number % 4 {
        0 => session.commit()?,
        1 => session.rollback()?,
        2 => {
            session.flush()?;
            session.close()?;
        }
        _ => session.flush()?,
    }
    Ok(())
}
