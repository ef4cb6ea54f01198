//! Reports: what groups of rows amount to.

use aludel::prelude::{Derived, Expression, Model, case, func, position, select, window};
use aludel_testing::models::{
    Book, BookWriter, Category, Customer, Footfall, Purchase, PurchaseLine, StockMovement, Writer,
};
use chrono::NaiveDate;

use crate::shop::{bookshop, day, text};

/// What was earned in each month, and by how many purchases: rows are grouped by a part of a date.
#[test]
fn revenue_is_added_up_by_month() {
    let conn = bookshop();
    let month = func::call::<String, _>(
        "strftime",
        (func::value::<String>("%Y-%m"), Purchase::placed),
    );
    let purchases = func::count(Purchase::id).distinct();
    let revenue = func::sum(PurchaseLine::quantity * PurchaseLine::price);
    let rows = conn
        .query::<Purchase>()
        .join(Purchase::purchase_lines)
        .filter(Purchase::status.eq("paid"))
        .group_by(month.clone())
        .order_by(month.clone())
        .select((month, purchases, revenue))
        .all()
        .unwrap();
    let expected = [
        (text("2024-01"), 2, Some(6300)),
        (text("2024-02"), 2, Some(7800)),
        (text("2024-03"), 3, Some(10200)),
        (text("2024-05"), 1, Some(2200)),
    ];
    assert_eq!(rows, expected);
}

/// How many purchases of each customer are in which state, a column for each: COUNT with a FILTER.
#[test]
fn states_become_columns_of_a_pivot() {
    let conn = bookshop();
    let in_state = |state: &str| func::count_all().filter(Purchase::status.eq(state));
    let rows = conn
        .query::<Customer>()
        .join(Customer::purchases)
        .group_by((Customer::id, Customer::name))
        .order_by(Customer::name)
        .select((
            Customer::name,
            in_state("paid"),
            in_state("open"),
            in_state("cancelled"),
        ))
        .all()
        .unwrap();
    let expected = [
        (text("Ann"), 3, 0, 0),
        (text("Bob"), 1, 1, 0),
        (text("Cid"), 1, 0, 1),
        (text("Dee"), 2, 0, 0),
        (text("Eve"), 1, 0, 0),
    ];
    assert_eq!(rows, expected);
}

/// What came into stock and what went out: SUM over a CASE for each direction.
#[test]
fn movements_in_and_out_are_added_up_apart() {
    let conn = bookshop();
    let change = StockMovement::change;
    let came = func::sum(case::<i64>().when(change.gt(0), change).otherwise(0));
    let went = func::sum(case::<i64>().when(change.lt(0), 0 - change).otherwise(0));
    let rows = conn
        .query::<StockMovement>()
        .join(StockMovement::book)
        .group_by(Book::title)
        .order_by(Book::title)
        .select((Book::title, came, went))
        .all()
        .unwrap();
    let expected = [
        (text("Harbour Lights"), Some(10), Some(4)),
        (text("Moving Bodies"), Some(3), Some(2)),
        (text("The Cold Key"), Some(4), Some(2)),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Ranked { category: String, price: i64, place: i64, size: i64 }
}

/// The median price in each category: the average of the one or two rows in the middle.
#[test]
fn the_median_is_the_average_of_the_middle_rows() {
    let conn = bookshop();
    let in_category = window().partition_by(Category::id);
    let ranked = Ranked::cte(select::<Book>().join(Book::category).select((
        Category::name,
        Book::price,
        func::row_number().over(in_category.clone().order_by(Book::price)),
        func::count_all().over(in_category),
    )));
    let rows = ranked
        .query()
        .filter((Ranked::place * 2).between(Ranked::size, Ranked::size + 2))
        .group_by(Ranked::category)
        .order_by(Ranked::category)
        .select((Ranked::category, func::avg(Ranked::price)))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        (text("Crime"), Some(1200.0)),
        (text("Physics"), Some(2750.0)),
        (text("Poetry"), Some(950.0)),
        (text("Science"), Some(2000.0)),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Credit { title: String, author: String }
}

/// The authors of each book in one text: the rows are ordered in a derived table, which SQLite joins as it reads them.
#[test]
fn authors_are_joined_into_one_text() {
    let conn = bookshop();
    let credits = Credit::subquery(
        select::<Book>()
            .join(Book::book_writers)
            .join(BookWriter::writer)
            .order_by((Book::id, Writer::name))
            .select((Book::title, Writer::name)),
    );
    let rows = credits
        .query()
        .group_by(Credit::title)
        .order_by(Credit::title)
        .select((Credit::title, func::join_text(Credit::author, ", ")))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        ("Harbour Lights", "Ada Brook"),
        ("Light and Time", "Ben Castle, Cleo Dane"),
        ("Moving Bodies", "Ben Castle"),
        ("Night Train", "Ben Castle"),
        ("Open Questions", "Cleo Dane"),
        ("Small Songs", "Cleo Dane"),
        ("The Cold Key", "Ada Brook, Ben Castle"),
        ("Winter Verses", "Ada Brook, Cleo Dane"),
    ];
    assert_eq!(
        rows,
        expected.map(|(title, names)| (text(title), Some(text(names))))
    );
}

/// How many different people bought each book, those that nobody bought among them: COUNT DISTINCT over outer joins.
#[test]
fn books_that_nobody_bought_are_counted_as_zero() {
    let conn = bookshop();
    let buyers = func::count(Purchase::customer_id).distinct();
    let copies = func::coalesce(func::sum(PurchaseLine::quantity), 0);
    let rows = conn
        .query::<Book>()
        .left_join(Book::purchase_lines)
        .left_join(PurchaseLine::purchase)
        .group_by((Book::id, Book::title))
        .order_by(Book::title)
        .select((Book::title, buyers, copies))
        .all()
        .unwrap();
    let expected = [
        (text("Harbour Lights"), 3, 5),
        (text("Light and Time"), 1, 2),
        (text("Moving Bodies"), 2, 2),
        (text("Night Train"), 3, 4),
        (text("Open Questions"), 0, 0),
        (text("Small Songs"), 1, 3),
        (text("The Cold Key"), 3, 3),
        (text("Winter Verses"), 2, 3),
    ];
    assert_eq!(rows, expected);
}

/// How many books cost from ten up to twenty, and so on: rows are grouped by a number without its last digits.
#[test]
fn prices_fall_into_the_bars_of_a_histogram() {
    let conn = bookshop();
    let bar = (Book::price / 1000 * 1000).label("bar");
    let rows = conn
        .query::<Book>()
        .group_by(&bar)
        .order_by(&bar)
        .select((&bar, func::count_all(), func::min(Book::title)))
        .all()
        .unwrap();
    let expected = [
        (0, 2, Some(text("Night Train"))),
        (1000, 3, Some(text("Harbour Lights"))),
        (2000, 2, Some(text("Light and Time"))),
        (3000, 1, Some(text("Moving Bodies"))),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Calendar { day: NaiveDate }
}

/// The visitors of each day, 0 where there is no row: a recursive table of days, to which the rows are joined.
#[test]
fn a_calendar_fills_the_days_without_rows() {
    let conn = bookshop();
    let next = func::call::<NaiveDate, _>("date", (Calendar::day, func::value::<String>("+1 day")));
    let first = select::<Footfall>().filter(Footfall::day.eq(day("2024-03-01")));
    let calendar = Calendar::recursive(first.select(Footfall::day), |days| {
        days.query()
            .filter(Calendar::day.lt(day("2024-03-10")))
            .select(next)
    });
    let rows = calendar
        .query()
        .left_join_on(Footfall::entity(), Footfall::day.eq(Calendar::day))
        .order_by(Calendar::day)
        .select((Calendar::day, func::coalesce(Footfall::visitors, 0)))
        .on(&conn)
        .all()
        .unwrap();
    let visitors: Vec<i64> = rows.iter().map(|(_, visitors)| *visitors).collect();
    assert_eq!(visitors, [30, 45, 40, 0, 20, 35, 0, 50, 60, 55]);
    assert_eq!(rows[0].0, day("2024-03-01"));
    assert_eq!(rows[3], (day("2024-03-04"), 0));
    assert_eq!(rows[9].0, day("2024-03-10"));
}

/// Of those who joined in a month, how many bought in that month, and how many later: COUNT DISTINCT over a CASE.
#[test]
fn cohorts_are_followed_from_the_month_in_which_they_joined() {
    let conn = bookshop();
    let month = || func::value::<String>("%Y-%m");
    let joined = func::call::<String, _>("strftime", (month(), Customer::joined));
    let bought = func::call::<String, _>("strftime", (month(), Purchase::placed));
    let at_once = case::<i64>().when(bought.clone().eq(joined.clone()), Customer::id);
    let later = case::<i64>().when(bought.gt(joined.clone()), Customer::id);
    let rows = conn
        .query::<Customer>()
        .left_join(Customer::purchases)
        .group_by(joined.clone())
        .order_by(joined.clone())
        .select((
            joined,
            func::count(Customer::id).distinct(),
            func::count(at_once.end()).distinct(),
            func::count(later.end()).distinct(),
        ))
        .all()
        .unwrap();
    let expected = [
        (text("2024-01"), 2, 2, 2),
        (text("2024-02"), 2, 1, 1),
        (text("2024-03"), 2, 1, 0),
    ];
    assert_eq!(rows, expected);
}

/// Copies by book, with a line for each category and one for all: three groupings, put together by UNION ALL.
#[test]
fn subtotals_stand_above_their_parts() {
    let conn = bookshop();
    let lines = select::<PurchaseLine>()
        .join(PurchaseLine::book)
        .join(Book::category);
    let copies = func::coalesce(func::sum(PurchaseLine::quantity), 0);
    let all = || func::value::<String>("(all)");
    let by_book = lines
        .clone()
        .group_by((Category::name, Book::title))
        .select((Category::name, Book::title, copies.clone()));
    let by_category =
        lines
            .clone()
            .group_by(Category::name)
            .select((Category::name, all(), copies.clone()));
    let rows = by_book
        .union_all(by_category)
        .union_all(lines.select((all(), all(), copies)))
        .order_by(position(1))
        .order_by(position(2))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        ("(all)", "(all)", 22),
        ("Crime", "(all)", 12),
        ("Crime", "Harbour Lights", 5),
        ("Crime", "Night Train", 4),
        ("Crime", "The Cold Key", 3),
        ("Physics", "(all)", 4),
        ("Physics", "Light and Time", 2),
        ("Physics", "Moving Bodies", 2),
        ("Poetry", "(all)", 6),
        ("Poetry", "Small Songs", 3),
        ("Poetry", "Winter Verses", 3),
    ];
    let expected = expected.map(|(category, title, copies)| (text(category), text(title), copies));
    assert_eq!(rows, expected);
}
