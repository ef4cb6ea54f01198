//! r01, r03: following relationships of every kind.

use aludel::{Session, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Country, Flat, FlatRelationships, Folder, FolderRelationships, HobbyRelationships, Message,
        MessageRelationships, Passport, PassportRelationships, PersonRelationships, Tenant,
        TenantRelationships, Town, TownRelationships,
    },
};

use crate::{hobbies, hobby, named, names, person, populated, session};

#[each_database]
fn r01_an_object_leads_to_another_and_back() {
    let session = populated();
    let ed = named(&session, "ed");
    let chess = ed.hobby().unwrap();
    assert_eq!(chess.caption, "chess");
    let people = chess.pers().unwrap();
    assert_eq!(names(&people), ["al", "ed"]);
    assert!(people.contains(&ed), "it is the same object");
    assert_eq!(people[0].hobby().unwrap(), chess);
}

#[each_database]
fn r01_a_new_object_can_be_followed_as_soon_as_it_is_added() {
    let session = session();
    let chess = hobby(&session, "chess");
    let ed = person(&session, "ed", &chess);
    assert_eq!(ed.hobby().unwrap(), chess.entity().unwrap());
    assert_eq!(chess.pers().unwrap().to_vec(), [ed.entity().unwrap()]);
}

#[each_database]
fn r01_a_hobby_of_nobody_has_an_empty_collection() {
    let session = session();
    let chess = hobby(&session, "chess");
    assert!(chess.pers().unwrap().is_empty());
}

#[each_database]
fn r03_a_table_leads_to_itself_in_both_directions() {
    let session = populated();
    let (ed, al, cy) = (
        named(&session, "ed"),
        named(&session, "al"),
        named(&session, "cy"),
    );
    assert_eq!(al.chief().unwrap(), None);
    al.set_chief(&ed).unwrap();
    cy.set_chief(&ed).unwrap();
    ed.set_chief(&ed).unwrap();
    session.commit().unwrap();
    session.clear();
    let ed = named(&session, "ed");
    assert_eq!(names(&ed.reports().unwrap()), ["al", "cy", "ed"]);
    assert_eq!(ed.chief().unwrap(), Some(ed.clone()));
    assert_eq!(
        ed.reports().unwrap()[0].chief().unwrap().unwrap(),
        ed,
        "the other direction"
    );
}

#[each_database]
fn r03_one_to_one_is_one_object_or_none_on_either_side() {
    let session = populated();
    let ed = named(&session, "ed");
    assert_eq!(ed.passport().unwrap(), None);
    let passport = session.add(Passport::insert().number("A1").person(&ed));
    assert_eq!(ed.passport().unwrap(), Some(passport.entity().unwrap()));
    session.commit().unwrap();
    session.clear();
    let passport = session.query::<Passport>().one().unwrap();
    let ed = passport.person().unwrap();
    assert_eq!(ed.name, "ed");
    assert_eq!(ed.passport().unwrap(), Some(passport));
    assert_eq!(named(&session, "al").passport().unwrap(), None);
}

#[each_database]
fn r03_two_foreign_keys_to_one_table_are_two_relationships() {
    let session = populated();
    let (ed, al) = (named(&session, "ed"), named(&session, "al"));
    for (body, from, to) in [("hi", &ed, &al), ("ho", &al, &ed), ("he", &ed, &ed)] {
        session.add(Message::insert().body(body).sender(from).receiver(to));
    }
    let sent = ed.sent().unwrap();
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|message| message.sender().unwrap() == ed));
    assert_eq!(sent[0].receiver().unwrap(), al);
    let received = ed.received().query(&session).unwrap();
    assert_eq!(received.count().unwrap(), 2);
    let query = received.filter(Message::body.eq("ho"));
    assert_eq!(query.one().unwrap().sender().unwrap(), al);
}

#[each_database]
fn r03_a_foreign_key_of_several_columns_leads_as_others_do() {
    let session = session();
    let flats: Vec<_> = [("a", 1), ("a", 2), ("b", 1)]
        .map(|(house, number)| {
            let flat = Flat::insert().house(house).number(number).rent(100);
            session.add(flat)
        })
        .into();
    let ed = session.add(Tenant::insert().name("ed").flat(&flats[1]));
    let al = session.add(Tenant::insert().name("al"));
    session.commit().unwrap();
    assert_eq!(ed.flat().unwrap(), Some(flats[1].entity().unwrap()));
    assert_eq!(al.flat().unwrap(), None);
    let lives = |flat: usize| flats[flat].tenants().unwrap().len();
    assert_eq!([lives(0), lives(1), lives(2)], [0, 1, 0]);
    al.set_flat(&flats[2].entity().unwrap()).unwrap();
    ed.set_flat(None).unwrap();
    assert_eq!([lives(0), lives(1), lives(2)], [0, 0, 1]);
    session.commit().unwrap();
    let ed = ed.entity().unwrap();
    session.refresh(&ed).unwrap();
    assert_eq!((ed.house.as_deref(), ed.number), (None, None));
    assert_eq!([lives(0), lives(1), lives(2)], [0, 0, 1]);
}

#[each_database]
fn r03_a_foreign_key_to_another_unique_column_leads_as_others_do() {
    let session = session();
    let norway = session.add(Country::insert().code("no").name("Norway"));
    let malta = session.add(Country::insert().code("mt").name("Malta"));
    let oslo = session.add(Town::insert().name("Oslo").country(&norway));
    session.add(Town::insert().name("Bergen").country(&norway));
    session.commit().unwrap();
    assert_eq!(oslo.entity().unwrap().country_code, "no");
    assert_eq!(oslo.country().unwrap(), norway.entity().unwrap());
    session.commit().unwrap();
    session.clear();
    let towns = session.query::<Town>().order_by(Town::id).all().unwrap();
    let norway = towns[0].country().unwrap();
    assert_eq!(norway.name, "Norway");
    assert_eq!(towns[1].country().unwrap(), norway);
    let malta = session.get::<Country>(malta.id().unwrap()).unwrap();
    towns[1].set_country(&malta.unwrap()).unwrap();
    session.flush().unwrap();
    let read = session.query::<Town>().plain().order_by(Town::id);
    let codes: Vec<String> = read
        .all()
        .unwrap()
        .into_iter()
        .map(|town| town.country_code)
        .collect();
    assert_eq!(codes, ["no", "mt"]);
}

#[each_database]
fn r03_a_tree_is_walked_down_and_up() {
    let session = session();
    let root = session.add(Folder::insert().name("root"));
    let home = session.add(Folder::insert().name("home").parent(&root));
    let work = session.add(Folder::insert().name("work").parent(&root));
    let desk = session.add(Folder::insert().name("desk").parent(&work));
    session.commit().unwrap();
    let children = |folder: &aludel::Pending<Folder>| {
        let children = folder.children().unwrap();
        let names = children.iter().map(|child| child.name.clone());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    assert_eq!(children(&root), ["home", "work"]);
    assert_eq!(children(&work), ["desk"]);
    assert!(children(&home).is_empty() && children(&desk).is_empty());
    let up = desk.parent().unwrap().unwrap().parent().unwrap().unwrap();
    assert_eq!(up, root.entity().unwrap());
    assert_eq!(up.parent().unwrap(), None);
}

#[each_database]
fn r05_a_collection_has_the_order_that_the_schema_says() {
    use aludel_testing::village::{Order, OrderLine, OrderRelationships};
    let session = session();
    let order = session.add(Order::insert().buyer("ed"));
    for (place, article, amount) in [(2, "b", 20), (1, "a", 1), (2, "c", 30), (0, "z", 9)] {
        session.add(
            OrderLine::insert()
                .place(place)
                .article(article)
                .amount(amount)
                .order(&order),
        );
    }
    session.commit().unwrap();
    let articles = |session: &Session| {
        session.clear();
        let order = session.query::<Order>().one().unwrap();
        let all = order.lines().unwrap();
        let large = order.large_lines().unwrap();
        let article = |line: &aludel::Entity<OrderLine>| line.article.clone();
        let of =
            |lines: &[aludel::Entity<OrderLine>]| -> String { lines.iter().map(article).collect() };
        (of(&all), of(&large).len(), order.status.clone())
    };
    assert_eq!(articles(&session), ("zacb".into(), 2, "open".into()));
}

#[each_database]
fn r05_a_relationship_with_a_condition_leads_to_the_rows_that_fit() {
    use aludel_testing::village::Post;
    let session = populated();
    let ed = named(&session, "ed");
    for (title, published) in [("b", true), ("a", false), ("c", true)] {
        session.add(Post::insert().title(title).published(published).author(&ed));
    }
    let titles = |posts: &[aludel::Entity<Post>]| -> String {
        posts.iter().map(|post| post.title.as_str()).collect()
    };
    assert_eq!(titles(&ed.published_posts().unwrap()), "cb");
    let all = ed.posts().unwrap();
    assert_eq!(titles(&all), "bac");
    all[1].edit().unwrap().published = true;
    assert_eq!(titles(&ed.published_posts().unwrap()), "cba");
    let refused = ed.published_posts().unwrap().add(&all[0]).unwrap_err();
    assert_eq!(
        refused.to_string().lines().next().unwrap(),
        format!("`published_posts` of Person {} can only be read", ed.id)
    );
}

#[each_database]
fn r01_who_is_in_no_session_leads_nowhere_and_says_so() {
    let session = populated();
    let ed = named(&session, "ed");
    session.clear();
    let error = ed.hobby().unwrap_err();
    assert_eq!(error.kind(), aludel::ErrorKind::Detached);
    assert!(
        error.to_string().contains("`hobby` cannot be followed"),
        "{error}"
    );
    let error = ed.set_chief(None).unwrap_err();
    assert_eq!(error.kind(), aludel::ErrorKind::Detached);
    assert_eq!(hobbies(&session).len(), 2);
}
