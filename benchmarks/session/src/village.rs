//! Following a relationship from many objects, each of which leads to several others.

use std::cell::RefCell;

use aludel::{Engine, Session, SessionFactory};

use crate::{
    by_hand::ByHand,
    contest::{Contestant, Outcome, timed},
    models::{Hobby, HobbyRelationships, Person},
    name,
    report::contest,
};

const HOBBIES: u32 = 1_000;
const PERSONS_OF_A_HOBBY: u32 = 10;
const PERSONS: u32 = HOBBIES * PERSONS_OF_A_HOBBY;

/// Fills the tables.
pub fn fill(engine: &Engine) -> Outcome {
    let connection = engine.connect()?;
    let hobbies = (0..HOBBIES).map(|number| {
        let id = i64::from(number) + 1;
        Hobby::insert().id(id).caption(format!("hobby {number}"))
    });
    connection.insert_all(hobbies)?;
    let persons = (0..PERSONS).map(|number| {
        let hobby = i64::from(number / PERSONS_OF_A_HOBBY) + 1;
        let id = i64::from(number) + 1;
        Person::insert().id(id).hobby_id(hobby).name(name(number))
    });
    connection.insert_all(persons)?;
    Ok(connection.commit()?)
}

/// A session with a connection, in which work is timed that comes to so many persons.
fn within(
    sessions: &SessionFactory,
    work: impl FnOnce(&Session) -> aludel::Result<usize>,
) -> Outcome<std::time::Duration> {
    let session = sessions.session();
    session.with_connection(|_| Ok::<_, aludel::Error>(()))?;
    timed(|| match work(&session)? == PERSONS as usize {
        true => Ok(()),
        false => Err("persons are missing".into()),
    })
}

/// All hobbies, and the persons of each when they are asked for.
pub fn lazily(sessions: &SessionFactory) -> Outcome<std::time::Duration> {
    within(sessions, |session| {
        let mut persons = 0;
        for hobby in session.query::<Hobby>().all()? {
            persons += hobby.people()?.len();
        }
        Ok(persons)
    })
}

/// All hobbies with their persons, which the query loads by a second statement.
pub fn eagerly(sessions: &SessionFactory) -> Outcome<std::time::Duration> {
    within(sessions, |session| {
        let mut persons = 0;
        for hobby in session.query::<Hobby>().eager(Hobby::people).all()? {
            persons += hobby.people()?.len();
        }
        Ok(persons)
    })
}

/// All hobbies with their persons, by one statement.
pub fn joined(sessions: &SessionFactory) -> Outcome<std::time::Duration> {
    within(sessions, |session| {
        let mut persons = 0;
        let hobbies = session.query::<Hobby>().eager(Hobby::people.joined());
        for hobby in hobbies.all()? {
            persons += hobby.people()?.len();
        }
        Ok(persons)
    })
}

/// All hobbies and their persons: when they are asked for, and with the query.
pub fn following<H: ByHand>(rounds: u32, sessions: &SessionFactory, by_hand: &mut H) -> Outcome {
    let by_hand = RefCell::new(by_hand);
    contest(
        "1,000 hobbies and the 10 persons of each",
        PERSONS,
        rounds,
        vec![
            Contestant::new("session, when asked for", || lazily(sessions)),
            Contestant::new("session, with the query", || eagerly(sessions)),
            Contestant::new("by hand", || by_hand.borrow_mut().with_persons()),
        ],
    )
}
