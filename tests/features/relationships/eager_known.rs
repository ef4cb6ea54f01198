//! r05: what is loaded along with a query and is known already, changed or out of date.

use aludel::Entity;
use aludel_testing::{
    each_database,
    village::{
        Hobby, HobbyRelationships, Order, OrderLine, OrderRelationships, Person,
        PersonRelationships, Post, PostRelationships, Tag,
    },
};

use super::{eager::club, heard::counted};
use crate::{named, session};

#[each_database]
fn r05_what_is_loaded_along_respects_changes_and_order() {
    let session = session();
    let order = session.add(Order::insert().buyer("ed"));
    for (place, article, amount) in [(2, "b", 20), (1, "a", 1), (3, "c", 30)] {
        let line = OrderLine::insert()
            .place(place)
            .article(article)
            .amount(amount);
        session.add(line.order(&order));
    }
    session.commit().unwrap();
    for how in [
        Order::lines.joined(),
        Order::lines.selectin(),
        Order::lines.subquery(),
    ] {
        session.clear();
        let along = (how, Order::large_lines.joined());
        let order = session.query::<Order>().eager(along).one().unwrap();
        let (statements, articles) = counted(|| {
            let article = |line: &Entity<OrderLine>| line.article.clone();
            let lines: String = order.lines().unwrap().iter().map(article).collect();
            let large: String = order.large_lines().unwrap().iter().map(article).collect();
            (lines, large)
        });
        assert_eq!((statements, articles), (0, ("abc".into(), "bc".into())));
        // The session's own changes stay.
        let line = order.lines().unwrap()[0].clone();
        session.without_autoflush(|| {
            line.edit().unwrap().place = 9;
            let again = session
                .query::<Order>()
                .eager(Order::lines.joined())
                .one()
                .unwrap();
            assert_eq!(again.lines().unwrap().len(), 3);
        });
        assert_eq!(line.place, 9);
        session.rollback().unwrap();
    }
}

#[each_database]
fn r05_what_is_loaded_along_is_renewed_where_it_is_out_of_date() {
    let session = club();
    let hobbies = session.query::<Hobby>().order_by(Hobby::id);
    let hobbies = hobbies.eager(Hobby::pers.with(Person::posts.with(Post::tags)));
    let hobbies = hobbies.all().unwrap();
    let read = |hobbies: &[Entity<Hobby>]| {
        let people = hobbies.iter().flat_map(|hobby| hobby.pers().unwrap());
        let posts: Vec<_> = people.flat_map(|person| person.posts().unwrap()).collect();
        let tags = posts.iter().map(|post| post.tags().unwrap().len());
        tags.sum::<usize>()
    };
    assert_eq!(read(&hobbies), 8);
    let tag = session.query::<Tag>().all().unwrap().remove(0);
    let ed = named(&session, "ed");
    for how in 0..3 {
        // All is known, and all may be out of date, or one member and one tag.
        match how {
            0 => session.commit().unwrap(),
            1 => session.expire_all(),
            _ => session
                .expire(&ed)
                .and_then(|()| session.expire(&tag))
                .unwrap(),
        }
        let again = session.query::<Hobby>().order_by(Hobby::id);
        let again = again.eager(Hobby::pers.with(Person::posts.with(Post::tags)));
        let again = again.all().unwrap();
        let (statements, tags) = counted(|| read(&again));
        assert_eq!((statements, tags), (0, 8), "{how}");
        let people = session.query::<Person>();
        let people = people.eager(Person::hobby.selectin()).all().unwrap();
        session.expire(&hobbies[0]).unwrap();
        let again = session.query::<Person>().eager(Person::hobby.selectin());
        again.all().unwrap();
        let (statements, _) = counted(|| people[0].hobby().unwrap());
        assert_eq!(statements, 0, "{how}");
    }
}
