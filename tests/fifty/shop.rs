//! The bookshop that the queries ask: its tables, and what is in them.

use aludel::{Connection, Engine};
use aludel_testing::models::{
    self, Book, BookWriter, Category, Clerk, Component, Contact, Customer, Footfall, Part,
    PriceChange, Purchase, PurchaseLine, Shift, Stock, StockMovement, Wish, Writer,
};
use chrono::NaiveDate;

/// A connection to a new database in memory, with the bookshop in it.
pub(crate) fn bookshop() -> Connection {
    let engine = Engine::new("sqlite://").unwrap();
    models::catalog().create_all(&engine).unwrap();
    let conn = engine.connect().unwrap();
    people(&conn);
    goods(&conn);
    trade(&conn);
    conn
}

/// A day, such as `2024-03-01`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What rows of text are compared with.
pub(crate) fn text(text: &str) -> String {
    text.to_owned()
}

/// Who writes, sells and buys.
fn people(conn: &Connection) {
    let rows = [
        (1, "Ada Brook", Some(1960)),
        (2, "Ben Castle", Some(1975)),
        (3, "Cleo Dane", None),
        (4, "Dov Ember", Some(1988)),
    ];
    let rows = rows.map(|(id, name, born)| Writer::insert().id(id).name(name).born(born));
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, "Ann", Some("Leeds"), "2024-01-03", Some(2)),
        (2, "Bob", Some("York"), "2024-01-20", Some(1)),
        (3, "Cid", Some("Leeds"), "2024-02-11", Some(1)),
        (4, "Dee", None, "2024-02-15", Some(2)),
        (5, "Eve", Some("Leeds"), "2024-03-01", Some(4)),
        (6, "Fay", Some("York"), "2024-03-09", None),
    ];
    let rows = rows.map(|(id, name, town, joined, referrer_id)| {
        Customer::insert()
            .id(id)
            .name(name)
            .town(town.map(text))
            .joined(day(joined))
            .referrer_id(referrer_id)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, "Olga", 5000, None),
        (2, "Pete", 4000, Some(1)),
        (3, "Quin", 4000, Some(1)),
        (4, "Ruth", 4500, Some(2)),
        (5, "Sam", 2500, Some(2)),
        (6, "Tess", 2500, Some(3)),
        (7, "Umar", 2600, Some(4)),
    ];
    let rows = rows.map(|(id, name, salary, chief_id)| {
        Clerk::insert()
            .id(id)
            .name(name)
            .salary(salary)
            .chief_id(chief_id)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, 2, 8, 12),
        (2, 3, 11, 15),
        (3, 4, 12, 18),
        (4, 5, 14, 16),
        (5, 6, 18, 22),
    ];
    let rows = rows.map(|(id, clerk_id, starts, ends)| {
        Shift::insert()
            .id(id)
            .clerk_id(clerk_id)
            .starts(starts)
            .ends(ends)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, "ann@x.org", Some("Ann"), 10),
        (2, "ANN@x.org", None, 30),
        (3, "bob@x.org", Some("Bob"), 20),
        (4, "bob@x.org", Some("Robert"), 25),
        (5, "cid@x.org", Some("Cid"), 5),
        (6, "Ann@x.org", Some("Annie"), 28),
    ];
    let rows = rows.map(|(id, email, name, seen)| {
        Contact::insert()
            .id(id)
            .email(email)
            .name(name.map(text))
            .seen(seen)
    });
    conn.insert_all(rows).unwrap();
}

/// What there is to sell.
fn goods(conn: &Connection) {
    let rows = [
        (1, "Books", None),
        (2, "Fiction", Some(1)),
        (3, "Crime", Some(2)),
        (4, "Poetry", Some(2)),
        (5, "Science", Some(1)),
        (6, "Physics", Some(5)),
        (7, "Maps", None),
    ];
    let rows =
        rows.map(|(id, name, parent_id)| Category::insert().id(id).name(name).parent_id(parent_id));
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, "Harbour Lights", 3, 1200, Some("A1")),
        (2, "The Cold Key", 3, 1500, Some("A2")),
        (3, "Night Train", 3, 900, Some("A3")),
        (4, "Small Songs", 4, 800, None),
        (5, "Winter Verses", 4, 1100, Some("A5")),
        (6, "Moving Bodies", 6, 3000, Some("A6")),
        (7, "Light and Time", 6, 2500, Some("A7")),
        (8, "Open Questions", 5, 2000, None),
    ];
    let rows = rows.map(|(id, title, category_id, price, isbn)| {
        Book::insert()
            .id(id)
            .title(title)
            .category_id(category_id)
            .price(price)
            .isbn(isbn.map(text))
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, 1, 100),
        (2, 1, 60),
        (2, 2, 40),
        (3, 2, 100),
        (4, 3, 100),
        (5, 1, 50),
        (5, 3, 50),
        (6, 2, 100),
        (7, 2, 70),
        (7, 3, 30),
        (8, 3, 100),
    ];
    let rows = rows.map(|(book_id, writer_id, share)| {
        BookWriter::insert()
            .book_id(book_id)
            .writer_id(writer_id)
            .share(share)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, "2024-01-01", 1000),
        (1, "2024-02-01", 1100),
        (1, "2024-03-10", 1200),
        (2, "2024-01-01", 1500),
        (6, "2024-01-01", 2800),
        (6, "2024-03-01", 3000),
    ];
    let rows = rows.map(|(book_id, since, price)| {
        PriceChange::insert()
            .book_id(book_id)
            .since(day(since))
            .price(price)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, "Gift box", None),
        (2, "Reading set", None),
        (3, "Lamp", None),
        (4, "Bulb", Some(300)),
        (5, "Frame", Some(900)),
        (6, "Bookmark", Some(50)),
        (7, "Ribbon", Some(20)),
    ];
    let rows = rows.map(|(id, name, cost)| Part::insert().id(id).name(name).cost(cost));
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, 2, 1),
        (1, 6, 1),
        (1, 7, 3),
        (2, 3, 1),
        (2, 6, 4),
        (3, 4, 2),
        (3, 5, 1),
    ];
    let rows = rows.map(|(whole_id, part_id, quantity)| {
        Component::insert()
            .whole_id(whole_id)
            .part_id(part_id)
            .quantity(quantity)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, 1),
        (1, 2),
        (1, 6),
        (2, 1),
        (2, 2),
        (3, 6),
        (5, 1),
        (5, 2),
        (5, 3),
    ];
    let rows =
        rows.map(|(customer_id, book_id)| Wish::insert().customer_id(customer_id).book_id(book_id));
    conn.insert_all(rows).unwrap();
}

/// What happened.
fn trade(conn: &Connection) {
    let rows = [
        (1, 1, "2024-01-05", "paid"),
        (2, 2, "2024-01-22", "paid"),
        (3, 1, "2024-02-10", "paid"),
        (4, 3, "2024-02-12", "cancelled"),
        (5, 3, "2024-02-28", "paid"),
        (6, 4, "2024-03-02", "paid"),
        (7, 1, "2024-03-15", "paid"),
        (8, 2, "2024-03-20", "open"),
        (9, 5, "2024-03-21", "paid"),
        (10, 4, "2024-05-06", "paid"),
    ];
    let rows = rows.map(|(id, customer_id, placed, status)| {
        Purchase::insert()
            .id(id)
            .customer_id(customer_id)
            .placed(day(placed))
            .status(status)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, 1, 1, 2, 1000),
        (1, 2, 6, 1, 2800),
        (2, 1, 2, 1, 1500),
        (3, 1, 1, 1, 1100),
        (3, 2, 3, 2, 900),
        (4, 1, 7, 1, 2500),
        (5, 1, 7, 1, 2500),
        (5, 2, 4, 3, 800),
        (6, 1, 6, 1, 3000),
        (6, 2, 1, 1, 1100),
        (7, 1, 2, 1, 1500),
        (7, 2, 5, 1, 1100),
        (8, 1, 3, 1, 900),
        (9, 1, 1, 1, 1100),
        (9, 2, 2, 1, 1500),
        (9, 3, 3, 1, 900),
        (10, 1, 5, 2, 1100),
    ];
    let rows = rows.map(|(purchase_id, number, book_id, quantity, price)| {
        PurchaseLine::insert()
            .purchase_id(purchase_id)
            .number(number)
            .book_id(book_id)
            .quantity(quantity)
            .price(price)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        (1, 1, "2024-01-02", 10),
        (2, 1, "2024-01-05", -2),
        (3, 1, "2024-02-10", -1),
        (4, 2, "2024-01-02", 4),
        (5, 2, "2024-01-22", -1),
        (6, 1, "2024-03-02", -1),
        (7, 2, "2024-03-15", -1),
        (8, 6, "2024-01-02", 3),
        (9, 6, "2024-01-05", -1),
        (10, 6, "2024-03-02", -1),
    ];
    let rows = rows.map(|(id, book_id, moved, change)| {
        StockMovement::insert()
            .id(id)
            .book_id(book_id)
            .moved(day(moved))
            .change(change)
    });
    conn.insert_all(rows).unwrap();
    let rows = [(1, 5, 1), (2, 2, 1)];
    let rows = rows.map(|(book_id, on_hand, counted)| {
        Stock::insert()
            .book_id(book_id)
            .on_hand(on_hand)
            .counted(counted)
    });
    conn.insert_all(rows).unwrap();
    let rows = [
        ("2024-03-01", 30),
        ("2024-03-02", 45),
        ("2024-03-03", 40),
        ("2024-03-05", 20),
        ("2024-03-06", 35),
        ("2024-03-08", 50),
        ("2024-03-09", 60),
        ("2024-03-10", 55),
    ];
    let rows = rows.map(|(date, visitors)| Footfall::insert().day(day(date)).visitors(visitors));
    conn.insert_all(rows).unwrap();
}
