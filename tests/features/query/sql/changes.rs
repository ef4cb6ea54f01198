//! INSERT, UPDATE and DELETE.

use aludel::prelude::*;
use aludel_testing::models::{Article, ArticleTopic, Author, Employee, Rule, Topic};

use super::run;

aludel::alias!(leader = Employee);

#[test]
fn q13_inserts() {
    let topic = |label: &str| Topic::insert().label(label);
    let rule = || Rule::insert().code("a".to_owned());
    let by_code = || insert(rule().amount(1)).on_conflict(Rule::code_key);
    let names = || select::<Author>().select(Author::name);
    let text = run! {
        "a row": insert(topic("a"));
        "a row of defaults": insert(Rule::insert());
        "a row of defaults that may be there": insert(Rule::insert()).on_conflict(Rule::code_key).do_nothing();
        "several rows": insert_all([topic("a"), topic("b")]);
        "rows of different columns": insert_all([rule(), rule().amount(1), rule().amount(2), rule(), rule(), rule()]);
        "no rows": insert_all(["x"].into_iter().skip(1).map(topic));
        "from a query": insert_from(Topic::label, names().filter(Author::age.gt(3)));
        "from a query of values": insert_from((Topic::id, Topic::label), select::<Author>().select((Author::id, func::value::<String>("x"))));
        "from several queries": insert_from(Topic::label, names().union(names()));
        "returning": insert(topic("a")).returning((Topic::id, Topic::label + "!"));
        "returning rows": insert_all([topic("a"), topic("b")]).returning(Topic::entity());
        "do_nothing": by_code().do_nothing();
        "do_update": by_code().do_update((Rule::amount.set(excluded(Rule::amount) + Rule::amount), Rule::region.set("x")));
        "do_update_where": by_code().do_update_where(Rule::amount.set(excluded(Rule::amount)), Rule::amount.lt(excluded(Rule::amount)));
        "by a key of two columns": insert(Rule::insert().region("x".to_owned()).number(1)).on_conflict(Rule::region_and_number_key).do_update(Rule::amount.set(1));
        "by the primary key": insert(Rule::insert().id(1).amount(2)).on_conflict(Rule::primary_key()).do_update(Rule::amount.set(1));
        "beside another key": insert(rule().id(1)).on_conflict(Rule::code_key).do_nothing();
        "an upsert returning": by_code().do_update(Rule::amount.set(1)).returning(Rule::id);
        "an upsert from a query": insert_from(Topic::label, names()).on_conflict(Topic::label_key).do_nothing();
        "an upsert from a query with a filter": insert_from(Topic::label, names().filter(Author::active)).on_conflict(Topic::label_key).do_update(Topic::label.set("x"));
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q11_updates_and_deletes() {
    let of_author = || {
        let articles = select::<Article>().correlate::<Author>();
        articles.filter(Article::author_id.eq(Author::id))
    };
    let n = func::coalesce(scalar(of_author().select(func::count_all())), 0);
    let score = || update::<Article>().set(Article::score.set(1));
    let editor = || Article::editor.path(Author::name);
    let text = run! {
        "update": update::<Author>().set((Author::age.set(Author::age + 1), Author::nick.set(None))).filter(Author::id.eq(1));
        "update all rows": score().all_rows();
        "update without a filter": score();
        "update of a column twice": update::<Article>().set((Article::score.set(1), Article::score.set(Article::id))).all_rows();
        "update of nothing": update::<Author>().all_rows();
        "update with a query": update::<Author>().set(Author::age.set(n)).filter(exists(of_author()));
        "update with a path": score().filter(editor().eq("x"));
        "update to a path": update::<Article>().set(Article::body.set(editor())).all_rows();
        "update that joins": update::<Article>().join(Article::author).set(Article::title.set(Author::name)).filter(Author::age.gt(3));
        "update that joins itself": update::<Employee>().join(Employee::manager.to(leader)).set(Employee::salary.set(leader.col(Employee::salary))).all_rows();
        "update that joins through a table": score().join(Article::topics).filter(Topic::label.eq("x"));
        "update with join_on": score().join_on(Topic::entity(), Topic::id.eq(Article::id)).all_rows();
        "update returning": score().all_rows().returning((Article::entity(), Article::score + 1));
        "update that joins, returning": score().join(Article::author).filter(Author::age.gt(3)).returning(Article::id);
        "delete": delete::<Author>().filter(Author::id.eq(1));
        "delete all rows": delete::<ArticleTopic>().all_rows();
        "delete without a filter": delete::<Author>();
        "delete with a query": delete::<Author>().filter(!exists(of_author()));
        "delete with a path": delete::<Article>().filter(editor().is_null());
        "delete that joins": delete::<Article>().join(Article::author).filter(Author::age.gt(3));
        "delete returning": delete::<Author>().filter(Author::id.eq(1)).returning(Author::name);
        "delete that joins, returning": delete::<Article>().join(Article::author).filter(Author::age.gt(3)).returning(Article::id);
    };
    insta::assert_snapshot!(text);
}
