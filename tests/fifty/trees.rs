//! Trees and graphs: recursive common table expressions.

use aludel::prelude::{Derived, Expression, Model, func, select};
use aludel_testing::models::{Book, Category, Clerk, Component, Customer, Part, PurchaseLine};

use crate::shop::{bookshop, text};

aludel::derived! {
    struct Trail { id: i64, path: String, depth: i64 }
}

/// Where each category stands, as a path from the top: the text grows with each step down.
#[test]
fn categories_have_a_path_from_the_top() {
    let conn = bookshop();
    let tops = select::<Category>()
        .filter(Category::parent_id.is_null())
        .select((Category::id, Category::name, func::value::<i64>(0)));
    let trails = Trail::recursive(tops, |trail| {
        select::<Category>()
            .join_on(trail, Category::parent_id.eq(Trail::id))
            .select((
                Category::id,
                Trail::path + " > " + Category::name,
                Trail::depth + 1,
            ))
    });
    let rows = trails
        .query()
        .order_by(Trail::path)
        .select((Trail::path, Trail::depth))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        (text("Books"), 0),
        (text("Books > Fiction"), 1),
        (text("Books > Fiction > Crime"), 2),
        (text("Books > Fiction > Poetry"), 2),
        (text("Books > Science"), 1),
        (text("Books > Science > Physics"), 2),
        (text("Maps"), 0),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Within { top_id: i64, id: i64 }
}

/// How many copies sold in each category and all below it: every category with each one within, then a sum.
#[test]
fn a_category_includes_those_below_it() {
    let conn = bookshop();
    let each = select::<Category>().select((Category::id, Category::id));
    let within = Within::recursive(each, |within| {
        select::<Category>()
            .join_on(within, Category::parent_id.eq(Within::id))
            .select((Within::top_id, Category::id))
    });
    let copies = func::coalesce(func::sum(PurchaseLine::quantity), 0);
    let rows = conn
        .query::<Category>()
        .join_on(&within, Within::top_id.eq(Category::id))
        .left_join_on(Book::entity(), Book::category_id.eq(Within::id))
        .left_join(Book::purchase_lines)
        .group_by((Category::id, Category::name))
        .order_by(Category::name)
        .select((Category::name, copies))
        .all()
        .unwrap();
    let expected = [
        (text("Books"), 22),
        (text("Crime"), 12),
        (text("Fiction"), 18),
        (text("Maps"), 0),
        (text("Physics"), 4),
        (text("Poetry"), 6),
        (text("Science"), 4),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Chain { id: i64, chief_id: Option<i64>, steps: i64 }
}

/// Who stands above a clerk, and how many steps: from one row up to the top.
#[test]
fn the_chiefs_of_a_clerk_are_found_step_by_step() {
    let conn = bookshop();
    let umar = select::<Clerk>().filter(Clerk::name.eq("Umar")).select((
        Clerk::id,
        Clerk::chief_id,
        func::value::<i64>(0),
    ));
    let chain = Chain::recursive(umar, |chain| {
        select::<Clerk>()
            .join_on(chain, Clerk::id.eq(Chain::chief_id))
            .select((Clerk::id, Clerk::chief_id, Chain::steps + 1))
    });
    let rows = conn
        .query::<Clerk>()
        .join_on(&chain, Chain::id.eq(Clerk::id))
        .filter(Chain::steps.gt(0))
        .order_by(Chain::steps)
        .select((Clerk::name, Chain::steps))
        .all()
        .unwrap();
    assert_eq!(
        rows,
        [(text("Ruth"), 1), (text("Pete"), 2), (text("Olga"), 3)]
    );
}

aludel::derived! {
    struct Needed { part_id: i64, number: i64 }
}

/// What has to be bought for a gift box, how often, and for how much: numbers multiply on the way down, and add up at the end.
#[test]
fn a_bill_of_materials_multiplies_on_the_way_down() {
    let conn = bookshop();
    let one = select::<Part>()
        .filter(Part::name.eq("Gift box"))
        .select((Part::id, func::value::<i64>(1)));
    let needed = Needed::recursive(one, |needed| {
        select::<Component>()
            .join_on(needed, Component::whole_id.eq(Needed::part_id))
            .select((Component::part_id, Needed::number * Component::quantity))
    });
    let number = func::sum(Needed::number);
    let rows = needed
        .query()
        .join_on(Part::entity(), Part::id.eq(Needed::part_id))
        .filter(Part::cost.is_not_null())
        .group_by((Part::id, Part::name, Part::cost))
        .order_by(Part::name)
        .select((Part::name, number.clone(), number * Part::cost))
        .on(&conn)
        .all()
        .unwrap();
    let expected = [
        (text("Bookmark"), Some(5), Some(250)),
        (text("Bulb"), Some(2), Some(600)),
        (text("Frame"), Some(1), Some(900)),
        (text("Ribbon"), Some(3), Some(60)),
    ];
    assert_eq!(rows, expected);
}

aludel::derived! {
    struct Referred { id: Option<i64> }
}

/// Who led to a customer by referring others, though two refer to each other: rows that were there already end the search.
#[test]
fn a_search_ends_where_references_lead_in_a_circle() {
    let conn = bookshop();
    let eve = select::<Customer>().filter(Customer::name.eq("Eve"));
    let referred = Referred::recursive_distinct(eve.select(Customer::referrer_id), |referred| {
        select::<Customer>()
            .join_on(referred, Customer::id.eq(Referred::id))
            .select(Customer::referrer_id)
    });
    let names = conn
        .query::<Customer>()
        .join_on(&referred, Referred::id.eq(Customer::id))
        .order_by(Customer::name)
        .select(Customer::name)
        .all()
        .unwrap();
    assert_eq!(names, ["Ann", "Bob", "Dee"]);
}
