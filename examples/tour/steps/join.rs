//! Joins along relationships, and several tables at once.

use aludel::{Connection, prelude::*};
use aludel_tour::{Boy, Boy2girl, Girl, Hobby, Person};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, connection: &Connection) -> Outcome {
    guide.chapter("Join");
    let players = connection
        .query::<Person>()
        .join(Person::hobby)
        .filter(Hobby::caption.eq("篮球"))
        .order_by(Person::nid)
        .select(Person::name)
        .all()?;
    guide.step(
        "who plays 篮球",
        players,
        vec!["lqz".to_owned(), "egon".to_owned()],
    )?;

    let all = connection
        .query::<Person>()
        .left_join(Person::hobby)
        .order_by(Person::nid.desc())
        .select((Person::name, Hobby::entity()))
        .all()?;
    let without: Vec<&str> = all
        .iter()
        .filter(|(_, hobby)| hobby.is_none())
        .map(|(name, _)| name.as_str())
        .collect();
    guide.step("who has no hobby, by a left join", without, vec!["jason"])?;

    let pairs = connection
        .query::<(Hobby, Person)>()
        .filter(Person::hobby_id.eq(Hobby::id))
        .count()?;
    guide.step("hobbies beside their persons", pairs, 3)?;

    let busy = connection
        .query::<Hobby>()
        .join(Hobby::pers)
        .select(Hobby::caption)
        .distinct()
        .all()?;
    guide.step("hobbies that somebody has", busy.len(), 2)?;

    let couples = connection
        .query::<Boy>()
        .join(Boy::girls)
        .select((Boy::hostname, Girl::name, Boy2girl::since))
        .all()?;
    guide.step("couples, through the table between them", couples.len(), 1)
}
