//! What the database refuses comes back as an error with a kind.

use aludel::{Connection, ErrorKind};
use aludel_tour::{Person, User};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.chapter("Errors");
    let twice = connection.insert(User::insert().name("fred").age(26));
    let kind = twice.as_ref().map_err(aludel::Error::kind).err();
    guide.step(
        "a name and age that are taken",
        kind,
        Some(ErrorKind::UniqueViolation),
    )?;
    let columns = twice
        .err()
        .map(|error| error.columns().to_vec())
        .unwrap_or_default();
    guide.step(
        "the columns of that key",
        columns,
        vec!["name".to_owned(), "age".to_owned()],
    )?;

    let nowhere = connection
        .insert(Person::insert().name("ghost").hobby_id(99))
        .map_err(|error| error.kind());
    guide.step(
        "a hobby that is not there",
        nowhere.err(),
        Some(ErrorKind::ForeignKeyViolation),
    )?;

    let several = connection
        .query::<User>()
        .one()
        .map_err(|error| error.kind());
    guide.step(
        "one row required, several found",
        several.err(),
        Some(ErrorKind::MultipleResults),
    )
}
