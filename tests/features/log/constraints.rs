//! x01: which constraint was violated, as an enum of the table.

use aludel::{Error, Session, prelude::*};
use aludel_testing::{
    each_database,
    models::{Login, LoginConstraint, Rule, RuleConstraint, Visit, VisitConstraint},
};

use crate::{
    backend::{Backend, current},
    engine,
};

#[each_database]
fn x01_an_error_says_which_constraint_of_its_table_was_violated() {
    let engine = engine(&["rule"], |engine| engine);
    let conn = engine.connect().unwrap();
    let row = || Rule::insert();
    conn.insert_all([row().code("a").region("r").number(1)])
        .unwrap();
    conn.commit().unwrap();
    let refused = |error: Error| {
        conn.rollback().unwrap();
        error
    };
    let inserted = |row| refused(conn.insert_all([row]).unwrap_err());
    let set_code = conn.insert_all([row().code("b")]).and_then(|_| {
        let b = conn.update::<Rule>().set(Rule::code.set("a"));
        b.filter(Rule::code.eq("b")).execute().map(drop)
    });
    let cases = [
        (refused(set_code.unwrap_err()), RuleConstraint::CodeKey),
        (inserted(row().code("a")), RuleConstraint::CodeKey),
        (
            inserted(row().region("r").number(1)),
            RuleConstraint::RegionAndNumberKey,
        ),
        (inserted(row().id(1)), RuleConstraint::PrimaryKey),
        (
            inserted(row().rule_id(99)),
            RuleConstraint::RuleIdForeignKey,
        ),
        (inserted(row().amount(0)), RuleConstraint::AmountCheck),
    ];
    for (error, expected) in cases {
        assert_eq!(error.violated(), Some(expected), "{error:?}");
        // Another table's are not.
        assert_eq!(error.violated::<LoginConstraint>(), None, "{error:?}");
    }
    let missing = conn.query::<Login>().all().unwrap_err();
    assert_eq!(missing.violated::<LoginConstraint>(), None);
}

#[each_database]
fn x01_constraints_without_names_are_told_apart_too() {
    let engine = engine(&["login", "visit"], |engine| engine);
    let conn = engine.connect().unwrap();
    let row = |name: &str, tries: i64| Login::insert().name(name).password("x").tries(tries);
    conn.insert_all([row("ed", 1)]).unwrap();
    conn.commit().unwrap();
    let refused = |row| {
        let error = conn.insert_all([row]).unwrap_err();
        conn.rollback().unwrap();
        error.violated()
    };
    assert_eq!(refused(row("ed", 2)), Some(LoginConstraint::NameKey));
    assert_eq!(
        refused(row("al", 1)),
        Some(LoginConstraint::PasswordAndTriesKey)
    );
    assert_eq!(refused(row("al", -1)), Some(LoginConstraint::Check));

    let lost = conn.insert_all([Visit::insert().login_id(99)]).unwrap_err();
    conn.rollback().unwrap();
    assert_eq!(lost.violated(), Some(VisitConstraint::LoginIdForeignKey));
    conn.insert_all([Visit::insert().login_id(1)]).unwrap();
    let used = conn.delete::<Login>().all_rows().execute().unwrap_err();
    assert!(used.is_foreign_key_violation());
    // SQLite does not say whose it is, and a delete may break those of any table.
    let expected = match current() {
        Backend::Sqlite => None,
        _ => Some(VisitConstraint::LoginIdForeignKey),
    };
    assert_eq!(used.violated(), expected, "{used:?}");
}

#[each_database]
fn x01_a_session_says_it_as_well() {
    let engine = engine(&["login"], |engine| engine);
    let session = Session::new(&engine);
    for name in ["ed", "al"] {
        session.add(Login::insert().name(name).password(name));
    }
    session.commit().unwrap();
    let al = session
        .query::<Login>()
        .filter(Login::name.eq("al"))
        .one()
        .unwrap();
    al.edit().unwrap().name = "ed".to_owned();
    let error = session.commit().unwrap_err();
    assert_eq!(
        error.violated(),
        Some(LoginConstraint::NameKey),
        "{error:?}"
    );
}
