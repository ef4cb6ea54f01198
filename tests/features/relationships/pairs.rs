//! r02: many-to-many, through a table of pairs and through one that says more.

use aludel::{Entity, ErrorKind, Session};
use aludel_testing::{
    each_database,
    village::{
        Club, ClubRelationships, Membership, MembershipRelationships, Person, PersonRelationships,
        Post, PostRelationships, PostTag, Tag, TagRelationships,
    },
};

use super::heard::counted;
use crate::{hobby, named, names, person, populated, post, session, tag};

/// Two posts and three tags of nobody's.
pub(super) fn tagged() -> (Session, [Entity<Post>; 2], [Entity<Tag>; 3]) {
    let session = session();
    let ed = person(&session, "ed", &hobby(&session, "chess"));
    let posts = ["one", "two"].map(|title| post(&session, title, &ed));
    let tags = ["a", "b", "c"].map(|word| tag(&session, word));
    session.flush().unwrap();
    let posts = posts.map(|post| post.entity().unwrap());
    let tags = tags.map(|tag| tag.entity().unwrap());
    (session, posts, tags)
}

pub(super) fn words(post: &Entity<Post>) -> String {
    let tags = post.tags().unwrap();
    let mut words: Vec<&str> = tags.iter().map(|tag| tag.word.as_str()).collect();
    words.sort_unstable();
    words.concat()
}

pub(super) fn titles(tag: &Entity<Tag>) -> String {
    let posts = tag.posts().unwrap();
    let mut titles: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
    titles.sort_unstable();
    titles.join(" ")
}

#[each_database]
fn r02_pairs_are_added_from_either_side() {
    let (session, [one, two], [a, b, c]) = tagged();
    one.tags().unwrap().add(&a).unwrap();
    one.tags().unwrap().add(&b).unwrap();
    a.posts().unwrap().add(&two).unwrap();
    c.posts().unwrap().add(&two).unwrap();
    assert_eq!((words(&one), words(&two)), ("ab".into(), "ac".into()));
    assert_eq!(titles(&a), "one two");
    session.commit().unwrap();
    session.clear();
    let posts = session.query::<Post>().order_by(Post::id).all().unwrap();
    assert_eq!(words(&posts[0]), "ab");
    assert_eq!(words(&posts[1]), "ac");
    assert_eq!(session.query::<PostTag>().count().unwrap(), 4);
}

#[each_database]
fn r02_adding_a_pair_twice_changes_nothing() {
    let (session, [one, _], [a, ..]) = tagged();
    let mut tags = one.tags().unwrap();
    tags.add(&a).unwrap();
    tags.add(&a).unwrap();
    a.posts().unwrap().add(&one).unwrap();
    session.flush().unwrap();
    one.tags().unwrap().add(&a).unwrap();
    session.clear();
    let one = session.get::<Post>(one.id).unwrap().unwrap();
    let a = session.get::<Tag>(a.id).unwrap().unwrap();
    a.posts().unwrap().add(&one).unwrap();
    session.commit().unwrap();
    assert_eq!(words(&one), "a");
}

#[each_database]
fn r02_a_pair_is_removed_and_the_objects_stay() {
    let (session, [one, two], [a, b, _]) = tagged();
    one.tags().unwrap().replace([&a, &b]).unwrap();
    two.tags().unwrap().replace([&a]).unwrap();
    session.commit().unwrap();
    let mut tags = one.tags().unwrap();
    tags.remove(&a).unwrap();
    assert_eq!(tags.len(), 1);
    assert_eq!((words(&one), titles(&a)), ("b".into(), "two".into()));
    let error = tags.remove(&a).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    session.commit().unwrap();
    assert_eq!((words(&one), titles(&a)), ("b".into(), "two".into()));
    assert_eq!(session.query::<Tag>().count().unwrap(), 3);
    // Removed and added again before the flush, the pair stays.
    one.tags().unwrap().remove(&b).unwrap();
    one.tags().unwrap().add(&b).unwrap();
    session.commit().unwrap();
    assert_eq!(words(&one), "b");
}

#[each_database]
fn r02_a_pair_that_was_never_flushed_is_let_go() {
    let (session, [one, _], [a, b, _]) = tagged();
    let mut tags = one.tags().unwrap();
    tags.add(&a).unwrap();
    tags.replace([&b]).unwrap();
    assert_eq!(session.new_objects().len(), 1);
    session.commit().unwrap();
    assert_eq!(words(&one), "b");
}

#[each_database]
fn r02_new_objects_are_paired_before_they_have_keys() {
    let (session, [one, _], _) = tagged();
    session.without_autoflush(|| {
        let fresh = tag(&session, "fresh");
        let mut tags = one.tags().unwrap();
        tags.add(&fresh).unwrap();
        tags.add(&fresh).unwrap();
        assert_eq!(Post::tags.pending(&one), [fresh]);
    });
    assert_eq!(words(&one), "fresh");
    session.commit().unwrap();
    assert_eq!(session.query::<PostTag>().count().unwrap(), 1);
}

#[each_database]
fn r02_deleting_one_side_deletes_its_pairs() {
    let (session, [one, two], [a, b, c]) = tagged();
    one.tags().unwrap().replace([&a, &b]).unwrap();
    two.tags().unwrap().replace([&a, &c]).unwrap();
    session.commit().unwrap();
    assert_eq!(titles(&a), "one two");
    session.delete(&one).unwrap();
    assert_eq!(session.query::<PostTag>().count().unwrap(), 2);
    assert_eq!(titles(&a), "two");
    session.delete(&a).unwrap();
    session.commit().unwrap();
    assert_eq!(words(&two), "c");
}

#[each_database]
fn r02_a_table_in_between_that_says_more_is_a_model_too() {
    let session = populated();
    let [ed, al] = ["ed", "al"].map(|name| named(&session, name));
    let club = session.add(Club::insert().name("north"));
    let club = club.entity().unwrap();
    session.add(Membership::insert().role("chair").person(&ed).club(&club));
    club.members().unwrap().add(&al).unwrap();
    assert_eq!(names(&club.members().unwrap()), ["al", "ed"]);
    assert_eq!(ed.clubs().unwrap().to_vec(), [club.clone()]);
    session.commit().unwrap();
    let roles: Vec<Option<String>> = club
        .memberships()
        .unwrap()
        .iter()
        .map(|membership| membership.role.clone())
        .collect();
    assert_eq!(roles.len(), 2);
    assert!(roles.contains(&Some("chair".into())) && roles.contains(&None));
    let chair = &ed.memberships().unwrap()[0];
    assert_eq!(chair.person().unwrap(), ed);
    assert_eq!(chair.club().unwrap(), club);
    // What is said of the pair is the same thing as the pair.
    session.delete(chair).unwrap();
    assert_eq!(names(&club.members().unwrap()), ["al"]);
    assert!(ed.clubs().unwrap().is_empty());
    session.commit().unwrap();
    assert_eq!(names(&club.members().unwrap()), ["al"]);
}

#[each_database]
fn r02_both_sides_of_many_pairs_are_loaded_by_one_statement() {
    let (session, [one, two], [a, b, c]) = tagged();
    one.tags().unwrap().replace([&a, &b]).unwrap();
    two.tags().unwrap().replace([&b, &c]).unwrap();
    session.commit().unwrap();
    session.clear();
    let posts = session.query::<Post>().order_by(Post::id).all().unwrap();
    let (statements, all) = counted(|| [words(&posts[0]), words(&posts[1])]);
    assert_eq!(all, ["ab", "bc"]);
    assert_eq!(statements, 1);
}

#[each_database]
fn r02_a_pair_that_cannot_be_made_leaves_nothing_behind() {
    let (session, [one, _], [a, b, _]) = tagged();
    let mut tags = one.tags().unwrap();
    session.delete(&a).unwrap();
    let error = tags.add(&a).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(session.new_objects().is_empty());
    tags.add(&b).unwrap();
    session.commit().unwrap();
    assert_eq!(words(&one), "b");
}

#[each_database]
fn r02_a_pair_that_is_led_to_a_new_object_is_followed_there() {
    let session = populated();
    let ed = named(&session, "ed");
    let north = session.add(Club::insert().name("north"));
    let pair = session.add(Membership::insert().person(&ed).club(&north));
    let pair = pair.entity().unwrap();
    assert_eq!(ed.clubs().unwrap().to_vec(), [north.entity().unwrap()]);
    let south = session.add(Club::insert().name("south"));
    session.without_autoflush(|| {
        pair.set_club(&south).unwrap();
        let error = ed.clubs().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(Person::clubs.pending(&ed), std::slice::from_ref(&south));
    });
    assert_eq!(ed.clubs().unwrap().to_vec(), [south.entity().unwrap()]);
    // By its key the same: it is there as soon as it is flushed.
    session.add(Club::insert().id(77).name("east"));
    pair.edit().unwrap().club_id = 77;
    let clubs = ed.clubs().unwrap();
    assert_eq!((clubs.len(), clubs[0].name.as_str()), (1, "east"));
}
