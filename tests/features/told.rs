//! m: what a schema tells beyond what a database knows, in YAML and in the build script.

use aludel::{Connection, prelude::*, types::Uuid};
use aludel_testing::{
    club::{Game, Level, Member, Rank, catalog},
    money::Cents,
    shop,
};

use crate::backend::connection as with_tables;

fn club() -> Connection {
    with_tables(catalog())
}

#[test]
fn m05_a_constant_that_the_client_fills_in_is_there_and_can_be_overruled() {
    let conn = club();
    let ed = conn.insert(Member::insert().name("ed")).unwrap();
    assert_eq!((ed.sport.as_str(), ed.level), ("篮球", Level::Low));
    let al = conn
        .insert(
            Member::insert()
                .name("al")
                .sport("chess")
                .level(Level::High),
        )
        .unwrap();
    assert_eq!((al.sport.as_str(), al.level), ("chess", Level::High));
}

#[test]
fn m05_a_function_of_the_client_is_called_for_each_row() {
    let conn = club();
    let ed = conn.insert(Member::insert().name("ed")).unwrap();
    let al = conn.insert(Member::insert().name("al")).unwrap();
    assert_ne!(ed.token, al.token);
    assert!(ed.token < al.token, "these UUIDs sort by time");
    assert_eq!(ed.code, "A-1");
    let written = Member::insert().name("cy").token(Uuid::nil());
    assert_eq!(conn.insert(written).unwrap().token, Uuid::nil());
}

#[test]
fn m05_the_default_of_the_database_is_another_thing() {
    let conn = club();
    let ed = conn.insert(Member::insert().name("ed")).unwrap();
    assert_eq!((ed.fee_cents, ed.rank), (Cents(100), Rank::Novice));
    let defaults: Vec<(&str, bool)> = catalog().tables().unwrap()[0]
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.default.is_some()))
        .filter(|(name, _)| ["sport", "fee_cents", "joined", "seen"].contains(name))
        .collect();
    assert_eq!(
        defaults,
        [
            ("sport", false),
            ("joined", false),
            ("fee_cents", true),
            ("seen", true)
        ]
    );
}

#[test]
fn m05_what_is_set_on_update_is_set_by_an_update_that_does_not_set_it() {
    let conn = club();
    let ed = conn.insert(Member::insert().name("ed")).unwrap();
    assert_eq!(ed.changed, None);
    conn.update::<Member>()
        .set(Member::name.set("eddie"))
        .all_rows()
        .execute()
        .unwrap();
    let changed = conn.get::<Member>(ed.id).unwrap().unwrap().changed;
    assert!(changed >= Some(ed.joined));
    conn.update::<Member>()
        .set(Member::changed.set(None))
        .all_rows()
        .execute()
        .unwrap();
    assert_eq!(conn.get::<Member>(ed.id).unwrap().unwrap().changed, None);
    let nothing = conn.update::<Member>().all_rows().execute().unwrap();
    assert_eq!(
        nothing, 0,
        "an update that sets nothing is not sent, not even for this"
    );
}

#[test]
fn m11_an_instance_is_shown_as_the_schema_says() {
    let conn = club();
    let ed = conn
        .insert(Member::insert().name("ed").rank(Rank::BoardMember))
        .unwrap();
    assert_eq!(ed.to_string(), "<Member(name='ed', {board member})>");
    let customer = with_tables(shop::catalog())
        .insert(shop::Customer::insert().name("cy"))
        .unwrap();
    assert_eq!(customer.to_string(), "<Customer id=1>");
}

#[test]
fn m12_a_property_is_read_with_the_row_and_can_be_filtered_and_ordered_by() {
    let conn = club();
    let ed = conn.insert(Member::insert().name("ed")).unwrap();
    let al = conn.insert(Member::insert().name("al")).unwrap();
    assert_eq!(ed.games, 0);
    let day = aludel::types::Date::from_ymd_opt(2024, 2, 29).unwrap();
    conn.insert(Game::insert().host_id(ed.id).guest_id(al.id).played(day))
        .unwrap();
    assert_eq!(conn.get::<Member>(ed.id).unwrap().unwrap().games, 1);
    let hosts = conn
        .query::<Member>()
        .filter(Member::games.gt(0))
        .order_by(Member::games.desc());
    assert_eq!(hosts.select(Member::name).all().unwrap(), ["ed"]);
    aludel::alias!(mentor = Member);
    let none = conn
        .query::<Member>()
        .join(Member::mentor.to(mentor))
        .filter(mentor.col(Member::games).gt(0))
        .count();
    assert_eq!(none.unwrap(), 0);
}

#[test]
fn q02_rows_are_found_by_their_unique_keys_and_named_indexes() {
    let conn = club();
    conn.insert(Member::insert().name("Ed").email("ed@example.org"))
        .unwrap();
    let found = Member::by_email("ed@example.org")
        .on(&conn)
        .one_or_none()
        .unwrap();
    assert_eq!(found.map(|member| member.name).as_deref(), Some("Ed"));
    assert_eq!(
        Member::by_email("nobody").on(&conn).one_or_none().unwrap(),
        None
    );
    assert_eq!(
        Member::by_name_in_any_case("ed").on(&conn).count().unwrap(),
        1
    );
}

#[test]
fn r03_two_foreign_keys_to_one_table_have_their_own_names() {
    let conn = club();
    let ed = conn.insert(Member::insert().name("ed")).unwrap();
    let al = conn
        .insert(Member::insert().name("al").mentor_id(ed.id))
        .unwrap();
    let day = aludel::types::Date::from_ymd_opt(2024, 2, 29).unwrap();
    conn.insert(Game::insert().host_id(ed.id).guest_id(al.id).played(day))
        .unwrap();
    let hosted = conn
        .query::<Member>()
        .join(Member::hosted)
        .select(Member::name)
        .all();
    let visited = conn
        .query::<Member>()
        .join(Member::visited)
        .select(Member::name)
        .all();
    assert_eq!(
        (hosted.unwrap(), visited.unwrap()),
        (vec!["ed".to_owned()], vec!["al".to_owned()])
    );
    aludel::alias!(mentee = Member);
    let mentees = conn
        .query::<Member>()
        .join(Member::mentees.to(mentee))
        .select(mentee.col(Member::name))
        .all();
    assert_eq!(mentees.unwrap(), ["al"]);
}
