//! Queries: filters, order, limits, and what they give.

use aludel::{Connection, prelude::*};
use aludel_tour::User;

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.chapter("Query");
    filters(guide, connection)?;
    pages(guide, connection)?;
    keys(guide, connection)?;
    search(guide, connection, Some("mary"), None)
}

fn filters(guide: &mut Guide, connection: &Connection) -> Outcome {
    let adults = connection
        .query::<User>()
        .filter(User::age.ge(25) & !User::name.eq("mary"));
    guide.step("users of 25 and more, but mary", adults.count()?, 2)?;

    let known = connection
        .query::<User>()
        .filter(User::email.is_not_null())
        .one()?;
    guide.step("the only one with an address", known.name.as_str(), "ed")?;

    let listed = connection
        .query::<User>()
        .filter(User::id.in_([1, 3, 99]) | User::name.starts_with("w"));
    guide.step("of a list, or by the start of the name", listed.count()?, 3)
}

fn pages(guide: &mut Guide, connection: &Connection) -> Outcome {
    let names = connection
        .query::<User>()
        .order_by(User::name)
        .select(User::name)
        .all()?;
    guide.step(
        "all names, in order",
        names,
        vec!["ed", "fred", "mary", "wendy"]
            .into_iter()
            .map(String::from)
            .collect(),
    )?;

    let oldest = connection
        .query::<User>()
        .order_by(User::age.desc())
        .first()?;
    guide.step(
        "the oldest",
        oldest.map(|user| user.name),
        Some("mary".to_owned()),
    )?;

    let page = connection
        .query::<User>()
        .order_by(User::id)
        .limit(2)
        .offset(1)
        .select((User::id, User::name))
        .all()?;
    guide.step(
        "the second page of ids and names",
        page,
        vec![(2, "wendy".to_owned()), (3, "mary".to_owned())],
    )
}

fn keys(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.step(
        "by primary key",
        connection.get::<User>(4)?.map(|user| user.name),
        Some("fred".to_owned()),
    )?;
    guide.step(
        "by a key that is not there",
        connection.get::<User>(5)?,
        None,
    )?;
    let found = User::by_email("ed@example.org").on(connection).one()?;
    guide.step("by a unique key", found.to_string().as_str(), "<User id=1>")
}

/// A query is a value: conditions are added where there is a reason.
fn search(
    guide: &mut Guide,
    connection: &Connection,
    name: Option<&str>,
    youngest: Option<i64>,
) -> Outcome {
    let mut query: Query<User> = select::<User>();
    if let Some(name) = name {
        query = query.filter(User::name.eq(name));
    }
    if let Some(age) = youngest {
        query = query.filter(User::age.ge(age));
    }
    guide.step(
        "found by a query put together at run time",
        query.on(connection).exists()?,
        true,
    )
}
