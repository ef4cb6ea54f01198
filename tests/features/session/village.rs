//! r03, r06: foreign keys of every form, led along by builders, and what the database does about them by itself.

use aludel::Session;
use aludel_testing::{
    each_database,
    village::{
        Album, Club, Country, Flat, Hobby, Membership, Message, Order, OrderLine, Passport, Person,
        Photo, Post, PostTag, Poster, Tag, Tenant, Town, catalog,
    },
};

use crate::backend;

fn village() -> Session {
    Session::new(&backend::engine(catalog()))
}

#[each_database]
fn r03_rows_lead_to_new_ones_along_every_form_of_a_foreign_key() {
    let session = village();
    let hobby = session.add(Hobby::insert().caption("bowls"));
    let ann = session.add(Person::insert().name("ann").hobby(&hobby));
    let bob = session.add(Person::insert().name("bob").hobby(&hobby).chief(&ann));
    session.add(Passport::insert().number("P1").person(&bob));
    let post = session.add(Post::insert().title("news").published(true).author(&bob));
    let tag = session.add(Tag::insert().word("new"));
    session.add(PostTag::insert().tag(&tag).post(&post));
    let club = session.add(Club::insert().name("anglers"));
    session.add(Membership::insert().person(&ann).club(&club).role("head"));
    session.add(Message::insert().body("hello").receiver(&ann).sender(&bob));
    let flat = session.add(Flat::insert().house("mill").number(7).rent(300));
    let tenant = session.add(Tenant::insert().name("cat").flat(&flat));
    let country = session.add(Country::insert().code("xx").name("nowhere"));
    let town = session.add(Town::insert().name("here").country(&country));
    session.commit().unwrap();

    let (ann, bob) = (ann.entity().unwrap(), bob.entity().unwrap());
    assert_eq!((ann.chief_id, bob.chief_id), (None, Some(ann.id)));
    let passport = session.query::<Passport>().one().unwrap();
    assert_eq!(passport.person_id, bob.id);
    let pair = session.query::<PostTag>().one().unwrap();
    assert_eq!(
        (Some(pair.post_id), Some(pair.tag_id)),
        (post.id(), tag.id())
    );
    let message = session.query::<Message>().one().unwrap();
    assert_eq!((message.sender_id, message.receiver_id), (bob.id, ann.id));
    let tenant = tenant.entity().unwrap();
    assert_eq!(
        (tenant.house.as_deref(), tenant.number),
        (Some("mill"), Some(7))
    );
    assert_eq!(town.entity().unwrap().country_code, "xx");
    let chain = session
        .query::<Hobby>()
        .join(Hobby::pers)
        .join(Person::posts);
    assert_eq!(chain.select(Post::title).one().unwrap(), "news");
    let members = session
        .query::<Club>()
        .join(Club::members)
        .select(Person::name);
    assert_eq!(members.one().unwrap(), "ann");
}

#[each_database]
fn r06_the_database_deletes_and_unsets_what_leads_to_a_row_that_is_deleted() {
    let session = village();
    let album = session.add(Album::insert().title("summer"));
    let photo = session.add(Photo::insert().motif("sea").album(&album));
    session.add(Poster::insert().wall("north").photo(&photo));
    session.commit().unwrap();
    let delete = session.delete_from::<Album>().all_rows();
    assert_eq!(delete.execute().unwrap(), 1);
    session.commit().unwrap();
    assert_eq!(session.query::<Photo>().count().unwrap(), 0);
    let poster = session.query::<Poster>().one().unwrap();
    assert_eq!((poster.wall.as_str(), poster.photo_id), ("north", None));
}

#[each_database]
fn m05_a_default_of_the_client_is_filled_in_where_a_new_row_has_none() {
    let session = village();
    let usual = session.add(Order::insert().buyer("ann"));
    let said = session.add(Order::insert().buyer("bob").status("paid"));
    session.add(
        OrderLine::insert()
            .order(&usual)
            .place(1)
            .article("rope")
            .amount(2),
    );
    session.flush().unwrap();
    assert_eq!(usual.entity().unwrap().status, "open");
    assert_eq!(said.entity().unwrap().status, "paid");
}
