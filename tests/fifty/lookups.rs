//! Look-ups: values of other rows, pages, NULL, and duplicates.

use aludel::prelude::{Expression, func, scalar, select};
use aludel_testing::models::{Book, Clerk, Contact, Customer, PriceChange, Purchase, PurchaseLine};

use crate::shop::{bookshop, day, text};

aludel::alias!(peer = Book);

/// Which books cost more than the average of their category: a correlated subquery that gives a value.
#[test]
fn books_are_compared_with_the_average_of_their_category() {
    let conn = bookshop();
    let average = select::<peer>()
        .correlate::<Book>()
        .filter(peer.col(Book::category_id).eq(Book::category_id))
        .select(func::avg(peer.col(Book::price)));
    let titles = conn
        .query::<Book>()
        .filter(Book::price.cast::<f64>().gt(scalar(average)))
        .order_by(Book::title)
        .select(Book::title);
    let expected = ["Moving Bodies", "The Cold Key", "Winter Verses"];
    assert_eq!(titles.all().unwrap(), expected);
}

/// Who has the second highest salary: the second of the distinct ones.
#[test]
fn the_second_highest_salary_is_the_second_distinct_one() {
    let conn = bookshop();
    let second = select::<Clerk>()
        .distinct()
        .order_by(Clerk::salary.desc())
        .limit(1)
        .offset(1)
        .select(Clerk::salary);
    let names = conn
        .query::<Clerk>()
        .filter(Clerk::salary.eq(scalar(second)))
        .select(Clerk::name);
    assert_eq!(names.all().unwrap(), ["Ruth"]);
}

/// Who earns more than their chief: a path to another row of the same table.
#[test]
fn some_earn_more_than_their_chief() {
    let conn = bookshop();
    let rows = conn
        .query::<Clerk>()
        .filter(Clerk::salary.gt(Clerk::chief.path(Clerk::salary)))
        .select((Clerk::name, Clerk::chief.path(Clerk::name)));
    let expected = [(text("Ruth"), Some(text("Pete")))];
    assert_eq!(rows.all().unwrap(), expected);
}

/// What was sold at another price than was valid that day: the last price not after the purchase, by a correlated subquery.
#[test]
fn a_price_is_the_last_one_before_the_purchase() {
    let conn = bookshop();
    let valid = select::<PriceChange>()
        .correlate::<PurchaseLine>()
        .correlate::<Purchase>()
        .filter(PriceChange::book_id.eq(PurchaseLine::book_id))
        .filter(PriceChange::since.le(Purchase::placed))
        .order_by(PriceChange::since.desc())
        .limit(1)
        .select(PriceChange::price);
    let valid = scalar(valid);
    let rows = conn
        .query::<PurchaseLine>()
        .join(PurchaseLine::purchase)
        .filter(PurchaseLine::price.ne(valid.clone()))
        .select((PurchaseLine::purchase_id, PurchaseLine::price, valid));
    assert_eq!(rows.all().unwrap(), [(9, 1100, Some(1200))]);
}

/// The page behind the last row that was shown, newest first: a comparison with its key, without OFFSET.
#[test]
fn the_next_page_begins_behind_a_key() {
    let conn = bookshop();
    let (placed, id) = (day("2024-03-15"), 7);
    let same_day = Purchase::placed.eq(placed) & Purchase::id.lt(id);
    let page = conn
        .query::<Purchase>()
        .filter(Purchase::placed.lt(placed) | same_day)
        .order_by((Purchase::placed.desc(), Purchase::id.desc()))
        .limit(3)
        .select(Purchase::id);
    assert_eq!(page.all().unwrap(), [6, 5, 4]);
}

/// Customers by town, those of an unknown one last: COALESCE, and an order that says where NULL stands.
#[test]
fn unknown_towns_come_last_and_have_a_name() {
    let conn = bookshop();
    let rows = conn
        .query::<Customer>()
        .order_by((Customer::town.asc().nulls_last(), Customer::name.desc()))
        .select((Customer::name, func::coalesce(Customer::town, "unknown")))
        .all()
        .unwrap();
    let expected = [
        ("Eve", "Leeds"),
        ("Cid", "Leeds"),
        ("Ann", "Leeds"),
        ("Fay", "York"),
        ("Bob", "York"),
        ("Dee", "unknown"),
    ];
    assert_eq!(rows, expected.map(|(name, town)| (text(name), text(town))));
}

/// How many percent of their purchases customers cancelled, NULL where there is none: NULLIF keeps from dividing by zero.
#[test]
fn a_share_of_nothing_is_null() {
    let conn = bookshop();
    let all = func::count(Purchase::id);
    let cancelled = all.clone().filter(Purchase::status.eq("cancelled"));
    let percent = cancelled * 100 / func::nullif(all, 0);
    let rows = conn
        .query::<Customer>()
        .left_join(Customer::purchases)
        .group_by((Customer::id, Customer::name))
        .order_by(Customer::name)
        .select((Customer::name, percent))
        .all()
        .unwrap();
    let expected = [
        (text("Ann"), Some(0)),
        (text("Bob"), Some(0)),
        (text("Cid"), Some(50)),
        (text("Dee"), Some(0)),
        (text("Eve"), Some(0)),
        (text("Fay"), None),
    ];
    assert_eq!(rows, expected);
}

/// Which addresses are there more than once, however they are written: groups of the text in lower case.
#[test]
fn duplicates_are_groups_of_more_than_one() {
    let conn = bookshop();
    let address = func::lower(Contact::email);
    let rows = conn
        .query::<Contact>()
        .group_by(address.clone())
        .having(func::count_all().gt(1))
        .order_by(address.clone())
        .select((address, func::count_all(), func::max(Contact::seen)))
        .all()
        .unwrap();
    let expected = [
        (text("ann@x.org"), 3, Some(30)),
        (text("bob@x.org"), 2, Some(25)),
    ];
    assert_eq!(rows, expected);
}
