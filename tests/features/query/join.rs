//! q09: joins along relationships, aliases, and a table joined to itself.

use aludel::{
    Connection,
    prelude::{Expression, Model},
};
use aludel_testing::{each_database, models::Employee};
use aludel_tour::{Boy, Boy2girl, Girl, Hobby, Person};

use crate::features::{tables, tour};

aludel::alias!(manager = Employee, grand_manager = Employee);

/// Ed and al play chess, jo nothing; nobody plays go.
fn hobbies() -> Connection {
    let conn = tour();
    for caption in ["chess", "go"] {
        conn.insert(Hobby::insert().caption(caption)).unwrap();
    }
    for (name, hobby) in [("ed", Some(1)), ("al", Some(1)), ("jo", None)] {
        conn.insert(Person::insert().name(name).hobby_id(hobby))
            .unwrap();
    }
    conn
}

/// Ann leads bob, bob leads cid and dan.
fn employees() -> Connection {
    let conn = tables();
    for (name, salary, leader) in [
        ("ann", 9, None),
        ("bob", 5, Some(1)),
        ("cid", 6, Some(2)),
        ("dan", 1, Some(2)),
    ] {
        let employee = Employee::insert().name(name).salary(salary);
        conn.insert(employee.manager_id(leader)).unwrap();
    }
    conn
}

#[each_database]
fn q09_an_inner_join_leaves_out_rows_without_a_partner() {
    let conn = hobbies();
    let rows: Vec<(String, String)> = conn
        .query::<Person>()
        .join(Person::hobby)
        .order_by(Person::nid)
        .select((Person::name, Hobby::caption))
        .all()
        .unwrap();
    assert_eq!(
        rows,
        [("ed", "chess"), ("al", "chess")].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    let back = conn.query::<Hobby>().join(Hobby::pers);
    let names = back.clone().select(Person::name).order_by(Person::name);
    assert_eq!(names.all().unwrap(), ["al", "ed"]);
    assert_eq!(back.distinct().count().unwrap(), 1);
}

#[each_database]
fn q09_what_a_left_join_can_make_null_is_an_option() {
    let conn = hobbies();
    type Joined = (
        String,
        Option<Hobby>,
        Option<String>,
        Option<i64>,
        bool,
        Option<bool>,
    );
    let rows: Vec<Joined> = conn
        .query::<Person>()
        .left_join(Person::hobby)
        .order_by(Person::nid.desc())
        .select((
            Person::name,
            Hobby::entity(),
            Hobby::caption,
            Hobby::id + 1,
            Hobby::id.is_null(),
            Hobby::caption.eq("chess"),
        ))
        .limit(2)
        .all()
        .unwrap();
    let chess = Hobby {
        id: 1,
        caption: "chess".to_owned(),
    };
    let jo = ("jo".to_owned(), None, None, None, true, None);
    let caption = Some("chess".to_owned());
    let al = (
        "al".to_owned(),
        Some(chess),
        caption,
        Some(2),
        false,
        Some(true),
    );
    assert_eq!(rows, [jo, al]);
}

#[each_database]
fn q09_a_left_join_finds_what_has_no_partner() {
    let conn = hobbies();
    let without = conn
        .query::<Hobby>()
        .left_join(Hobby::pers)
        .filter(Person::nid.is_null())
        .select(Hobby::caption);
    assert_eq!(without.all().unwrap(), ["go"]);
}

#[each_database]
fn q09_joins_follow_each_other() {
    let conn = tour();
    let tom = conn.insert(Boy::insert().hostname("tom")).unwrap();
    conn.insert(Boy::insert().hostname("tim")).unwrap();
    for name in ["ann", "eva"] {
        let girl = conn.insert(Girl::insert().name(name)).unwrap();
        let met = Boy2girl::insert().boy_id(tom.id).girl_id(girl.id);
        conn.insert(met).unwrap();
    }
    let couples = conn
        .query::<Boy>()
        .join(Boy::boy2girls)
        .join(Boy2girl::girl)
        .order_by(Girl::name)
        .select((Boy::hostname, Girl::name));
    let couples = couples.all().unwrap();
    let names: Vec<&str> = couples.iter().map(|(_, girl)| girl.as_str()).collect();
    assert_eq!(names, ["ann", "eva"]);

    let all = conn
        .query::<Boy>()
        .left_join(Boy::boy2girls)
        .left_join(Boy2girl::girl)
        .order_by((Boy::id, Girl::id))
        .select((Boy::hostname, Girl::name))
        .all();
    let all: Vec<Option<String>> = all.unwrap().into_iter().map(|(_, girl)| girl).collect();
    assert_eq!(all, [Some("ann".to_owned()), Some("eva".to_owned()), None]);
}

#[each_database]
fn q09_a_table_is_joined_to_itself_under_another_name() {
    let conn = employees();
    let rows = conn
        .query::<Employee>()
        .left_join(Employee::manager.to(manager))
        .order_by(Employee::id)
        .select((Employee::name, manager.col(Employee::name)))
        .all()
        .unwrap();
    let rows: Vec<_> = rows
        .iter()
        .map(|(name, leader)| (name.as_str(), leader.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [
            ("ann", None),
            ("bob", Some("ann")),
            ("cid", Some("bob")),
            ("dan", Some("bob")),
        ]
    );
}

#[each_database]
fn q09_an_alias_is_joined_onward_and_filtered_by() {
    let conn = employees();
    let earns_more = conn
        .query::<Employee>()
        .join(Employee::manager.to(manager))
        .filter(Employee::salary.gt(manager.col(Employee::salary)))
        .select((Employee::name, manager.entity()));
    let (name, leader) = earns_more.one().unwrap();
    assert_eq!((name.as_str(), leader.name.as_str()), ("cid", "bob"));

    let two_up = conn
        .query::<Employee>()
        .join(Employee::manager.to(manager))
        .join(Employee::manager.of(manager).to(grand_manager))
        .order_by(Employee::id)
        .select((Employee::name, grand_manager.col(Employee::name)));
    let two_up = two_up.all().unwrap();
    let ann = "ann".to_owned();
    assert_eq!(
        two_up,
        [("cid".to_owned(), ann.clone()), ("dan".to_owned(), ann)]
    );
}

#[each_database]
fn q09_the_children_of_a_row_are_joined_under_another_name() {
    let conn = employees();
    let leaders = conn
        .query::<Employee>()
        .join(Employee::reports.to(manager))
        .select(Employee::name)
        .distinct()
        .order_by(Employee::name);
    assert_eq!(leaders.all().unwrap(), ["ann", "bob"]);
}

#[each_database]
fn q09_a_query_can_begin_with_an_alias() {
    let conn = employees();
    let pairs = conn
        .query::<(Employee, manager)>()
        .filter(Employee::manager_id.eq(manager.col(Employee::id)))
        .order_by(Employee::id)
        .all()
        .unwrap();
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(employee, leader)| (employee.id, leader.id))
        .collect();
    assert_eq!(pairs, [(2, 1), (3, 2), (4, 2)]);
}

#[each_database]
fn q09_a_table_read_twice_under_one_name_is_an_error_and_no_wrong_row() {
    let conn = employees();
    let pairs = conn.query::<(Employee, Employee)>().all();
    assert!(pairs.unwrap_err().is_programming());
}
