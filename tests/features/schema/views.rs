//! m01: a view is a model whose rows are read.

use aludel::{
    Connection,
    model::Model,
    prelude::{Expression, func},
};
use aludel_testing::{
    each_database,
    library::{self, Author, AuthorKind, AuthorWork, Book, Shelf},
};

use crate::backend;

/// Two authors with books, and one without.
fn library() -> Connection {
    let conn = backend::connection(library::catalog());
    let authors = [
        (1, "Sterne", AuthorKind::Novelist),
        (2, "Sappho", AuthorKind::Poet),
        (3, "Nobody", AuthorKind::Poet),
    ];
    for (id, name, kind) in authors {
        conn.insert(Author::insert().id(id).name(name).kind(kind))
            .unwrap();
    }
    let books = [
        (1, 1, "Tristram Shandy", Some(640)),
        (2, 1, "A Sentimental Journey", Some(120)),
        (3, 2, "Fragments", None),
    ];
    for (id, author, title, pages) in books {
        let book = Book::insert().id(id).author_id(author).title(title);
        conn.insert(book.pages(pages)).unwrap();
    }
    conn
}

#[each_database]
fn m01_a_view_is_read_with_the_types_and_the_nulls_that_follow_from_its_query() {
    let conn = library();
    let works = conn
        .query::<AuthorWork>()
        .order_by(AuthorWork::author_id)
        .all()
        .unwrap();
    let work = |author_id, name: &str, kind, works, longest, last_title: &str| AuthorWork {
        author_id,
        name: name.to_owned(),
        kind,
        works,
        longest,
        last_title: last_title.to_owned(),
        is_unknown: longest.is_none(),
    };
    assert_eq!(
        works,
        [
            work(
                1,
                "Sterne",
                AuthorKind::Novelist,
                2,
                Some(640),
                "Tristram Shandy"
            ),
            work(2, "Sappho", AuthorKind::Poet, 1, None, "Fragments"),
            work(3, "Nobody", AuthorKind::Poet, 0, None, "?"),
        ]
    );
    assert_eq!(AuthorWork::table().name, "author_works");
}

#[each_database]
fn m01_a_view_is_filtered_counted_and_grouped_as_a_table_is() {
    let conn = library();
    let long = conn.query::<Shelf>().filter(Shelf::size.eq("long"));
    assert_eq!(long.one().unwrap().title, "Tristram Shandy");
    assert_eq!(conn.query::<Shelf>().count().unwrap(), 2);
    let pages = conn
        .query::<Shelf>()
        .select(func::sum(Shelf::pages))
        .one()
        .unwrap();
    assert_eq!(pages, Some(760));
    let poets = conn
        .query::<AuthorWork>()
        .filter(AuthorWork::kind.eq(AuthorKind::Poet));
    assert_eq!(
        poets.filter(AuthorWork::longest.is_null()).count().unwrap(),
        2
    );
}

#[each_database]
fn m01_a_view_is_joined_along_the_references_that_are_said_of_it() {
    let conn = library();
    let novelists = conn
        .query::<AuthorWork>()
        .join(AuthorWork::author)
        .filter(Author::name.eq("Sterne"))
        .all()
        .unwrap();
    assert_eq!(novelists.len(), 1);
    let busy = conn
        .query::<Author>()
        .join(Author::author_work)
        .filter(AuthorWork::works.gt(1))
        .one()
        .unwrap();
    assert_eq!(busy.name, "Sterne");
    let with = conn
        .query::<AuthorWork>()
        .with(AuthorWork::author)
        .all()
        .unwrap();
    assert!(with.iter().all(|(work, author)| work.name == author.name));
}

#[each_database]
fn m01_the_key_of_a_view_finds_its_row() {
    let conn = library();
    let work = AuthorWork::by_author_id(2).on(&conn).one().unwrap();
    assert_eq!(work.last_title, "Fragments");
}
