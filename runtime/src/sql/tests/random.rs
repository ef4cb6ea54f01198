//! Fingerprints and texts agree, whatever the tree.

use std::collections::HashMap;

use super::{
    DIALECTS, Tree,
    tables::{ENTRY, HOBBY, PERSON, TO_BOSS, TO_CLUB, TO_HOBBY},
    trees::{
        aliased, binary, call, case, cast, column, descending, filtered, joined, label, like, not,
        on_hobby, order, path, query, row, table,
    },
};
use crate::{
    dialect::Dialect,
    sql::{
        Binary, BuildPassThrough, CastType, Delete, Fingerprint, Function, Join, Node, Nulls,
        Select, Update, tests::trees::set,
    },
    value::Value,
};

/// Numbers that are the same at each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn often(&mut self) -> bool {
        self.below(3) == 0
    }

    fn some<T>(&mut self, most: u64, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| one(self)).collect()
    }
}

/// A tree of one shape from one seed; `values` changes nothing but its values.
struct Maker {
    shape: Dice,
    values: Dice,
}

impl Maker {
    fn value(&mut self) -> Node {
        let number = self.values.below(1000);
        Node::Parameter(match self.shape.below(4) {
            0 => Value::Text(format!("text {number}").into()),
            1 => Value::Float(number as f64),
            _ => Value::Int(number as i64),
        })
    }

    fn column(&mut self) -> Node {
        match self.shape.below(6) {
            0 => column(&HOBBY, self.shape.below(3) as usize),
            1 => path("person", &[TO_HOBBY], 1),
            2 => path("person", &[TO_HOBBY, TO_CLUB], self.shape.below(2) as usize),
            3 => path("person", &[TO_BOSS], 1),
            4 => aliased(&PERSON, "other", self.shape.below(6) as usize),
            _ => column(&PERSON, self.shape.below(6) as usize),
        }
    }

    fn node(&mut self, depth: u64) -> Node {
        if depth == 0 {
            return if self.shape.often() {
                self.column()
            } else {
                self.value()
            };
        }
        let depth = depth - 1;
        match self.shape.below(14) {
            0 => not(self.node(depth)),
            1 => Node::IsNull(Box::new(self.node(depth))),
            2 => Node::In {
                operand: Box::new(self.node(depth)),
                list: (0..self.shape.below(6)).map(|_| self.value()).collect(),
            },
            3 => Node::InQuery {
                operand: Box::new(self.node(depth)),
                query: Box::new(query(self.select(depth))),
            },
            4 => Node::Exists(Box::new(query(self.select(depth)))),
            5 => like(self.node(depth), self.node(depth), self.shape.often()),
            6 => cast(self.node(depth), CastType::Text),
            7 => case(
                vec![(self.node(depth), self.node(depth))],
                Some(self.node(depth)),
            ),
            8 => self.call(depth),
            9 => label(["a", "b"][self.shape.below(2) as usize], self.node(depth)),
            _ => self.binary(depth),
        }
    }

    fn call(&mut self, depth: u64) -> Node {
        let all = [
            Function::CountRows,
            Function::SumWhole,
            Function::Least,
            Function::Named("lower"),
            Function::Floor,
        ];
        let function = all[self.shape.below(all.len() as u64) as usize];
        let call = call(function, vec![self.node(depth), self.node(depth)]);
        if self.shape.often() {
            filtered(call, self.node(depth))
        } else {
            call
        }
    }

    fn binary(&mut self, depth: u64) -> Node {
        let all = [
            Binary::Or,
            Binary::And,
            Binary::Equal,
            Binary::NullSafeEqual,
            Binary::Less,
            Binary::Add,
            Binary::DivideWhole,
            Binary::Concatenate,
        ];
        let operator = all[self.shape.below(all.len() as u64) as usize];
        binary(self.node(depth), operator, self.node(depth))
    }

    fn nodes(&mut self, most: u64, depth: u64) -> Vec<Node> {
        let count = self.shape.below(most + 1);
        (0..count).map(|_| self.node(depth)).collect()
    }

    fn select(&mut self, depth: u64) -> Select {
        let mut from = vec![table(&PERSON)];
        if self.shape.often() {
            from.push(joined(&HOBBY, Join::Left(on_hobby())));
        }
        if self.shape.often() {
            from.push(table(&ENTRY));
        }
        let mut columns = self.nodes(3, depth);
        if self.shape.often() {
            columns.push(row(&PERSON));
        }
        let orders = self.nodes(2, depth).into_iter().map(|by| {
            if self.shape.often() {
                descending(by, Some(Nulls::Last))
            } else {
                order(by)
            }
        });
        let order = orders.collect();
        let mut group = self.nodes(1, depth);
        let mut having = self.nodes(1, depth);
        // What is grouped by is often selected too, or stands in a condition.
        if self.shape.often() {
            group.extend(columns.first().cloned());
        }
        if self.shape.often() {
            having.extend(group.first().cloned());
        }
        Select {
            from,
            columns,
            order,
            filter: self.nodes(2, depth),
            group,
            having,
            distinct: self.shape.often(),
            limit: self.shape.some(1, |_| 5).pop(),
            ..Select::default()
        }
    }

    fn tree(&mut self) -> Tree {
        let depth = self.shape.below(4);
        match self.shape.below(6) {
            0 => Tree::Count(query(self.select(depth))),
            1 => Tree::Exists(query(self.select(depth))),
            2 => Tree::Update(Update {
                table: &PERSON,
                set: vec![set(1, self.node(depth))],
                joined: vec![],
                filter: self.nodes(2, depth),
                returning: vec![],
                refused: None,
            }),
            3 => Tree::Delete(Delete {
                table: &PERSON,
                joined: vec![],
                filter: self.nodes(2, depth),
                returning: vec![],
                refused: None,
            }),
            4 => Tree::First(query(self.select(depth))),
            _ => Tree::Rows(query(self.select(depth))),
        }
    }
}

/// A text with its fingerprint and parameters, where the dialect can say it.
fn written(tree: &Tree, dialect: &dyn Dialect) -> Option<(String, Fingerprint)> {
    let mut bound = Vec::new();
    let fingerprint = tree.statement().fingerprint(dialect, &mut bound);
    let rendered = tree.statement().render(dialect);
    assert_eq!(fingerprint.is_ok(), rendered.is_ok());
    let rendered = rendered.ok()?;
    assert_eq!(bound, rendered.parameters);
    // The same text of two dialects is two statements.
    let text = format!("{}: {}", dialect.title(), rendered.sql);
    Some((text, fingerprint.ok()?))
}

#[test]
fn fingerprints_are_equal_where_texts_are() {
    let mut texts: HashMap<Fingerprint, String, BuildPassThrough> = HashMap::default();
    let mut pairs = [0, 0];
    for seed in 1..3_000 {
        let tree = |values| {
            let shape = Dice(0x9e37_79b9_7f4a_7c15 ^ seed);
            let values = Dice(values);
            Maker { shape, values }.tree()
        };
        let (one, other) = (tree(seed), tree(seed + 1_000_000));
        for dialect in DIALECTS {
            let (Some(one), Some(other)) = (written(&one, dialect), written(&other, dialect))
            else {
                continue;
            };
            // Values decide about little: whether a key is what is selected.
            assert_eq!(one.0 == other.0, one.1 == other.1);
            pairs[usize::from(one.0 == other.0)] += 1;
            for (text, fingerprint) in [one, other] {
                let known = texts.entry(fingerprint).or_insert_with(|| text.clone());
                assert_eq!(*known, text);
            }
        }
    }
    assert!(pairs[1] > 4_000, "{pairs:?}");
    assert!(texts.len() > 4_000, "{}", texts.len());
}
