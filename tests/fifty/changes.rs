//! Changes: rows that are inserted, updated and deleted by what other rows say.

use aludel::Connection;
use aludel::prelude::{
    Derived, Expression, Keyed, Model, case, excluded, exists, func, insert_all, insert_from,
    scalar, select, window,
};
use aludel_testing::models::{
    Book, BookWriter, Clerk, Contact, PriceChange, PurchaseLine, Stock, StockMovement,
};

use crate::shop::{bookshop, day, text};

/// Adds copies to the books that are counted already, and counts the others for the first time: an upsert.
#[test]
fn a_delivery_adds_to_what_is_there() {
    let conn = bookshop();
    let delivery = [(1, 3), (6, 2)];
    let rows = delivery.map(|(book, copies)| Stock::insert().book_id(book).on_hand(copies));
    insert_all(rows)
        .on_conflict(Stock::primary_key())
        .do_update((
            Stock::on_hand.set(Stock::on_hand + excluded(Stock::on_hand)),
            Stock::counted.set(Stock::counted + 1),
        ))
        .on(&conn)
        .execute()
        .unwrap();
    assert_eq!(stock(&conn), [(1, 8, 2), (2, 2, 1), (6, 2, 1)]);
}

/// Gives books the price of another table: an UPDATE with a join.
#[test]
fn prices_are_taken_from_another_table() {
    let conn = bookshop();
    let changed = conn
        .update::<Book>()
        .join(Book::price_changes)
        .set(Book::price.set(PriceChange::price))
        .filter(PriceChange::since.eq(day("2024-01-01")))
        .execute()
        .unwrap();
    assert_eq!(changed, 3);
    let prices = conn
        .query::<Book>()
        .filter(Book::id.le(3) | Book::id.eq(6))
        .order_by(Book::id)
        .select((Book::id, Book::price));
    let expected = [(1, 1000), (2, 1500), (3, 900), (6, 2800)];
    assert_eq!(prices.all().unwrap(), expected);
}

/// Sets each stock to the sum of its movements: an UPDATE to a correlated subquery.
#[test]
fn stock_is_corrected_by_its_movements() {
    let conn = bookshop();
    let moved = select::<StockMovement>()
        .correlate::<Stock>()
        .filter(StockMovement::book_id.eq(Stock::book_id))
        .select(func::sum(StockMovement::change));
    conn.update::<Stock>()
        .set(Stock::on_hand.set(func::coalesce(scalar(moved), 0)))
        .all_rows()
        .execute()
        .unwrap();
    assert_eq!(stock(&conn), [(1, 6, 1), (2, 2, 1)]);
}

/// Raises low salaries more than high ones, except that of who has no chief: an UPDATE to a CASE.
#[test]
fn salaries_rise_by_what_they_are() {
    let conn = bookshop();
    let raised = case::<i64>()
        .when(Clerk::salary.lt(3000), Clerk::salary + 300)
        .when(Clerk::salary.lt(4500), Clerk::salary + 200)
        .otherwise(Clerk::salary);
    conn.update::<Clerk>()
        .set(Clerk::salary.set(raised))
        .filter(Clerk::chief_id.is_not_null())
        .execute()
        .unwrap();
    let salaries = conn
        .query::<Clerk>()
        .order_by(Clerk::id)
        .select((Clerk::name, Clerk::salary));
    let expected = [
        (text("Olga"), 5000),
        (text("Pete"), 4200),
        (text("Quin"), 4200),
        (text("Ruth"), 4500),
        (text("Sam"), 2800),
        (text("Tess"), 2800),
        (text("Umar"), 2900),
    ];
    assert_eq!(salaries.all().unwrap(), expected);
}

/// Forgets who wrote the books that nobody bought: a DELETE by a subquery within a subquery.
#[test]
fn credits_of_books_that_never_sold_are_deleted() {
    let conn = bookshop();
    let sold = select::<PurchaseLine>()
        .correlate::<Book>()
        .filter(PurchaseLine::book_id.eq(Book::id));
    let unsold = select::<Book>().filter(!exists(sold)).select(Book::id);
    let deleted = conn
        .delete::<BookWriter>()
        .filter(BookWriter::book_id.in_(unsold))
        .returning((BookWriter::book_id, BookWriter::writer_id))
        .all()
        .unwrap();
    assert_eq!(deleted, [(8, 3)]);
    assert_eq!(conn.query::<BookWriter>().count().unwrap(), 10);
}

aludel::derived! {
    struct Copy { id: i64, place: i64 }
}

/// Keeps of each address the row that was seen last: a DELETE of those that ROW_NUMBER puts behind the first.
#[test]
fn duplicates_are_deleted_but_for_the_newest() {
    let conn = bookshop();
    let newest_first = window()
        .partition_by(func::lower(Contact::email))
        .order_by(Contact::seen.desc());
    let copies = Copy::subquery(
        select::<Contact>().select((Contact::id, func::row_number().over(newest_first))),
    );
    let older = copies.query().filter(Copy::place.gt(1)).select(Copy::id);
    let deleted = conn
        .delete::<Contact>()
        .filter(Contact::id.in_(older))
        .execute()
        .unwrap();
    assert_eq!(deleted, 3);
    let kept = conn.query::<Contact>().order_by(Contact::id);
    assert_eq!(kept.select(Contact::id).all().unwrap(), [2, 4, 5]);
}

/// Counts the books that moved but have no stock yet: an INSERT from groups of an anti-join.
#[test]
fn missing_stock_is_inserted_from_movements() {
    let conn = bookshop();
    let missing = select::<StockMovement>()
        .left_join_on(Stock::entity(), Stock::book_id.eq(StockMovement::book_id))
        .filter(Stock::book_id.is_null())
        .group_by(StockMovement::book_id)
        .select((
            StockMovement::book_id,
            func::coalesce(func::sum(StockMovement::change), 0),
        ));
    insert_from((Stock::book_id, Stock::on_hand), missing)
        .on(&conn)
        .execute()
        .unwrap();
    assert_eq!(stock(&conn), [(1, 5, 1), (2, 2, 1), (6, 1, 1)]);
}

/// What the table of stock says.
fn stock(conn: &Connection) -> Vec<(i64, i64, i64)> {
    conn.query::<Stock>()
        .order_by(Stock::book_id)
        .select((Stock::book_id, Stock::on_hand, Stock::counted))
        .all()
        .unwrap()
}
