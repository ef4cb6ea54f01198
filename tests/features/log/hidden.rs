//! e06, e07, x02: what is hidden and what is shortened, in logs and in errors.

use std::error::Error as _;

use aludel::{Error, Session, prelude::*, types::Uuid};
use aludel_testing::{
    each_database,
    models::{Login, Rule},
};
use tracing::Level;

use crate::{
    engine,
    heard::{Heard, heard_up_to},
};

fn told<T>(work: impl FnOnce() -> T) -> (Heard, T) {
    heard_up_to(Level::TRACE, work)
}

/// All that an error shows, with what caused it.
fn all_of(error: &Error) -> String {
    let mut shown = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        shown.push_str(&format!("{error} {error:?}"));
        cause = error.source();
    }
    shown
}

#[each_database]
fn e06_with_hidden_parameters_no_value_is_in_logs_and_errors() {
    let engine = engine(&["login"], |engine| engine.hide_parameters(true));
    let conn = engine.connect().unwrap();
    let row = || Login::insert().name("edward").password("hushhush");
    let (heard, errors) = told(|| {
        conn.insert_all([row()]).unwrap();
        conn.commit().unwrap();
        conn.query::<Login>()
            .filter(Login::name.eq("edward"))
            .all()
            .unwrap();
        let twice = conn.insert_all([row()]).unwrap_err();
        conn.rollback().unwrap();
        let by_hand = text("insert into login (name, password) values (:name, 'x')");
        let by_hand = conn.execute(by_hand.bind("name", "edward")).unwrap_err();
        conn.rollback().unwrap();
        [twice, by_hand]
    });
    assert!(
        !heard.shows("edward") && !heard.shows("hushhush"),
        "{heard:?}"
    );
    let (_, done) = heard.of("SELECT")[0];
    assert_eq!(done.get("parameters"), Some("[1 hidden]"));
    for error in errors {
        assert!(error.is_unique_violation());
        let shown = all_of(&error);
        assert!(!shown.contains("edward"), "{shown}");
        assert!(shown.contains(" hidden]"), "{shown}");
    }
}

#[each_database]
fn e06_values_of_sensitive_columns_are_always_hidden() {
    let engine = engine(&["login"], |engine| engine);
    let conn = engine.connect().unwrap();
    let secret = "hushhush";
    let (heard, error) = told(|| {
        let row = |name: &str| Login::insert().name(name).password(secret);
        conn.insert_all([row("ed"), row("al").tries(3)]).unwrap();
        conn.commit().unwrap();
        let ed = conn.query::<Login>().filter(Login::password.eq(secret));
        let ed = ed.filter(Login::name.eq("ed")).one().unwrap();
        conn.query::<Login>()
            .filter(Login::password.in_([secret, "other"]))
            .all()
            .unwrap();
        conn.query::<Login>()
            .filter(Login::password.starts_with("hushh"))
            .count()
            .unwrap();
        conn.query::<Login>()
            .select((Login::name, Login::password))
            .all()
            .unwrap();
        let set = conn.update::<Login>().set(Login::password.set(secret));
        set.filter(Login::id.eq(ed.id)).execute().unwrap();
        let concatenated = Login::password.set(Login::password + "hushhush");
        let set = conn.update::<Login>().set(concatenated);
        set.filter(Login::id.eq(ed.id)).execute().unwrap();
        conn.commit().unwrap();
        let session = Session::new(&engine);
        session.add(Login::insert().name("cy").password(secret));
        session.commit().unwrap();
        let cy = session
            .query::<Login>()
            .filter(Login::name.eq("cy"))
            .one()
            .unwrap();
        cy.edit().unwrap().password = "hushhush2".to_owned();
        session.commit().unwrap();
        // The key over the password and the tries is taken: what servers say of it shows both.
        conn.commit().unwrap();
        conn.insert_all([row("di").tries(3)]).unwrap_err()
    });
    assert!(!heard.shows("hush"), "{heard:?}");
    assert!(heard.shows("\"ed\""), "other values are shown");
    assert!(error.is_unique_violation(), "{error:?}");
    let shown = all_of(&error);
    assert!(!shown.contains("hush"), "{shown}");
    assert!(shown.contains(r#"parameters: ["di", ***, 3]"#), "{shown}");
}

#[each_database]
fn e06_a_hidden_value_that_cannot_be_read_or_sent_is_not_in_the_error() {
    let refused = |hides: bool| {
        let engine = engine(&["rule"], |engine| engine.hide_parameters(hides));
        let conn = engine.connect().unwrap();
        conn.insert_all([Rule::insert().code("no number")]).unwrap();
        // A text where the row has a number.
        let odd = conn
            .query::<Rule>()
            .select(func::call::<i64, _>("lower", (Rule::code,)));
        let whole = odd.all().unwrap_err();
        let odd = conn
            .query::<Rule>()
            .select(func::call::<Uuid, _>("lower", (Rule::code,)));
        [whole, odd.iter().unwrap().next().unwrap().unwrap_err()]
    };
    let [number, uuid] = refused(false);
    assert!(number.is_data() && uuid.is_data());
    assert!(uuid.to_string().contains("no number"), "{uuid}");
    for error in refused(true) {
        let shown = all_of(&error);
        assert!(!shown.contains("no number"), "{shown}");
        assert!(
            error
                .message()
                .ends_with(": the value, which is hidden, does not fit"),
            "{error}"
        );
    }
}

#[each_database]
fn e06_a_hidden_value_of_sql_by_hand_that_cannot_be_read_is_not_in_the_error() {
    let refused = |hides: bool| {
        let engine = engine(&[], |engine| engine.hide_parameters(hides));
        let conn = engine.connect().unwrap();
        let row = || conn.execute(text("select 'no uuid' as code")).unwrap();
        let streamed = conn.stream(text("select 'no uuid' as code")).unwrap();
        let streamed: Vec<_> = streamed.map(Result::unwrap).collect();
        assert_eq!(row().all(), streamed);
        [
            row().scalars::<Uuid>().unwrap_err(),
            row().one().unwrap().get::<Uuid>("code").unwrap_err(),
            row().typed::<(Uuid,)>().unwrap_err(),
            streamed[0].get::<Uuid>(0).unwrap_err(),
        ]
    };
    for error in refused(false) {
        assert!(
            error.is_data() && error.to_string().contains("no uuid"),
            "{error}"
        );
    }
    for error in refused(true) {
        assert!(error.is_data(), "{error:?}");
        assert!(!all_of(&error).contains("no uuid"), "{error}");
        assert!(
            error
                .message()
                .starts_with("column `code` of the result: the value, which is hidden")
        );
    }
}

#[test]
fn e06_values_of_sensitive_columns_are_not_in_what_is_shown_of_a_model() {
    let login = Login {
        id: 1,
        name: "ed".to_owned(),
        password: "hush".to_owned(),
        tries: 0,
    };
    assert_eq!(
        format!("{login:?}"),
        r#"Login { id: 1, name: "ed", password: ***, tries: 0 }"#
    );
    assert_eq!(login.to_string(), "<Login id=1>");
}

#[each_database]
fn e07_long_values_and_long_lists_are_shortened_in_the_log() {
    let engine = engine(&["login"], |engine| engine);
    let conn = engine.connect().unwrap();
    let (heard, ()) = told(|| {
        let long = "x".repeat(10_000);
        conn.query::<Login>()
            .filter(Login::name.eq(long))
            .all()
            .unwrap();
        let list: Vec<i64> = (0..64).collect();
        conn.query::<Login>()
            .filter(Login::id.in_(list))
            .all()
            .unwrap();
    });
    let shown = heard.of("SELECT");
    let of = |index: usize| shown[index].1.get("parameters").unwrap();
    assert!(
        of(0).len() < 300 && of(0).contains("9800 characters more"),
        "{}",
        of(0)
    );
    assert_eq!(of(1), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … 52 more …, 62, 63]");
}
