//! What the tests of types share: values that have to come back, and values that have to be refused.

/// Inserts each value, and reads it back: from the insert, and by a query that looks for it. What is read is compared by
/// `Debug`, which tells 1.0 from 1.00. NULL comes back too.
macro_rules! comes_back {
    ($conn:expr, $model:ident::$column:ident, $values:expr) => {
        $crate::features::schema::held::comes_back!(
            $conn,
            $model::$column,
            $model::$column,
            $values
        )
    };
    ($conn:expr, $model:ident::$column:ident, $looked_for:expr, $values:expr) => {{
        let conn = $conn;
        for value in $values {
            let insert = $model::insert().$column(value.clone());
            let inserted = conn.insert(insert).unwrap();
            let found = conn
                .query::<$model>()
                .filter($model::id.eq(inserted.id) & $looked_for.eq(value.clone()))
                .one()
                .unwrap();
            let written = format!("{:?}", Some(value));
            assert_eq!(format!("{:?}", inserted.$column), written);
            assert_eq!(format!("{:?}", found.$column), written);
        }
        let absent = conn.insert($model::insert().$column(None)).unwrap();
        assert_eq!(absent.$column, None);
    }};
}

/// Inserts each value, which is one that the database cannot hold. The errors are of one kind, and nothing is stored.
macro_rules! is_refused {
    ($conn:expr, $model:ident::$column:ident, $values:expr) => {
        $crate::features::schema::held::is_refused!(
            $conn,
            $model::$column,
            $values,
            aludel::ErrorKind::Data
        )
    };
    ($conn:expr, $model:ident::$column:ident, $values:expr, $kind:expr) => {{
        let conn = $conn;
        for value in $values {
            let shown = format!("{value:?}");
            let error = conn.insert($model::insert().$column(value));
            let error = error.map(drop).expect_err(&shown);
            assert_eq!(error.kind(), $kind, "{shown}: {error}");
            conn.rollback().unwrap();
        }
        assert_eq!(conn.query::<$model>().count().unwrap(), 0);
    }};
}

/// The same for the table `every_type`, where whoever uses it calls it `EveryType`.
macro_rules! round_trip {
    ($column:ident, $values:expr) => {
        $crate::features::schema::held::comes_back!(tables(), EveryType::$column, $values)
    };
    ($column:ident, $looked_for:expr, $values:expr) => {
        $crate::features::schema::held::comes_back!(
            tables(),
            EveryType::$column,
            $looked_for,
            $values
        )
    };
}

/// The same.
macro_rules! refused {
    ($column:ident, $values:expr) => {
        $crate::features::schema::held::is_refused!(tables(), EveryType::$column, $values)
    };
}

pub(super) use {comes_back, is_refused, refused, round_trip};
