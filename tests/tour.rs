//! The tour runs on each database.

use std::process::Command;

use aludel_testing::each_database;

use crate::backend::url;

#[each_database]
fn the_tour_comes_to_its_end() {
    let tour = Command::new(env!("CARGO_BIN_EXE_tour"))
        .arg(url())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&tour.stdout);
    let failed = String::from_utf8_lossy(&tour.stderr);
    assert!(tour.status.success(), "{told}{failed}");
    let last = told.lines().last().unwrap_or_default();
    assert!(last.starts_with("tour: ok, "), "{last}");
}
