//! What SQL does beyond rows of tables: groups, windows, subqueries, tables made by queries, several queries as one.

use aludel::{Connection, prelude::*};
use aludel_tour::{Boy, Girl, Hobby, Person, User};

use crate::guide::{Guide, Outcome};

aludel::derived! {
    /// How many persons have each hobby.
    struct Fans {
        hobby_id: Option<i64>,
        fans: i64,
    }
}

pub(crate) fn run(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.chapter("Report");
    groups(guide, connection)?;
    windows(guide, connection)?;
    subqueries(guide, connection)?;
    paths_and_graphs(guide, connection)
}

fn groups(guide: &mut Guide, connection: &Connection) -> Outcome {
    let persons = func::count(Person::nid).label("persons");
    let popular = connection
        .query::<Hobby>()
        .join(Hobby::pers)
        .group_by(Hobby::caption)
        .having(persons.ge(2))
        .order_by(persons.desc())
        .select((Hobby::caption, &persons))
        .all()?;
    guide.step(
        "hobbies of two and more",
        popular,
        vec![("篮球".to_owned(), 2)],
    )?;
    let stage = case::<String>()
        .when(User::age.lt(30), "young")
        .otherwise("grown");
    let stages = connection
        .query::<User>()
        .group_by(stage.clone())
        .order_by(stage.clone())
        .select((stage, func::count_all(), func::max(User::age)))
        .all()?;
    guide.step(
        "users by a CASE",
        stages,
        vec![
            ("grown".to_owned(), 2, Some(41)),
            ("young".to_owned(), 2, Some(25)),
        ],
    )
}

fn windows(guide: &mut Guide, connection: &Connection) -> Outcome {
    let so_far = func::sum(User::age).over(window().order_by(User::id));
    let running = connection
        .query::<User>()
        .order_by(User::id)
        .select(so_far)
        .all()?;
    guide.step(
        "a running total of ages",
        running,
        vec![Some(18), Some(48), Some(89), Some(114)],
    )
}

fn subqueries(guide: &mut Guide, connection: &Connection) -> Outcome {
    let average = scalar(select::<User>().select(func::avg(User::age)));
    let older = connection
        .query::<User>()
        .filter(User::age.cast::<f64>().gt(average))
        .order_by(User::id)
        .select(User::name)
        .all()?;
    guide.step(
        "users older than the average",
        older,
        vec!["wendy".to_owned(), "mary".to_owned()],
    )?;

    let fans = Fans::cte(
        select::<Person>()
            .group_by(Person::hobby_id)
            .select((Person::hobby_id, func::count_all())),
    );
    let counted = connection
        .query::<Hobby>()
        .join_on(&fans, Fans::hobby_id.eq(Hobby::id))
        .order_by(Hobby::id)
        .select((Hobby::caption, Fans::fans))
        .all()?;
    guide.step(
        "hobbies beside a table of counts",
        counted,
        vec![("篮球".to_owned(), 2), ("chess".to_owned(), 1)],
    )?;

    let names = connection
        .query::<Boy>()
        .select(Boy::hostname)
        .union(select::<Girl>().select(Girl::name))
        .order_by(position(1))
        .all()?;
    guide.step(
        "boys and girls in one list",
        names,
        vec!["ann".to_owned(), "tom".to_owned()],
    )
}

fn paths_and_graphs(guide: &mut Guide, connection: &Connection) -> Outcome {
    let chess = connection
        .query::<Person>()
        .filter(Person::hobby.path(Hobby::caption).eq("chess"))
        .select(Person::name)
        .one()?;
    guide.step("who plays chess, by a path", chess.as_str(), "pyy")?;
    let hobbies = connection
        .query::<Hobby>()
        .order_by(Hobby::id)
        .with(Hobby::pers)
        .all()?;
    let fans: Vec<usize> = hobbies.iter().map(|(_, persons)| persons.len()).collect();
    guide.step("persons of each hobby, by two statements", fans, vec![2, 1])
}
