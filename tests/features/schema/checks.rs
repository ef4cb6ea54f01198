//! m17: a column whose check lists its values is an enum, which is kept as its text.

use aludel::{Connection, ErrorKind, prelude::Expression, text};
use aludel_testing::{
    each_database,
    library::{self, Author, AuthorForm, AuthorKind},
};

use crate::backend;

fn library() -> Connection {
    backend::connection(library::catalog())
}

#[each_database]
fn m17_the_values_that_a_check_lists_are_an_enum_that_is_kept_as_its_text() {
    let conn = library();
    let poet = Author::insert().id(1).name("Sappho").kind(AuthorKind::Poet);
    let novelist = Author::insert()
        .id(2)
        .name("Sterne")
        .kind(AuthorKind::Novelist);
    conn.insert(poet.form(AuthorForm::Short)).unwrap();
    conn.insert(novelist).unwrap();
    let all = conn.query::<Author>().order_by(Author::id).all().unwrap();
    let kinds: Vec<_> = all
        .iter()
        .map(|author| (author.kind, author.form))
        .collect();
    assert_eq!(
        kinds,
        [
            (AuthorKind::Poet, Some(AuthorForm::Short)),
            (AuthorKind::Novelist, None)
        ]
    );
    let poets = conn
        .query::<Author>()
        .filter(Author::kind.eq(AuthorKind::Poet));
    assert_eq!(poets.one().unwrap().name, "Sappho");
    let formless = conn.query::<Author>().filter(Author::form.is_null());
    assert_eq!(formless.one().unwrap().name, "Sterne");
    let texts: Vec<String> = conn
        .execute(text("SELECT kind FROM author ORDER BY id"))
        .unwrap()
        .scalars()
        .unwrap();
    assert_eq!(texts, ["poet", "novelist"]);
}

#[each_database]
fn m17_the_check_refuses_what_is_no_value_of_the_enum() {
    let conn = library();
    let wrong = text("INSERT INTO author (id, name, kind) VALUES (1, 'Nobody', 'critic')");
    let error = conn.execute(wrong).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CheckViolation);
}
