//! m16: tables with other keys than one counted integer.

use aludel::{
    prelude::{Expression, insert},
    types::Uuid,
};
use aludel_testing::{
    each_database,
    models::{City, Country, Device, Employee, LogLine, Player, Street, Team},
};

use crate::{
    backend::{current, given},
    features::tables,
};

#[each_database]
fn m16_a_table_without_a_key_is_read_and_written() {
    let conn = tables();
    let first = || LogLine::insert().level(1).body("a");
    let line = LogLine {
        level: Some(1),
        body: Some("a".to_owned()),
    };
    let can = current().inserts_give_back();
    // Without a key there is nothing to find the row by.
    let back = given(can, conn.insert(first()), || {
        assert_eq!(insert(first()).on(&conn).execute().unwrap(), 1);
        conn.query::<LogLine>().one().unwrap()
    });
    assert_eq!(back, line);
    assert_eq!(insert(LogLine::insert()).on(&conn).execute().unwrap(), 1);
    let by_level = LogLine::level.asc().nulls_first();
    let lines = conn.query::<LogLine>().order_by(by_level).all();
    let empty = LogLine {
        level: None,
        body: None,
    };
    assert_eq!(lines.unwrap()[0], empty);
    let updated = conn
        .update::<LogLine>()
        .set(LogLine::body.set("b"))
        .filter(LogLine::level.eq(1));
    assert_eq!(updated.execute().unwrap(), 1);
    let deleted = conn.delete::<LogLine>().filter(LogLine::body.eq("b"));
    assert_eq!(deleted.execute().unwrap(), 1);
    assert_eq!(conn.query::<LogLine>().count().unwrap(), 1);
}

#[each_database]
fn m16_a_key_of_several_columns_is_a_tuple() {
    let conn = tables();
    conn.insert(Country::insert().code("DE").name("Germany"))
        .unwrap();
    let bonn = conn
        .insert(City::insert().country_code("DE").name("Bonn"))
        .unwrap();
    let key = ("DE".to_owned(), "Bonn".to_owned());
    assert_eq!(conn.get::<City>(key).unwrap(), Some(bonn));
    let key = ("DE".to_owned(), "Köln".to_owned());
    assert_eq!(conn.get::<City>(key).unwrap(), None);

    let again = conn.insert(City::insert().country_code("DE").name("Bonn"));
    let error = again.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    if current().is_mysql() {
        assert_eq!(error.constraint(), Some("PRIMARY"));
        assert!(error.columns().is_empty(), "it names the key alone");
    } else {
        assert_eq!(error.columns(), ["country_code", "name"]);
    }
}

#[each_database]
fn m16_a_foreign_key_of_several_columns_is_joined_by_all_of_them() {
    let conn = tables();
    for code in ["DE", "FR"] {
        conn.insert(Country::insert().code(code).name(code))
            .unwrap();
        for (city, population) in [("Bonn", 1), ("Paris", 2)] {
            let city = City::insert().country_code(code).name(city);
            conn.insert(city.population(population)).unwrap();
        }
    }
    let street = Street::insert().name("Ring").country_code("FR");
    conn.insert(street.city_name("Bonn")).unwrap();
    let found = conn
        .query::<Street>()
        .join(Street::city)
        .join(City::country)
        .select((Street::name, City::population, Country::name))
        .one();
    assert_eq!(
        found.unwrap(),
        ("Ring".to_owned(), Some(1), "FR".to_owned())
    );
    let back = conn.query::<City>().join(City::streets).one().unwrap();
    assert_eq!(
        (back.country_code.as_str(), back.name.as_str()),
        ("FR", "Bonn")
    );
}

#[each_database]
fn m16_a_key_can_be_text_or_a_uuid() {
    let conn = tables();
    let country = Country::insert().code("DE").name("Germany");
    let germany = conn.insert(country).unwrap();
    assert_eq!(conn.get::<Country>("DE").unwrap(), Some(germany));
    assert_eq!(conn.get::<Country>("de").unwrap(), None);

    for token in [Uuid::nil(), Uuid::max(), Uuid::from_u128(7)] {
        let device = conn.insert(Device::insert().token(token)).unwrap();
        assert_eq!(conn.get::<Device>(token).unwrap(), Some(device));
    }
    assert_eq!(conn.get::<Device>(Uuid::from_u128(8)).unwrap(), None);
}

#[each_database]
fn m16_a_table_refers_to_itself() {
    let conn = tables();
    let boss = conn.insert(Employee::insert().name("boss")).unwrap();
    let worker = Employee::insert().name("worker").manager_id(boss.id);
    let worker = conn.insert(worker).unwrap();
    assert_eq!(worker.manager_id, Some(boss.id));
    let error = conn
        .insert(Employee::insert().name("ghost").manager_id(99))
        .unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
}

#[each_database]
fn m16_two_tables_refer_to_each_other() {
    let conn = tables();
    let team = conn.insert(Team::insert().name("reds")).unwrap();
    let ed = conn
        .insert(Player::insert().name("ed").team_id(team.id))
        .unwrap();
    conn.insert(Player::insert().name("al").team_id(team.id))
        .unwrap();
    let captained = conn
        .update::<Team>()
        .set(Team::captain_id.set(ed.id))
        .filter(Team::id.eq(team.id));
    assert_eq!(captained.execute().unwrap(), 1);
    let players = conn.query::<Team>().join(Team::players);
    assert_eq!(players.count().unwrap(), 2);
    let captain = conn
        .query::<Team>()
        .join(Team::captain)
        .select(Player::name)
        .one();
    assert_eq!(captain.unwrap(), "ed");
}
