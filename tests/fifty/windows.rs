//! Window functions: what a row is among the rows around it.

use aludel::{
    prelude::{Derived, Expression, Model, func, select, window},
    query::Bound,
};
use aludel_testing::models::{
    Book, Category, Clerk, Customer, Footfall, Purchase, PurchaseLine, StockMovement,
};
use chrono::NaiveDate;

use crate::shop::{bookshop, day, text};

aludel::derived! {
    struct Seller { category: String, title: String, copies: Option<i64>, place: i64 }
}

/// The two books of each category that sold best: a rank over groups, filtered around a derived table.
#[test]
fn the_top_two_of_each_category_are_found_by_their_rank() {
    let conn = bookshop();
    let copies = func::sum(PurchaseLine::quantity);
    let by_copies = window()
        .partition_by(Category::id)
        .order_by((copies.clone().desc(), Book::title));
    let sellers = Seller::cte(
        select::<PurchaseLine>()
            .join(PurchaseLine::book)
            .join(Book::category)
            .group_by((Category::id, Category::name, Book::title))
            .select((
                Category::name,
                Book::title,
                copies,
                func::rank().over(by_copies),
            )),
    );
    let rows = sellers
        .query()
        .filter(Seller::place.le(2))
        .order_by((Seller::category, Seller::place))
        .select((Seller::category, Seller::title, Seller::copies))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        (text("Crime"), text("Harbour Lights"), Some(5)),
        (text("Crime"), text("Night Train"), Some(4)),
        (text("Physics"), text("Light and Time"), Some(2)),
        (text("Physics"), text("Moving Bodies"), Some(2)),
        (text("Poetry"), text("Small Songs"), Some(3)),
        (text("Poetry"), text("Winter Verses"), Some(3)),
    ];
    assert_eq!(rows, expected);
}

/// How many copies were there after each movement: SUM over all rows up to the current one.
#[test]
fn stock_is_a_running_total_of_movements() {
    let conn = bookshop();
    let so_far = window()
        .partition_by(StockMovement::book_id)
        .order_by(StockMovement::moved)
        .rows(Bound::UnboundedPreceding, Bound::CurrentRow);
    let rows = conn
        .query::<StockMovement>()
        .filter(StockMovement::book_id.in_([1, 2]))
        .order_by((StockMovement::book_id, StockMovement::moved))
        .select((
            StockMovement::book_id,
            StockMovement::moved,
            func::sum(StockMovement::change).over(so_far),
        ))
        .all()
        .unwrap();
    let expected = [
        (1, day("2024-01-02"), Some(10)),
        (1, day("2024-01-05"), Some(8)),
        (1, day("2024-02-10"), Some(7)),
        (1, day("2024-03-02"), Some(6)),
        (2, day("2024-01-02"), Some(4)),
        (2, day("2024-01-22"), Some(3)),
        (2, day("2024-03-15"), Some(2)),
    ];
    assert_eq!(rows, expected);
}

/// The average of each day and the two before, rounded: AVG over a frame that moves along.
#[test]
fn a_moving_average_looks_at_three_rows() {
    let conn = bookshop();
    let three = window()
        .order_by(Footfall::day)
        .rows(Bound::Preceding(2), Bound::CurrentRow);
    let average = func::round(func::avg(Footfall::visitors).over(three), 1);
    let averages = conn
        .query::<Footfall>()
        .order_by(Footfall::day)
        .select(average)
        .all()
        .unwrap();
    let expected = [30.0, 37.5, 38.3, 35.0, 31.7, 35.0, 48.3, 55.0];
    assert_eq!(averages, expected.map(Some));
}

/// On which day each customer bought first and last: FIRST_VALUE and LAST_VALUE over the whole group, each customer once.
#[test]
fn the_first_and_the_last_purchase_stand_side_by_side() {
    let conn = bookshop();
    let of_customer = window()
        .partition_by(Customer::id)
        .order_by(Purchase::placed)
        .rows(Bound::UnboundedPreceding, Bound::UnboundedFollowing);
    let rows = conn
        .query::<Customer>()
        .join(Customer::purchases)
        .distinct()
        .order_by(Customer::name)
        .select((
            Customer::name,
            func::first_value(Purchase::placed).over(of_customer.clone()),
            func::last_value(Purchase::placed).over(of_customer),
        ))
        .all()
        .unwrap();
    let expected = [
        ("Ann", "2024-01-05", "2024-03-15"),
        ("Bob", "2024-01-22", "2024-03-20"),
        ("Cid", "2024-02-12", "2024-02-28"),
        ("Dee", "2024-03-02", "2024-05-06"),
        ("Eve", "2024-03-21", "2024-03-21"),
    ];
    let expected =
        expected.map(|(name, first, last)| (text(name), Some(day(first)), Some(day(last))));
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Latest { purchase_id: i64, place: i64 }
}

/// The last purchase of each customer, as a whole row: the first by ROW_NUMBER from the end.
#[test]
fn the_latest_row_of_each_group_is_given_whole() {
    let conn = bookshop();
    let from_the_end = window()
        .partition_by(Purchase::customer_id)
        .order_by(Purchase::placed.desc());
    let latest = Latest::cte(
        select::<Purchase>().select((Purchase::id, func::row_number().over(from_the_end))),
    );
    let rows = conn
        .query::<Purchase>()
        .join_on(
            &latest,
            Latest::purchase_id.eq(Purchase::id) & Latest::place.eq(1),
        )
        .join(Purchase::customer)
        .order_by(Customer::name)
        .select((Customer::name, Purchase::entity()))
        .all()
        .unwrap();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, purchase)| (name, purchase.id, purchase.status))
        .collect();
    let expected = [
        (text("Ann"), 7, text("paid")),
        (text("Bob"), 8, text("open")),
        (text("Cid"), 5, text("paid")),
        (text("Dee"), 10, text("paid")),
        (text("Eve"), 9, text("paid")),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Numbered { day: NaiveDate, visitors: i64, island: f64 }
}

/// From when to when the shop was open without a break: days minus their number are equal within an island.
#[test]
fn islands_are_days_that_follow_each_other() {
    let conn = bookshop();
    let number = func::row_number().over(window().order_by(Footfall::day));
    let julian = func::call::<f64, _>("julianday", Footfall::day);
    let numbered = Numbered::cte(select::<Footfall>().select((
        Footfall::day,
        Footfall::visitors,
        julian - number.cast::<f64>(),
    )));
    let start = func::min(Numbered::day);
    let rows = numbered
        .query()
        .group_by(Numbered::island)
        .order_by(start.clone())
        .select((
            start,
            func::max(Numbered::day),
            func::count_all(),
            func::sum(Numbered::visitors),
        ))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        ("2024-03-01", "2024-03-03", 3, 115),
        ("2024-03-05", "2024-03-06", 2, 55),
        ("2024-03-08", "2024-03-10", 3, 165),
    ];
    let expected =
        expected.map(|(from, to, days, sum)| (Some(day(from)), Some(day(to)), days, Some(sum)));
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Followed { day: NaiveDate, next: Option<NaiveDate> }
}

/// From when to when the shop was closed: a day and the next one by LEAD, where more than a day lies between.
#[test]
fn gaps_lie_between_a_day_and_the_next() {
    let conn = bookshop();
    let next = func::lead(Footfall::day, 1).over(window().order_by(Footfall::day));
    let followed = Followed::cte(select::<Footfall>().select((Footfall::day, next)));
    let from = func::call::<f64, _>("julianday", Followed::day);
    let to = func::call::<Option<f64>, _>("julianday", Followed::next);
    let shifted = |by: &str| func::value::<String>(by);
    let rows = followed
        .query()
        .filter((to - from).gt(1))
        .order_by(Followed::day)
        .select((
            func::call::<NaiveDate, _>("date", (Followed::day, shifted("+1 day"))),
            func::call::<NaiveDate, _>("date", (Followed::next, shifted("-1 day"))),
        ))
        .on(&conn)
        .all()
        .unwrap();
    let closed = ["2024-03-04", "2024-03-07"].map(day);
    assert_eq!(rows, closed.map(|day| (day, day)));
}

aludel::derived! {
    struct Revenue { title: String, revenue: Option<i64> }
}

/// What share of the revenue of its category each book has, in percent: a sum of groups, over all of them.
#[test]
fn shares_are_percent_of_a_total() {
    let conn = bookshop();
    let revenues = Revenue::cte(
        select::<PurchaseLine>()
            .join(PurchaseLine::book)
            .filter(Book::category.path(Category::name).eq("Crime"))
            .group_by(Book::title)
            .select((
                Book::title,
                func::sum(PurchaseLine::quantity * PurchaseLine::price),
            )),
    );
    let total = func::sum(Revenue::revenue).over(window());
    let share = (Revenue::revenue * 100).cast::<f64>() / total.cast::<f64>();
    let rows = revenues
        .query()
        .order_by(Revenue::revenue.desc())
        .select((Revenue::title, func::round(share, 1)))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        (text("Harbour Lights"), Some(39.6)),
        (text("The Cold Key"), Some(33.6)),
        (text("Night Train"), Some(26.9)),
    ];
    assert_eq!(rows, expected);
}

/// Who earns most, second, and so on: RANK leaves a gap behind equals, DENSE_RANK does not.
#[test]
fn equals_have_the_same_rank() {
    let conn = bookshop();
    let by_salary = window().order_by(Clerk::salary.desc());
    let rows = conn
        .query::<Clerk>()
        .order_by((Clerk::salary.desc(), Clerk::name))
        .select((
            Clerk::name,
            func::rank().over(by_salary.clone()),
            func::dense_rank().over(by_salary),
        ))
        .all()
        .unwrap();
    let expected = [
        (text("Olga"), 1, 1),
        (text("Ruth"), 2, 2),
        (text("Pete"), 3, 3),
        (text("Quin"), 3, 3),
        (text("Umar"), 5, 4),
        (text("Sam"), 6, 5),
        (text("Tess"), 6, 5),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Cumulated { title: String, revenue: Option<i64>, so_far: Option<i64>, total: Option<i64> }
}

/// The fewest books that make 60 percent of the revenue: a running total of sums, less the row itself, against the total.
#[test]
fn few_books_make_most_of_the_revenue() {
    let conn = bookshop();
    let revenues = Revenue::cte(
        select::<PurchaseLine>()
            .join(PurchaseLine::book)
            .group_by(Book::title)
            .select((
                Book::title,
                func::sum(PurchaseLine::quantity * PurchaseLine::price),
            )),
    );
    let so_far = window()
        .order_by((Revenue::revenue.desc(), Revenue::title))
        .rows(Bound::UnboundedPreceding, Bound::CurrentRow);
    let cumulated = Cumulated::cte(revenues.query().select((
        Revenue::title,
        Revenue::revenue,
        func::sum(Revenue::revenue).over(so_far),
        func::sum(Revenue::revenue).over(window()),
    )));
    let before = Cumulated::so_far - Cumulated::revenue;
    let rows = cumulated
        .query()
        .filter((before * 10).lt(Cumulated::total * 6))
        .order_by(Cumulated::revenue.desc())
        .select((Cumulated::title, Cumulated::revenue))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        (text("Moving Bodies"), Some(5800)),
        (text("Harbour Lights"), Some(5300)),
        (text("Light and Time"), Some(5000)),
        (text("The Cold Key"), Some(4500)),
    ];
    assert_eq!(rows, expected);
}

/// By how much each month was better than the one before: LAG of a sum, over groups.
#[test]
fn a_month_is_compared_with_the_one_before() {
    let conn = bookshop();
    let month = func::call::<String, _>(
        "strftime",
        (func::value::<String>("%Y-%m"), Purchase::placed),
    );
    let revenue = func::sum(PurchaseLine::quantity * PurchaseLine::price);
    let before = func::lag(revenue.clone(), 1).over(window().order_by(month.clone()));
    let rows = conn
        .query::<Purchase>()
        .join(Purchase::purchase_lines)
        .group_by(month.clone())
        .order_by(month.clone())
        .select((month, revenue.clone(), revenue - before))
        .all()
        .unwrap();
    let expected = [
        (text("2024-01"), Some(6300), None),
        (text("2024-02"), Some(10300), Some(4000)),
        (text("2024-03"), Some(11100), Some(800)),
        (text("2024-05"), Some(2200), Some(-8900)),
    ];
    assert_eq!(rows, expected);
}
