//! e05: what an engine prints to standard error.

use std::process::Command;

use aludel::{Echo, Engine, prelude::*};
use aludel_testing::{each_database, models::Login, workspace};

use crate::{backend::url, engine};

/// What the tour prints to standard error, line by line, without the times.
fn tour(arguments: &[&str]) -> Vec<String> {
    let tour = Command::new(env!("CARGO_BIN_EXE_tour"))
        .args(arguments)
        .output()
        .unwrap();
    let told = String::from_utf8(tour.stderr).unwrap();
    assert!(tour.status.success(), "{told}");
    told.lines().map(without_times).collect()
}

/// A line without what differs each time.
fn without_times(line: &str) -> String {
    let line = match line.split_once("Z aludel::engine ") {
        Some((_, rest)) => format!("2026-11-29 10:04:43.123456Z aludel::engine {rest}"),
        None => line.to_owned(),
    };
    let mut pieces = line.split('[');
    let mut shown = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let time = piece
            .strip_prefix("generated in ")
            .or(piece.strip_prefix("cached since "));
        match time.and_then(|time| piece.split_once('s').filter(|_| !time.is_empty())) {
            Some(_) if piece.starts_with("generated") => {
                let (_, rest) = piece.split_once(']').unwrap();
                shown.push_str(&format!("[generated in 0.00012s]{rest}"));
            }
            Some(_) => {
                let (_, rest) = piece.split_once(']').unwrap();
                shown.push_str(&format!("[cached since 1.2345s ago]{rest}"));
            }
            None => {
                shown.push('[');
                shown.push_str(piece);
            }
        }
    }
    shown
}

#[each_database]
fn e05_the_tour_prints_what_it_sends_where_it_is_asked_to() {
    let url = url();
    let told = tour(&[&url, "--echo"]);
    let has = |text: &str| told.iter().any(|line| line.contains(text));
    assert!(told.len() > 100, "{}", told.len());
    for text in [
        "(implicit)",
        " COMMIT",
        " ROLLBACK",
        " SAVEPOINT aludel_2",
        "[generated in ",
        "[cached since ",
        "[raw sql] []",
    ] {
        assert!(has(text), "{text}");
    }
    assert!(!has("\x1b"), "colours are for terminals");
    let password = engine_password(&url);
    assert!(password.is_none_or(|password| !has(&password)));
}

fn engine_password(url: &str) -> Option<String> {
    let engine = Engine::new(url).unwrap();
    engine.url().password().map(str::to_owned)
}

#[test]
fn e05_without_echo_nothing_is_printed() {
    assert_eq!(tour(&[]), [""; 0]);
}

#[test]
fn e05_the_page_about_engines_shows_what_the_tour_prints() {
    let page = std::fs::read_to_string(workspace().join("docs/engine.md")).unwrap();
    let (_, shown) = page.split_once("```text log\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let told = tour(&["--echo"]).join("\n");
    assert!(
        shown.lines().count() > 5 && told.contains(shown.trim_end()),
        "the page shows\n{shown}\nand the tour prints\n{told}"
    );
}

/// Runs one test of this program again, as a program of its own, whose standard error can be read.
fn printed_by(test: &str) -> Option<Vec<String>> {
    const CHILD: &str = "ALUDEL_TEST_PRINTS";
    if std::env::var_os(CHILD).is_some() {
        return None;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--test-threads=1"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    Some(told.lines().map(without_times).collect())
}

#[test]
fn e05_rows_are_printed_where_they_are_asked_for() {
    if let Some(told) = printed_by("printed::e05_rows_are_printed_where_they_are_asked_for") {
        let found = told
            .iter()
            .position(|line| line.contains(" SELECT "))
            .unwrap();
        insta::assert_snapshot!(told[found - 1..].join("\n"));
        return;
    }
    let engine = engine(&["login"], |engine| engine.echo(Echo::Rows));
    let conn = engine.connect().unwrap();
    let row = |name: &str| Login::insert().name(name).password(format!("hush{name}"));
    conn.insert_all([row("ed"), row("al")]).unwrap();
    conn.commit().unwrap();
    conn.query::<Login>()
        .filter(Login::name.ne("cy"))
        .all()
        .unwrap();
}

#[test]
fn e05_a_slow_query_is_printed_where_nobody_else_could_be_told() {
    if let Some(told) =
        printed_by("printed::e05_a_slow_query_is_printed_where_nobody_else_could_be_told")
    {
        let line = told
            .iter()
            .find(|line| line.contains("SELECT COUNT(*)"))
            .unwrap();
        assert!(line.contains("aludel::engine slow query ("), "{line}");
        return;
    }
    let engine = engine(&["login"], |engine| {
        engine.slow_query(std::time::Duration::ZERO)
    });
    engine.connect().unwrap().query::<Login>().count().unwrap();
}

#[test]
fn e16_an_engine_is_made_of_environment_variables() {
    const CHILD: &str = "ALUDEL_TEST_DB_URL";
    if std::env::var_os(CHILD).is_some() {
        let engine = Engine::from_env("ALUDEL_TEST_DB_").unwrap();
        assert_eq!(engine.to_string(), "Engine(sqlite:///of-environment.db)");
        let error = Engine::from_env("ALUDEL_TEST_WRONG_").unwrap_err();
        assert_eq!(
            error.message(),
            "an engine has no option `ALUDEL_TEST_WRONG_pool_siz`: did you mean `ALUDEL_TEST_WRONG_pool_size`?"
        );
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "printed::e16_an_engine_is_made_of_environment_variables",
        ])
        .env(CHILD, "sqlite:///of-environment.db")
        .env("ALUDEL_TEST_DB_POOL_SIZE", "3")
        .env("ALUDEL_TEST_WRONG_URL", "sqlite://")
        .env("ALUDEL_TEST_WRONG_POOL_SIZ", "3")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}
