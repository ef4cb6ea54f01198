//! Relationships: from object to object, in both directions.

use aludel::{Engine, Entity, ErrorKind, Session, SessionFactory};
use aludel_tour::{
    Boy, BoyRelationships, Girl, GirlRelationships, Hobby, HobbyRelationships, Person,
    PersonRelationships,
};

use crate::guide::{Guide, Outcome};

pub(crate) fn run(guide: &mut Guide, engine: &Engine) -> Outcome {
    guide.chapter("Relationships");
    let session = Session::new(engine);
    let sewing = session.add(Hobby::insert().caption("sewing"));
    let [uma, vic] =
        ["uma", "vic"].map(|name| session.add(Person::insert().name(name).hobby(&sewing)));
    session.commit()?;
    let (sewing, uma, vic) = (sewing.entity()?, uma.entity()?, vic.entity()?);

    both_sides(guide, &session, &sewing, &uma)?;
    pairs(guide, &session)?;
    loading(guide, engine)?;
    filters(guide, &session, &sewing, &vic)?;
    gone(guide, &session, sewing, &vic)
}

fn both_sides(
    guide: &mut Guide,
    session: &Session,
    sewing: &Entity<Hobby>,
    uma: &Entity<Person>,
) -> Outcome {
    let hobby = uma.hobby()?.map(|hobby| hobby.caption.clone());
    guide.step("where uma's hobby leads", hobby.as_deref(), Some("sewing"))?;
    guide.step("and back", names(&sewing.pers()?), "uma vic".to_owned())?;
    let weaving = session.add(Hobby::insert().caption("weaving"));
    uma.set_hobby(&weaving)?;
    guide.step(
        "she has moved, at once",
        names(&sewing.pers()?),
        "vic".to_owned(),
    )?;
    let members = names(&weaving.pers()?);
    guide.step("and is there, flushed", members, "uma".to_owned())?;
    guide.step("with the key of the new hobby", uma.hobby_id, weaving.id())?;
    sewing.pers()?.replace([uma])?;
    session.commit()?;
    let left = session.query::<Person>().filter(Person::hobby.is_null());
    guide.step("who was replaced leads nowhere", left.exists()?, true)
}

fn pairs(guide: &mut Guide, session: &Session) -> Outcome {
    let boy = session.add(Boy::insert().hostname("walt"));
    let mut girls = boy.girls()?;
    for name in ["xia", "yun"] {
        girls.add(&session.add(Girl::insert().name(name)))?;
    }
    let girls = boy.girls()?;
    guide.step("pairs through a table with a key", girls.len(), 2)?;
    let boys = girls[0].boys()?.len();
    guide.step("a pair from the other side", boys, 1)?;
    boy.girls()?.remove(&girls[0])?;
    session.commit()?;
    guide.step("a pair less, and no girl", boy.boy2girls()?.len(), 1)?;
    let girl = session.query::<Girl>().filter(Girl::boys.contains(&boy));
    guide.step("who is in a pair", girl.one()? == girls[1], true)
}

fn loading(guide: &mut Guide, engine: &Engine) -> Outcome {
    let session = Session::new(engine);
    let mut people = 0;
    for hobby in &session.query::<Hobby>().all()? {
        people += hobby.pers()?.len();
    }
    guide.step("people of all hobbies", people > 0, true)?;
    guide.step("statements for that", session.statements(), 2)?;
    let told = session.lazy_loads();
    guide.step("what was loaded late", told[0].relationship, "pers")?;
    let session = SessionFactory::new(engine)
        .raise_on_lazy_load(true)
        .session();
    let hobbies = session.query::<Hobby>().eager(Hobby::pers.joined()).all()?;
    let loaded = hobbies.iter().map(|hobby| Ok(hobby.pers()?.len()));
    let loaded = loaded.sum::<aludel::Result<usize>>()?;
    guide.step("the same people, joined", loaded, people)?;
    guide.step("statements for that", session.statements(), 1)?;
    let person = session.query::<Boy>().first()?;
    let kind = person.map(|boy| boy.girls().map(drop).map_err(|error| error.kind()));
    let refused = Some(Err(ErrorKind::InvalidRequest));
    guide.step("what is not to be loaded late", kind, refused)
}

fn filters(
    guide: &mut Guide,
    session: &Session,
    sewing: &Entity<Hobby>,
    vic: &Entity<Person>,
) -> Outcome {
    let sew = session.query::<Person>().filter(Person::hobby.is(sewing));
    guide.step("who sews", sew.one()?.name.clone(), "uma".to_owned())?;
    vic.set_hobby(sewing)?;
    let any = session.query::<Hobby>().filter(Hobby::pers.contains(vic));
    guide.step("the hobby of vic", any.one()? == *sewing, true)
}

fn gone(
    guide: &mut Guide,
    session: &Session,
    sewing: Entity<Hobby>,
    vic: &Entity<Person>,
) -> Outcome {
    session.delete(&sewing)?;
    session.commit()?;
    guide.step("the database unset the link", vic.hobby()?.is_none(), true)
}

fn names(people: &[Entity<Person>]) -> String {
    let mut names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    names.sort_unstable();
    names.join(" ")
}
