//! The session: objects that are written together.

use aludel::{Engine, Entity, Error, ErrorKind, Session, SessionFactory, prelude::Expression};
use aludel_tour::{Girl, Hobby, Person};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, engine: &Engine) -> Outcome {
    guide.chapter("The session");
    let session = Session::new(engine);
    let go = session.add(Hobby::insert().caption("go"));
    let ida = session.add(Person::insert().name("ida").hobby(&go));
    guide.step("the key of a new object", ida.id(), None)?;
    session.commit()?;
    let ida = ida.entity()?;
    guide.step("its hobby, written first", ida.hobby_id, go.id())?;

    changes(guide, &session, &ida)?;
    savepoint(guide, &session)?;
    events(guide, engine)?;
    two_sessions(guide, engine, &session, &ida)
}

fn changes(guide: &mut Guide, session: &Session, ida: &Entity<Person>) -> Outcome {
    let found = session
        .query::<Person>()
        .filter(Person::name.eq("ida"))
        .one()?;
    guide.step("a query gives the same object", found == *ida, true)?;
    ida.edit()?.name = "ida lovelace".to_owned();
    let dirty = session.dirty();
    let columns: Vec<&str> = dirty
        .iter()
        .flat_map(|object| object.changes())
        .map(|change| change.column)
        .collect();
    guide.step("what the next flush changes", columns, vec!["name"])?;
    session.rollback()?;
    guide.step("the name after a rollback", ida.name.as_str(), "ida")
}

fn savepoint(guide: &mut Guide, session: &Session) -> Outcome {
    let before = session.query::<Girl>().count()?;
    let savepoint = session.savepoint()?;
    session.add_all(["fay", "fay"].map(|name| Girl::insert().name(name)));
    let kind = savepoint.commit().map_err(|error| error.kind()).err();
    guide.step(
        "a savepoint whose objects clash",
        kind,
        Some(ErrorKind::UniqueViolation),
    )?;
    guide.step(
        "girls more, after it",
        session.query::<Girl>().count()? - before,
        0,
    )?;
    Ok(session.commit()?)
}

fn events(guide: &mut Guide, engine: &Engine) -> Outcome {
    let sessions = SessionFactory::new(engine).events(|on| {
        on.before_insert::<Hobby>(|_, hobby| match hobby.get(Hobby::caption) {
            Some(caption) if caption.is_empty() => Err(Error::rejected("a hobby has a name")),
            caption => hobby.set(Hobby::caption, caption.unwrap_or_default().to_uppercase()),
        });
    });
    let session = sessions.session();
    let shogi = session.add(Hobby::insert().caption("shogi")).entity()?;
    guide.step("what an event made of it", shogi.caption.as_str(), "SHOGI")?;
    session.add(Hobby::insert().caption(""));
    let refused = session.commit().map_err(|error| error.is_rejected()).err();
    guide.step("an event said no", refused, Some(true))?;
    Ok(session.rollback()?)
}

fn two_sessions(
    guide: &mut Guide,
    engine: &Engine,
    session: &Session,
    ida: &Entity<Person>,
) -> Outcome {
    Session::new(engine).transact(|other| {
        let same = other.get::<Person>(ida.nid)?;
        let same = same.ok_or_else(|| std::io::Error::other("she is not there"))?;
        other.delete(&same)?;
        Ok::<_, Box<dyn std::error::Error>>(())
    })?;
    let kind = ida.edit().map_err(|error| error.kind()).err();
    guide.step(
        "changing what another session deleted",
        kind,
        Some(ErrorKind::StaleData),
    )?;
    Ok(session.rollback()?)
}
