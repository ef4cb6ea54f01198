//! SQLite and this compute the same.

use std::ops::ControlFlow;

use super::{
    ALIAS, THING, among, between, binary, bound, column, float, holds, int, is_null, negative, not,
    of, truth,
};
use crate::{
    Connection, Engine,
    dialect::Sqlite,
    sql::{self, Binary, Node, Query, Select, Statement},
    value::{Value, ValueRef},
};

/// Numbers that are the same at each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn whole(&mut self) -> i64 {
        self.one(&[-3, -2, -1, 0, 0, 1, 1, 2, 3, 7, 1000, i64::MIN, i64::MAX])
    }

    fn real(&mut self) -> f64 {
        self.one(&[-2.5, -1.0, 0.0, 0.5, 1.0, 3.0, 0.1, -0.3, 1e15, 1e300])
    }

    /// NULL now and then.
    fn or_null(&mut self, value: Value) -> Value {
        if self.below(4) == 0 {
            Value::Null
        } else {
            value
        }
    }

    /// A row of the table: a, b, c, d, e and f, of which every other can be NULL.
    fn row(&mut self) -> Vec<Value> {
        let numbers = [self.whole(), self.whole()].map(Value::Int);
        let truths = [self.below(2), self.below(2)].map(|number| Value::Bool(number == 1));
        let reals = [self.real(), self.real()].map(Value::Float);
        let mut row = Vec::new();
        for [always, sometimes] in [numbers, truths, reals] {
            row.push(always);
            row.push(self.or_null(sometimes));
        }
        row
    }

    fn number(&mut self, depth: usize) -> Node {
        let operators = [
            Binary::Add,
            Binary::Subtract,
            Binary::Multiply,
            Binary::DivideWhole,
            Binary::Remainder,
        ];
        match self.below(if depth == 0 { 4 } else { 9 }) {
            0 | 1 => column(self.below(2)),
            2 | 3 => int(self.whole()),
            4 => negative(self.number(depth - 1)),
            _ => {
                let operator = self.one(&operators);
                binary(self.number(depth - 1), operator, self.number(depth - 1))
            }
        }
    }

    fn float(&mut self, depth: usize) -> Node {
        let operators = [
            Binary::Add,
            Binary::Subtract,
            Binary::Multiply,
            Binary::Divide,
        ];
        match self.below(if depth == 0 { 4 } else { 9 }) {
            0 | 1 => column(4 + self.below(2)),
            2 | 3 => float(self.real()),
            4 => negative(self.float(depth - 1)),
            _ => {
                let operator = self.one(&operators);
                binary(self.float(depth - 1), operator, self.float(depth - 1))
            }
        }
    }

    /// Any expression; `kind` says of what.
    fn any(&mut self, kind: usize, depth: usize) -> Node {
        match kind {
            0 => self.number(depth),
            1 => self.float(depth),
            _ => self.condition(depth),
        }
    }

    fn condition(&mut self, depth: usize) -> Node {
        let Some(depth) = depth.checked_sub(1) else {
            return match self.below(3) {
                0 => truth(self.one(&[None, Some(false), Some(true)])),
                _ => column(2 + self.below(2)),
            };
        };
        let comparisons = [
            Binary::Equal,
            Binary::NotEqual,
            Binary::NullSafeEqual,
            Binary::Less,
            Binary::LessOrEqual,
            Binary::Greater,
            Binary::GreaterOrEqual,
        ];
        let kind = self.below(3);
        match self.below(10) {
            0 => not(self.condition(depth)),
            1 => is_null(self.any(kind, depth)),
            2 => {
                let list = (0..self.below(4)).map(|_| self.item(kind)).collect();
                among(self.any(kind, depth), list)
            }
            3 => between(
                self.any(kind, depth),
                self.any(kind, depth),
                self.any(kind, depth),
            ),
            4 => Node::Grouped(Box::new(self.condition(depth))),
            5 | 6 => {
                let operator = self.one(&[Binary::And, Binary::Or]);
                binary(self.condition(depth), operator, self.condition(depth))
            }
            _ => {
                let operator = self.one(&comparisons);
                binary(self.any(kind, depth), operator, self.any(kind, depth))
            }
        }
    }

    fn item(&mut self, kind: usize) -> Node {
        if self.below(5) == 0 {
            bound(Value::Null)
        } else {
            self.any(kind, 0)
        }
    }
}

fn database(connection: &Connection, row: &[Value]) {
    let create = "CREATE TABLE things (a INTEGER NOT NULL, b INTEGER, c BOOLEAN NOT NULL, d BOOLEAN, e REAL NOT NULL, f REAL)";
    let values: Vec<ValueRef<'_>> = row.iter().map(Value::as_ref).collect();
    connection
        .execute_sql("DROP TABLE IF EXISTS things", &[])
        .unwrap();
    connection.execute_sql(create, &[]).unwrap();
    connection
        .execute_sql("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?)", &values)
        .unwrap();
}

/// The rows that SQLite gives for a query of the only row.
fn rows(connection: &Connection, select: Select) -> Vec<Value> {
    let query = Query::Select(select);
    let statement = Statement::Select {
        query: (&query).into(),
        at_most: None,
    };
    let rendered = statement.render(&Sqlite).unwrap();
    let mut rows = Vec::new();
    connection
        .query_sql(&rendered.sql, &rendered.parameters, false, &mut |row| {
            rows.extend(row.values()?);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    rows
}

fn from_things(columns: Vec<Node>, filter: Vec<Node>) -> Select {
    Select {
        columns,
        filter,
        from: vec![sql::From {
            join: sql::Join::Listed,
            table: &THING,
            alias: ALIAS,
            derived: None,
        }],
        ..Select::default()
    }
}

/// A value as SQLite gives it.
fn as_stored(value: Value) -> Value {
    match value {
        Value::Bool(truth) => Value::Int(i64::from(truth)),
        other => other,
    }
}

#[test]
fn q12_sqlite_computes_the_same_for_thousands_of_expressions() {
    let engine = Engine::new("sqlite://").unwrap();
    let connection = engine.connect().unwrap();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut computed, mut held) = (0, 0);
    for _ in 0..60 {
        let row = dice.row();
        database(&connection, &row);
        for _ in 0..100 {
            let kind = dice.below(5);
            let node = dice.any(kind, 4);
            let Ok(value) = of(&node, &row) else {
                continue;
            };
            computed += 1;
            let found = rows(&connection, from_things(vec![node.clone()], vec![]));
            assert_eq!(found, [as_stored(value)], "{node:?} of {row:?}");
            if kind < 2 {
                continue;
            }
            let conditions = [node];
            let column = |position: usize| row[position].clone();
            let holds = holds(&conditions, &THING, ALIAS, &column).unwrap();
            let found = rows(&connection, from_things(vec![int(1)], conditions.to_vec()));
            assert_eq!(found.len(), usize::from(holds), "{conditions:?} of {row:?}");
            held += usize::from(holds);
        }
    }
    // Most were computed, and enough of both answers were among them.
    assert!(computed > 3_000, "{computed}");
    assert!(held > 500, "{held}");
}
