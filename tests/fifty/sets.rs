//! Sets: rows without a partner, rows with all partners, pairs, and set operations.

use aludel::prelude::{Expression, exists, func, position, scalar, select};
use aludel_testing::models::{
    Book, BookWriter, Category, Clerk, Customer, Purchase, PurchaseLine, Shift, Wish, Writer,
};

use crate::shop::{bookshop, text};

/// Which books nobody bought: NOT EXISTS.
#[test]
fn books_that_never_sold_have_no_line() {
    let conn = bookshop();
    let sold = select::<PurchaseLine>()
        .correlate::<Book>()
        .filter(PurchaseLine::book_id.eq(Book::id));
    let titles = conn.query::<Book>().filter(!exists(sold));
    assert_eq!(
        titles.select(Book::title).all().unwrap(),
        ["Open Questions"]
    );
}

/// Who never bought anything: an outer join, of which only the rows without a partner stay.
#[test]
fn customers_without_a_purchase_have_null_beside_them() {
    let conn = bookshop();
    let names = conn
        .query::<Customer>()
        .left_join(Customer::purchases)
        .filter(Purchase::id.is_null())
        .select(Customer::name);
    assert_eq!(names.all().unwrap(), ["Fay"]);
}

/// Who wrote about physics: EXISTS along relationships, and a path within it.
#[test]
fn authors_are_found_by_the_category_of_their_books() {
    let conn = bookshop();
    let category = BookWriter::book.then(Book::category).path(Category::name);
    let names = conn
        .query::<Writer>()
        .filter(Writer::book_writers.any(category.eq("Physics")))
        .order_by(Writer::name)
        .select(Writer::name);
    assert_eq!(names.all().unwrap(), ["Ben Castle", "Cleo Dane"]);
}

/// Who wishes for every crime book: no crime book exists for which no wish of theirs exists.
#[test]
fn whoever_wants_every_book_lacks_no_wish() {
    let conn = bookshop();
    let wish = select::<Wish>()
        .correlate::<Customer>()
        .correlate::<Book>()
        .filter(Wish::customer_id.eq(Customer::id))
        .filter(Wish::book_id.eq(Book::id));
    let missing = select::<Book>()
        .correlate::<Customer>()
        .filter(Book::category_id.eq(3))
        .filter(!exists(wish));
    let names = conn.query::<Customer>().filter(!exists(missing));
    assert_eq!(names.select(Customer::name).all().unwrap(), ["Eve"]);
}

/// The same by counting: as many crime books are wished for as there are.
#[test]
fn whoever_wants_every_book_wants_as_many_as_there_are() {
    let conn = bookshop();
    let crime = select::<Book>().filter(Book::category_id.eq(3));
    let names = conn
        .query::<Customer>()
        .join(Customer::books)
        .filter(Book::category_id.eq(3))
        .group_by((Customer::id, Customer::name))
        .having(func::count_all().eq(scalar(crime.select(func::count_all()))))
        .select(Customer::name);
    assert_eq!(names.all().unwrap(), ["Eve"]);
}

aludel::alias!(neighbour = Customer);

/// Who lives in the same town, each pair once: a table joined to itself, with the smaller key on the left.
#[test]
fn neighbours_are_pairs_of_one_town() {
    let conn = bookshop();
    let pairs = conn
        .query::<Customer>()
        .join_on(
            neighbour,
            neighbour.col(Customer::town).eq(Customer::town)
                & Customer::id.lt(neighbour.col(Customer::id)),
        )
        .order_by((Customer::name, neighbour.col(Customer::name)))
        .select((Customer::name, neighbour.col(Customer::name)))
        .all()
        .unwrap();
    let expected = [
        ("Ann", "Cid"),
        ("Ann", "Eve"),
        ("Bob", "Fay"),
        ("Cid", "Eve"),
    ];
    assert_eq!(pairs, expected.map(|(a, b)| (text(a), text(b))));
}

aludel::alias!(beside = PurchaseLine, companion = Book);

/// Which books were bought together more than once: lines joined to the other lines of their purchase.
#[test]
fn books_are_bought_together() {
    let conn = bookshop();
    let times = func::count_all();
    let pairs = conn
        .query::<PurchaseLine>()
        .join_on(
            beside,
            beside
                .col(PurchaseLine::purchase_id)
                .eq(PurchaseLine::purchase_id)
                & PurchaseLine::book_id.lt(beside.col(PurchaseLine::book_id)),
        )
        .join(PurchaseLine::book)
        .join(PurchaseLine::book.of(beside).to(companion))
        .group_by((Book::title, companion.col(Book::title)))
        .having(times.clone().gt(1))
        .order_by((Book::title, companion.col(Book::title)))
        .select((Book::title, companion.col(Book::title), times))
        .all()
        .unwrap();
    let expected = [
        (text("Harbour Lights"), text("Moving Bodies"), 2),
        (text("Harbour Lights"), text("Night Train"), 2),
    ];
    assert_eq!(pairs, expected);
}

aludel::alias!(other = Shift);

/// Which shifts overlap, and for how many hours: each begins before the other ends.
#[test]
fn shifts_overlap_where_each_begins_before_the_other_ends() {
    let conn = bookshop();
    let starts = func::greatest(Shift::starts, other.col(Shift::starts));
    let ends = func::least(Shift::ends, other.col(Shift::ends));
    let overlaps = conn
        .query::<Shift>()
        .join_on(
            other,
            Shift::id.lt(other.col(Shift::id))
                & Shift::starts.lt(other.col(Shift::ends))
                & other.col(Shift::starts).lt(Shift::ends),
        )
        .order_by((Shift::id, other.col(Shift::id)))
        .select((Shift::id, other.col(Shift::id), ends - starts))
        .all()
        .unwrap();
    assert_eq!(overlaps, [(1, 2, 1), (2, 3, 3), (2, 4, 1), (3, 4, 2)]);
}

/// Which of the wished books were bought at all: INTERSECT.
#[test]
fn what_is_wished_and_bought_is_an_intersection() {
    let conn = bookshop();
    let wished = conn.query::<Wish>().select(Wish::book_id);
    let bought = select::<PurchaseLine>().select(PurchaseLine::book_id);
    let both = wished.intersect(bought).order_by(position(1));
    assert_eq!(both.all().unwrap(), [1, 2, 3, 6]);
}

/// Which books are neither wished nor bought: EXCEPT, twice.
#[test]
fn what_is_neither_wished_nor_bought_is_a_difference() {
    let conn = bookshop();
    let wished = select::<Wish>().select(Wish::book_id);
    let bought = select::<PurchaseLine>().select(PurchaseLine::book_id);
    let neither = conn
        .query::<Book>()
        .select(Book::id)
        .except(wished)
        .except(bought);
    assert_eq!(neither.all().unwrap(), [8]);
}

/// Older authors and clerks without a chief in one list, and what they are: UNION with a constant column.
#[test]
fn people_of_different_tables_make_one_list() {
    let conn = bookshop();
    let authors = select::<Writer>()
        .filter(Writer::born.lt(1980))
        .select((Writer::name, func::value::<String>("author")));
    let chiefs = select::<Clerk>()
        .filter(Clerk::chief_id.is_null())
        .select((Clerk::name, func::value::<String>("clerk")));
    let people = authors.union(chiefs).order_by(position(1)).on(&conn);
    let expected = [
        ("Ada Brook", "author"),
        ("Ben Castle", "author"),
        ("Olga", "clerk"),
    ];
    let expected = expected.map(|(name, kind)| (text(name), text(kind)));
    assert_eq!(people.all().unwrap(), expected);
}

/// Who referred nobody: NOT IN finds none while there is a NULL in the list, and the right ones without.
#[test]
fn not_in_finds_nothing_beside_a_null() {
    let conn = bookshop();
    let referrers = select::<Customer>().select(Customer::referrer_id);
    let without = conn
        .query::<Customer>()
        .order_by(Customer::name)
        .select(Customer::name);
    let names = without.clone().filter(!Customer::id.in_(referrers.clone()));
    assert!(names.all().unwrap().is_empty());
    let known = referrers.filter(Customer::referrer_id.is_not_null());
    let names = without.filter(!Customer::id.in_(known));
    assert_eq!(names.all().unwrap(), ["Cid", "Eve", "Fay"]);
}
