//! Rows are inserted by builders; what the database fills in comes back.

use aludel::{Connection, types::Date};
use aludel_tour::{Boy, Boy2girl, Girl, Hobby, Job, Person, User};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.chapter("Insert");
    let ed = connection.insert(
        User::insert()
            .name("ed")
            .email("ed@example.org")
            .first_name("Ed")
            .last_name("Jones"),
    )?;
    guide.step("ed's key, counted up by the database", ed.id, 1)?;
    guide.step("ed's age, a default of the schema", ed.age, 18)?;
    guide.step(
        "ed's full name, computed by the database",
        ed.full_name,
        Some("Ed Jones".to_owned()),
    )?;
    for (name, age) in [("wendy", 30), ("mary", 41), ("fred", 25)] {
        connection.insert(User::insert().name(name).age(age))?;
    }
    people(guide, connection)?;
    boys_and_girls(guide, connection)?;
    let job = connection.insert(Job::insert().title("paint the fence").payload(None))?;
    guide.step(
        "a job waits, at no cost",
        (job.status, job.cost.normalize().to_string()),
        (0, "0".to_owned()),
    )
}

fn people(guide: &mut Guide, connection: &Connection) -> Outcome {
    let ball = connection.insert(Hobby::insert())?;
    guide.step(
        "a hobby of which only the default is known",
        ball.caption.as_str(),
        "篮球",
    )?;
    let chess = connection.insert(Hobby::insert().caption("chess"))?;
    for (name, hobby) in [
        ("lqz", Some(ball.id)),
        ("egon", Some(ball.id)),
        ("pyy", Some(chess.id)),
        ("jason", None),
    ] {
        connection.insert(Person::insert().name(name).hobby_id(hobby))?;
    }
    guide.step("persons", connection.query::<Person>().count()?, 4)
}

fn boys_and_girls(guide: &mut Guide, connection: &Connection) -> Outcome {
    let boy = connection.insert(Boy::insert().hostname("tom"))?;
    let girl = connection.insert(Girl::insert().name("ann"))?;
    let day = Date::from_ymd_opt(2024, 2, 29);
    let met = connection.insert(
        Boy2girl::insert()
            .boy_id(boy.id)
            .girl_id(girl.id)
            .since(day),
    )?;
    guide.step("the day they met, as it was written", met.since, day)
}
