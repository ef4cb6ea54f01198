//! Updates with values and expressions, and deletes.

use aludel::{Connection, prelude::*};
use aludel_tour::{Job, User};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.chapter("Update and delete");
    let older = connection
        .update::<User>()
        .set(User::age.set(User::age + 1))
        .filter(User::name.ne("ed"))
        .execute()?;
    guide.step("users who grew a year older", older, 3)?;
    let mary = connection
        .query::<User>()
        .filter(User::name.eq("mary"))
        .one()?;
    guide.step("mary's age now", mary.age, 42)?;

    upserts(guide, connection)?;

    let renamed = connection
        .update::<User>()
        .set((User::name.set(User::name + "099"), User::email.set(None)))
        .filter(User::id.eq(1))
        .execute()?;
    guide.step("renamed by an expression", renamed, 1)?;
    let ed = connection
        .get::<User>(1)?
        .map(|user| (user.name, user.email));
    guide.step(
        "ed's name and address now",
        ed,
        Some(("ed099".to_owned(), None)),
    )?;

    let done = connection
        .delete::<Job>()
        .filter(Job::status.eq(1))
        .execute()?;
    guide.step("jobs that are done and deleted", done, 0)?;
    let nothing = connection
        .delete::<Job>()
        .execute()
        .is_err_and(|error| error.is_invalid_request());
    guide.step("a delete without a filter is refused", nothing, true)?;
    guide.step(
        "jobs deleted, all of them meant",
        connection.delete::<Job>().all_rows().execute()?,
        1,
    )
}

fn upserts(guide: &mut Guide, connection: &Connection) -> Outcome {
    for (what, age) in [
        ("inserted", 18),
        ("or updated, where the address is there", 19),
    ] {
        insert(User::insert().name("al").email("al@example.org"))
            .on_conflict(User::email_key)
            .do_update(User::age.set(User::age + 1))
            .on(connection)
            .execute()?;
        let al = User::by_email("al@example.org").on(connection).one()?;
        guide.step(what, al.age, age)?;
    }
    let al = connection.delete::<User>().filter(User::name.eq("al"));
    match al.clone().returning(User::email).all() {
        Ok(gone) => guide.step(
            "deleted and given back",
            gone,
            vec![Some("al@example.org".to_owned())],
        ),
        Err(error) if error.is_unsupported() => {
            guide.step("deleted, without giving back", al.execute()?, 1)
        }
        Err(error) => Err(error.into()),
    }
}
