//! x01: statements that are too large.

use aludel::{ErrorKind, prelude::*};
use aludel_testing::server::Kind;
use aludel_tour::Girl;

use super::{ask, girls, names, on_shared, refused};

#[test]
fn x01_more_parameters_than_a_statement_may_have_are_refused_before_anything_is_sent() {
    on_shared(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        let values: Vec<String> = (0..65_536).map(|number| number.to_string()).collect();
        let query = connection.query::<Girl>().filter(Girl::name.in_(values));
        let error = refused(server, || query.all());
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error:?}");
        assert!(error.message().contains("65535"), "{error}");
        assert!(!connection.in_transaction(), "nothing was sent");
        assert_eq!(ask(&connection).unwrap(), 7);
    });
}

#[test]
fn x01_a_value_that_the_server_does_not_take_is_a_data_error_and_costs_nothing() {
    on_shared(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        connection.insert(Girl::insert().name("ann")).unwrap();
        let large = "x".repeat(40 << 20);
        let length = large.len();
        let query = || select_row(func::value::<String>(large.clone())).on(&connection);
        match server.kind() {
            // It takes up to a gigabyte.
            Kind::Postgres => assert_eq!(query().one().unwrap().len(), length),
            Kind::MariaDb => {
                let error = refused(server, || query().one());
                assert_eq!(error.kind(), ErrorKind::Data, "{error:?}");
                assert!(error.message().contains("max_allowed_packet"), "{error}");
                assert!(error.to_string().len() < 1_000);
            }
        }
        assert_eq!(names(&connection), ["ann"]);
        let too_long = refused(server, || {
            connection
                .transact(|connection| connection.insert(Girl::insert().name("x".repeat(1_000))))
        });
        assert_eq!(too_long.kind(), ErrorKind::Data, "{too_long:?}");
        connection.commit().unwrap();
        assert_eq!(names(&connection), ["ann"]);
    });
}
