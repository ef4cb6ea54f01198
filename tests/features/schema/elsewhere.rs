//! m09, m17, r02: a schema that was written for another database, with enums and a type for each key.

use aludel::{
    Connection, ErrorKind,
    prelude::{Expression, Model},
    types::Decimal,
};
use aludel_testing::shop::{
    self, Customer, CustomerId, Mood, Purchase, PurchaseId, PurchaseTag, Tag,
};

use crate::backend::connection as with_tables;

/// Ed bought tea, which is green and hot, and cake; al bought nothing.
fn shop() -> Connection {
    let conn = with_tables(shop::catalog());
    for name in ["ed", "al"] {
        conn.insert(Customer::insert().name(name)).unwrap();
    }
    for what in ["tea", "cake"] {
        let purchase = Purchase::insert().customer_id(CustomerId(1)).what(what);
        conn.insert(purchase).unwrap();
    }
    for name in ["green", "hot", "rare"] {
        let tag = conn.insert(Tag::insert().name(name)).unwrap();
        let of_tea = PurchaseTag::insert()
            .purchase_id(PurchaseId(1))
            .tag_id(tag.id);
        if name != "rare" {
            conn.insert(of_tea).unwrap();
        }
    }
    conn
}

#[test]
fn m09_a_schema_for_postgres_creates_its_tables_on_sqlite() {
    let conn = with_tables(shop::catalog());
    let ed = conn.insert(Customer::insert().name("ed")).unwrap();
    assert_eq!(ed.id, CustomerId(1));
    assert_eq!((ed.mood, ed.before), (Mood::Happy, None));
    assert_eq!(ed.price, Some(Decimal::from_str_exact("1.50").unwrap()));
    assert!(ed.seen.timestamp() > 0);
    let ratio = conn.insert(Customer::insert().name("al").ratio(0.1_f32).small(i16::MIN));
    let ratio = ratio.unwrap();
    assert_eq!((ratio.ratio, ratio.small), (Some(0.1), Some(i16::MIN)));
}

#[test]
fn m03_the_tables_refuse_what_the_schema_refuses() {
    let conn = shop();
    let nobody = Purchase::insert().customer_id(CustomerId(9)).what("tea");
    let error = conn.insert(nobody).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ForeignKeyViolation);
    let again = conn.insert(Tag::insert().name("hot")).unwrap_err();
    assert_eq!(again.kind(), ErrorKind::UniqueViolation);
    let cleared = conn.delete::<PurchaseTag>().all_rows();
    assert_eq!(cleared.execute().unwrap(), 2);
    let customers = conn.delete::<Customer>().all_rows().execute();
    assert_eq!(customers.unwrap(), 2);
    assert_eq!(conn.query::<Purchase>().count().unwrap(), 0);
}

#[test]
fn r02_many_to_many_is_joined_through_the_table_in_between() {
    let conn = shop();
    let tags = conn
        .query::<Purchase>()
        .join(Purchase::tags)
        .order_by(Tag::name)
        .select((Purchase::what, Tag::name))
        .all()
        .unwrap();
    let tags: Vec<_> = tags.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(tags, [("tea", "green"), ("tea", "hot")]);
    let without = conn
        .query::<Tag>()
        .left_join(Tag::purchases)
        .filter(Purchase::id.is_null())
        .select((Tag::name, Purchase::entity()));
    assert_eq!(without.one().unwrap(), ("rare".to_owned(), None));
    let buyers = conn
        .query::<Tag>()
        .join(Tag::purchases)
        .join(Purchase::customer)
        .filter(Tag::name.eq("hot"))
        .select(Customer::name);
    assert_eq!(buyers.one().unwrap(), "ed");
}

#[test]
fn q01_a_unique_key_has_a_finder() {
    let conn = shop();
    let hot = Tag::by_name("hot").on(&conn).one().unwrap();
    assert_eq!(hot.name, "hot");
    assert_eq!(Tag::by_name("cold").on(&conn).one_or_none().unwrap(), None);
    let also = Tag::by_name("hot").filter(Tag::id.gt(shop::TagId(99)));
    assert!(!also.on(&conn).exists().unwrap());
}

#[test]
fn m09_what_a_database_cannot_hold_is_unsupported_and_nothing_is_created() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("new.db");
    let file = folder.path().join("schema.sql");
    let sql = "CREATE TABLE plain (id int PRIMARY KEY); CREATE TABLE listed (tags text[]);";
    std::fs::write(&file, sql).unwrap();
    let inspected = aludel_build::inspect(&[file], aludel_build::Dialect::Postgres).unwrap();
    let catalog =
        aludel::Catalog::from_json(Box::leak(inspected.catalog.to_json().into_boxed_str()));
    let engine = aludel::Engine::new(format!("sqlite:///{}", database.display())).unwrap();
    let error = catalog.create_all(&engine).unwrap_err();
    assert!(error.is_unsupported(), "{error:?}");
    assert!(error.message().contains("text[]"), "{error}");
    let written = std::fs::metadata(&database).map_or(0, |file| file.len());
    assert_eq!(written, 0, "not even the table that it could hold");
}
