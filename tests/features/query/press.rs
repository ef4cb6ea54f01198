//! The rows that queries are asked about: authors, their articles, and the topics of these.

use aludel::Connection;
use aludel_testing::models::{Article, ArticleTopic, Author, Employee, Topic};

use crate::features::tables;

/// Four authors, of whom dan has written nothing; five articles, three of them ann's; three topics, of which one is not used.
pub(super) fn press() -> Connection {
    let conn = tables();
    fill(&conn);
    conn
}

/// Inserts these rows.
pub(super) fn fill(conn: &Connection) {
    for (name, nick, age, weight, active) in [
        ("ann", Some("a"), 40, Some(60.5), true),
        ("bob", None, 30, None, true),
        ("cid", Some("c"), 30, Some(80.0), false),
        ("dan", None, 17, None, true),
    ] {
        let author = Author::insert()
            .name(name)
            .nick(nick.map(str::to_owned))
            .age(age);
        conn.insert(author.weight(weight).active(active)).unwrap();
    }
    for (author, editor, title, body, score) in [
        (1, Some(2), "Ants", Some("about ants"), Some(5)),
        (1, None, "Bees", None, None),
        (2, Some(1), "Cats", Some("cats"), Some(7)),
        (3, Some(3), "Dogs", None, Some(1)),
        (1, Some(2), "Eels", Some(""), Some(5)),
    ] {
        let article = Article::insert().author_id(author).editor_id(editor);
        conn.insert(
            article
                .title(title)
                .body(body.map(str::to_owned))
                .score(score),
        )
        .unwrap();
    }
    for label in ["animals", "water", "unused"] {
        conn.insert(Topic::insert().label(label)).unwrap();
    }
    for (article, topic) in [(1, 1), (3, 1), (4, 1), (5, 1), (5, 2)] {
        let row = ArticleTopic::insert().article_id(article).topic_id(topic);
        conn.insert(row).unwrap();
    }
}

/// Ann leads bob and eve, bob leads cid and dan.
pub(super) fn staff() -> Connection {
    let conn = tables();
    for (name, salary, leader) in [
        ("ann", 9, None),
        ("bob", 5, Some(1)),
        ("cid", 6, Some(2)),
        ("dan", 1, Some(2)),
        ("eve", 5, Some(1)),
    ] {
        let employee = Employee::insert().name(name).salary(salary);
        conn.insert(employee.manager_id(leader)).unwrap();
    }
    conn
}

/// Texts as the tests write them.
pub(super) fn texts<const N: usize>(all: [&str; N]) -> [String; N] {
    all.map(str::to_owned)
}

/// A text that is there.
pub(super) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}
