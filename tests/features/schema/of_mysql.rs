//! m06: types that only MySQL has, there and where others stand in for them.

use aludel::{
    Connection, ErrorKind,
    prelude::{Expression, text},
    types::{Decimal, Set},
};
use aludel_testing::{
    each_database,
    stall::{self, Fruit, FruitColour, FruitKind, FruitMonth},
};

use super::held::{comes_back, is_refused};
use crate::backend::{self, Backend, current};

fn stall() -> Connection {
    backend::connection(stall::catalog())
}

#[each_database]
fn m06_integers_without_a_sign_keep_their_whole_range() {
    comes_back!(stall(), Fruit::tiny, [0, 1, u8::MAX]);
    comes_back!(stall(), Fruit::small, [0, 1, u16::MAX]);
    comes_back!(stall(), Fruit::medium_unsigned, [0, 1, (1 << 24) - 1]);
    comes_back!(stall(), Fruit::medium, [-(1 << 23), 0, (1 << 23) - 1]);
    comes_back!(stall(), Fruit::regular, [0, 1, u32::MAX]);
    let beyond_signed = [1 << 63, u64::MAX];
    comes_back!(stall(), Fruit::big, [0, 1, (1 << 53) + 1, (1 << 63) - 1]);
    if current().is_mysql() {
        comes_back!(stall(), Fruit::big, beyond_signed);
    } else {
        is_refused!(stall(), Fruit::big, beyond_signed);
    }
}

#[each_database]
fn m06_an_integer_beyond_its_column_is_refused_or_kept_and_never_altered() {
    let signed = [-(1 << 23) - 1, 1 << 23, i32::MIN, i32::MAX];
    let unsigned = [1 << 24, u32::MAX];
    match current() {
        // It knows of no size.
        Backend::Sqlite => {
            comes_back!(stall(), Fruit::medium, signed);
            comes_back!(stall(), Fruit::medium_unsigned, unsigned);
        }
        // Its next larger type has room for more, which a check refuses.
        Backend::Postgres => {
            let kind = ErrorKind::CheckViolation;
            is_refused!(stall(), Fruit::medium, signed, kind);
            is_refused!(stall(), Fruit::medium_unsigned, [1 << 24], kind);
            is_refused!(stall(), Fruit::medium_unsigned, [u32::MAX]);
        }
        Backend::MariaDb | Backend::Mysql => {
            is_refused!(stall(), Fruit::medium, signed);
            is_refused!(stall(), Fruit::medium_unsigned, unsigned);
        }
    }
}

#[each_database]
fn m06_an_overflow_names_its_column() {
    let conn = stall();
    conn.insert(Fruit::insert()).unwrap();
    conn.commit().unwrap();
    // What one database has room for is too much for another.
    let row = |fits: bool| {
        let (medium, big) = match (fits, current().is_mysql()) {
            (true, _) => (1, 1),
            (false, true) => (1 << 23, 1),
            (false, false) => (1, 1 << 63),
        };
        Fruit::insert().tiny(1).medium(medium).big(big).ratio(0.5)
    };
    let column = if current().is_mysql() {
        "medium"
    } else {
        "big"
    };
    let set = match current().is_mysql() {
        true => Fruit::medium.set(1 << 23),
        false => Fruit::big.set(1 << 63),
    };
    let change = conn.update::<Fruit>().set((Fruit::tiny.set(1), set));
    for error in [
        conn.insert(row(false)).map(drop).unwrap_err(),
        conn.insert_all([row(true), row(false)])
            .map(drop)
            .unwrap_err(),
        change.all_rows().execute().map(drop).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Data, "{error}");
        assert_eq!(error.columns(), [column], "{error}");
        let named = error.message().contains(&format!("`{column}`"));
        assert!(named || current().is_mysql(), "{error}");
        conn.rollback().unwrap();
    }
}

#[each_database]
fn m06_bytes_of_a_fixed_length_and_exact_numbers() {
    comes_back!(
        stall(),
        Fruit::code,
        [[0; 4].to_vec(), vec![0, 1, 254, 255]]
    );
    is_refused_unless_sqlite(|conn| conn.insert(Fruit::insert().code(vec![1; 5])).map(drop));
    let number = |text: &str| Decimal::from_str_exact(text).unwrap();
    let numbers = [
        "0.000000",
        "-0.000001",
        "1234567890123456789012.345678",
        "9999999999999999999999.999999",
        "-9999999999999999999999.999999",
    ];
    comes_back!(stall(), Fruit::amount, numbers.map(number));
    let beyond = number("10000000000000000000000.000000");
    is_refused_unless_sqlite(|conn| conn.insert(Fruit::insert().amount(beyond)).map(drop));
}

/// SQLite has no limits of its own; the others say that the value is too large.
fn is_refused_unless_sqlite(insert: impl Fn(&Connection) -> aludel::Result<()>) {
    let result = insert(&stall());
    if current() == Backend::Sqlite {
        return result.unwrap();
    }
    let error = result.unwrap_err();
    let refused = [ErrorKind::Data, ErrorKind::CheckViolation];
    assert!(refused.contains(&error.kind()), "{error}");
}

#[each_database]
fn m06_every_value_of_an_enum() {
    comes_back!(stall(), Fruit::kind, FruitKind::ALL.iter().copied());
}

#[each_database]
fn m06_sets_of_any_members_come_back_in_the_order_of_the_list() {
    use FruitColour::{DarkBlue, Green, ItS, Red};
    let sets = [
        Set::new(),
        Set::from([Red]),
        Set::from([ItS]),
        Set::from([DarkBlue, Green, Red]),
        Set::all(),
    ];
    comes_back!(stall(), Fruit::colours, sets);

    let conn = stall();
    let fruit = conn.insert(Fruit::insert()).unwrap();
    assert_eq!(fruit.months, Set::from([FruitMonth::Mar, FruitMonth::Jan]));
    let twice = Set::from([Green, Red, Green, Red]);
    assert_eq!(twice.iter().collect::<Vec<_>>(), [&Red, &Green]);
    assert_eq!(twice.to_string(), "red,green");
    let changed = conn
        .update::<Fruit>()
        .set(Fruit::colours.set(twice.clone()));
    assert_eq!(changed.all_rows().execute().unwrap(), 1);
    let mut colours = conn.query::<Fruit>().one().unwrap().colours.unwrap();
    assert_eq!(colours, twice);
    assert!(colours.contains(&Red) && !colours.contains(&DarkBlue));
    assert!(colours.insert(DarkBlue) && !colours.insert(DarkBlue));
    assert!(colours.remove(&Red) && !colours.remove(&Red));
    assert_eq!(colours, "dark blue,green".parse().unwrap());
    assert!("green,pink".parse::<Set<FruitColour>>().is_err());
}

#[each_database]
fn m06_an_unknown_member_of_a_set_is_refused_either_way() {
    let conn = stall();
    let written = conn.execute(text("INSERT INTO fruit (colours) VALUES ('red,pink')"));
    let expected = match current() {
        Backend::Sqlite | Backend::Postgres => ErrorKind::CheckViolation,
        Backend::MariaDb | Backend::Mysql => ErrorKind::Data,
    };
    assert_eq!(written.unwrap_err().kind(), expected);
    conn.rollback().unwrap();

    let colours = Set::from([FruitColour::Red, FruitColour::Green]);
    conn.insert(Fruit::insert().colours(colours.clone()))
        .unwrap();
    let stored = || conn.execute(text("SELECT colours FROM fruit")).unwrap();
    assert_eq!(
        stored().scalar::<Set<FruitColour>>().unwrap(),
        Some(colours)
    );
    let error = stored().scalar::<Set<FruitMonth>>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
    let reason = "column `colours` of the result: `red` is no member of the set `fruit_months`";
    assert!(error.message().starts_with(reason), "{error}");
}

#[each_database]
fn m06_a_floating_point_number_of_half_the_size() {
    let numbers = [
        0.0,
        0.1,
        -1.5,
        f32::MIN,
        f32::MAX,
        f32::MIN_POSITIVE,
        f32::from_bits(1),
        -f32::from_bits(1),
        f32::EPSILON,
        16_777_217.0,
    ];
    comes_back!(stall(), Fruit::ratio, numbers);
    let none = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
    match current() {
        Backend::Postgres => comes_back!(stall(), Fruit::ratio, none),
        Backend::Sqlite => is_refused!(stall(), Fruit::ratio, [f32::NAN]),
        Backend::MariaDb | Backend::Mysql => is_refused!(stall(), Fruit::ratio, none),
    }
}
