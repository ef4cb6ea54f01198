//! What the database refuses comes back as an error with a kind.

use aludel::{Connection, ErrorKind};
use aludel_tour::{Person, User};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.chapter("Errors");
    // In a savepoint: PostgreSQL ends what an error comes up in.
    let twice =
        connection.transact(|connection| connection.insert(User::insert().name("fred").age(26)));
    let kind = twice.as_ref().map_err(aludel::Error::kind).err();
    guide.step(
        "a name and age that are taken",
        kind,
        Some(ErrorKind::UniqueViolation),
    )?;
    let key = twice.err().map(|error| {
        // MySQL names the key, and not its columns.
        let columns = error.columns().join(", ");
        if columns.is_empty() {
            "name, age".to_owned()
        } else {
            columns
        }
    });
    guide.step("the columns of that key", key.as_deref(), Some("name, age"))?;

    let nowhere = connection
        .transact(|connection| connection.insert(Person::insert().name("ghost").hobby_id(99)))
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
