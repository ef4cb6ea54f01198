//! m17: Rust types of one's own for columns: enums, types for keys, and what a program declares itself.

use aludel::{
    Connection, ErrorKind,
    prelude::{Expression, text},
};
use aludel_testing::{
    club::{self, Level, Pass, Rank, State},
    each_database,
    money::Cents,
    shop::{self, Customer, CustomerId, Mood, Purchase, PurchaseId, PurchaseTag, Tag, TagId},
};

use super::held::comes_back;
use crate::backend;

/// Ed bought tea, which is green, and cake.
fn shop() -> Connection {
    let conn = backend::connection(shop::catalog());
    let ed = conn.insert(Customer::insert().name("ed")).unwrap();
    for what in ["tea", "cake"] {
        let purchase = Purchase::insert().customer_id(ed.id).what(what);
        conn.insert(purchase).unwrap();
    }
    let green = conn.insert(Tag::insert().name("green")).unwrap();
    let of_tea = PurchaseTag::insert()
        .purchase_id(PurchaseId(1))
        .tag_id(green.id);
    conn.insert(of_tea).unwrap();
    conn
}

/// Passes of the club alone: other tables of it have an index that not every database has.
fn passes() -> Connection {
    let engine = aludel::Engine::new(backend::url().as_str()).unwrap();
    club::catalog().create(&engine, &["passes"]).unwrap();
    engine.connect().unwrap()
}

#[each_database]
fn m17_an_enum_is_compared_set_and_listed() {
    let conn = shop();
    let changed = conn
        .update::<Customer>()
        .set((
            Customer::before.set(Customer::mood),
            Customer::mood.set(Mood::SoSo),
        ))
        .filter(Customer::name.eq("ed"));
    assert_eq!(changed.execute().unwrap(), 1);
    let moods = conn
        .query::<Customer>()
        .filter(Customer::mood.in_([Mood::SoSo, Mood::Sad]));
    let ed = moods.one().unwrap();
    assert_eq!((ed.mood, ed.before), (Mood::SoSo, Some(Mood::Happy)));
    assert_eq!(Mood::ALL, [Mood::Sad, Mood::SoSo, Mood::Happy]);
    assert_eq!(ed.mood.to_string(), "so so");
    assert_eq!("so so".parse::<Mood>().unwrap(), Mood::SoSo);
    assert!("merry".parse::<Mood>().is_err());
}

#[each_database]
fn m17_an_enum_is_an_enum_whatever_the_database_keeps() {
    let conn = passes();
    let pass = conn.insert(Pass::insert()).unwrap();
    assert_eq!((pass.rank, pass.level), (Rank::Novice, Level::Low));
    for &rank in Rank::ALL {
        for &level in Level::ALL {
            let given = Pass::insert().rank(rank).level(level).state(State::Closed);
            let pass = conn.insert(given).unwrap();
            assert_eq!((pass.rank, pass.level), (rank, level));
            let same = Pass::rank.eq(rank) & Pass::level.in_([level]);
            let found = conn.query::<Pass>().filter(same & Pass::id.eq(pass.id));
            assert_eq!(found.one().unwrap(), pass);
        }
    }
    comes_back!(passes(), Pass::state, State::ALL.iter().cloned());
    assert_eq!("board member".parse::<Rank>().unwrap(), Rank::BoardMember);
    assert!("king".parse::<Rank>().is_err());
}

#[each_database]
fn m17_an_unknown_value_is_an_error_or_kept_where_the_schema_says_so() {
    let conn = passes();
    conn.insert(Pass::insert().state(State::Open)).unwrap();
    let other = || conn.execute(text("SELECT state FROM passes")).unwrap();
    let error = other().scalar::<Rank>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
    let reason = "column `state` of the result: `O` is no value of the enum `rank`";
    assert!(error.message().starts_with(reason), "{error}");
    let rank = || conn.execute(text("SELECT rank FROM passes")).unwrap();
    let kept = rank().scalar::<State>().unwrap();
    assert_eq!(kept, Some(State::Unknown("novice".to_owned())));
    let number = conn.execute(text("SELECT 3")).unwrap();
    let error = number.scalar::<Level>().unwrap_err();
    assert!(error.message().contains("`3` is no value"), "{error}");

    let state: State = "X".parse().unwrap();
    assert_eq!(state.as_str(), "X");
    let refused = conn.insert(Pass::insert().state(state)).unwrap_err();
    assert!(
        refused.is_check_violation(),
        "the database knows the list: {refused}"
    );
}

#[each_database]
fn m17_a_key_has_a_type_of_its_own_also_where_it_is_referred_to() {
    let conn = shop();
    let tea = conn.get::<Purchase>(PurchaseId(1)).unwrap().unwrap();
    let buyer: CustomerId = tea.customer_id;
    assert_eq!(conn.get::<Customer>(buyer).unwrap().unwrap().name, "ed");
    let bought = conn
        .query::<Purchase>()
        .filter(Purchase::customer_id.eq(buyer));
    assert_eq!(bought.count().unwrap(), 2);
    let listed = conn
        .query::<Customer>()
        .filter(Customer::id.in_([buyer, CustomerId(9)]));
    assert_eq!(listed.count().unwrap(), 1);
    let pair = conn.get::<PurchaseTag>((PurchaseId(1), TagId(1)));
    assert!(pair.unwrap().is_some());
}

#[each_database]
fn m17_a_type_for_keys_has_the_range_of_its_integer() {
    let conn = shop();
    for id in [i64::MAX, i64::MIN, -1].map(TagId) {
        let tag = Tag::insert().id(id).name(id.to_string());
        assert_eq!(conn.insert(tag).unwrap().id, id);
        let found = Tag::by_name(id.to_string()).on(&conn).one().unwrap();
        assert_eq!(found.id, id);
    }
    assert_eq!(conn.query::<Tag>().count().unwrap(), 4);
}

#[each_database]
fn m17_a_type_of_ones_own_is_read_written_and_compared() {
    comes_back!(
        passes(),
        Pass::bonus_cents,
        [i64::MIN, -1, 0, i64::MAX].map(Cents)
    );
    let conn = passes();
    let pass = Pass::insert().fee_cents(Cents(250)).bonus_cents(None);
    let pass = conn.insert(pass).unwrap();
    assert_eq!((pass.fee_cents, pass.bonus_cents), (Cents(250), None));
    assert_eq!(conn.insert(Pass::insert()).unwrap().fee_cents, Cents(100));
    let dear = conn.query::<Pass>().filter(Pass::fee_cents.gt(Cents(200)));
    assert_eq!(dear.count().unwrap(), 1);
    let total = conn.query::<Pass>().select(Pass::fee_cents).all().unwrap();
    assert_eq!(total.iter().max(), Some(&Cents(250)));
}
