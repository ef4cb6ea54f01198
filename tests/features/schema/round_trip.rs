//! Values of the table `every_type` on their way to a database and back. Whoever uses these names `EveryType` and `tables`.

/// Inserts each value, and reads it back: from the insert, and by a query that looks for it. What is read is compared by
/// `Debug`, which tells 1.0 from 1.00.
macro_rules! round_trip {
    ($column:ident, $values:expr) => {
        round_trip!($column, EveryType::$column, $values)
    };
    ($column:ident, $looked_for:expr, $values:expr) => {{
        let conn = tables();
        for value in $values {
            let insert = EveryType::insert().$column(value.clone());
            let inserted = conn.insert(insert).unwrap();
            let found = conn
                .query::<EveryType>()
                .filter(EveryType::id.eq(inserted.id) & $looked_for.eq(value.clone()))
                .one()
                .unwrap();
            let written = format!("{:?}", Some(value));
            assert_eq!(format!("{:?}", inserted.$column), written);
            assert_eq!(format!("{:?}", found.$column), written);
        }
        let absent = conn.insert(EveryType::insert().$column(None)).unwrap();
        assert_eq!(absent.$column, None);
    }};
}

/// Inserts each value, which is one that the database cannot hold.
macro_rules! refused {
    ($column:ident, $values:expr) => {{
        let conn = tables();
        for value in $values {
            let shown = format!("{value:?}");
            let error = conn.insert(EveryType::insert().$column(value));
            let error = error.map(drop).expect_err(&shown);
            assert_eq!(error.kind(), ErrorKind::Data, "{shown}: {error}");
            conn.rollback().unwrap();
        }
    }};
}

pub(super) use {refused, round_trip};
