//! Servers for tests start, answer, can be stopped and started again, and leave nothing behind.

#![allow(clippy::unwrap_used)]

use std::{net::TcpStream, path::PathBuf, process::Command, time::Duration};

use aludel_testing_servers::{Kind, Server};

fn port(server: &Server) -> u16 {
    let address = server.bare_url("x");
    let (_, place) = address.rsplit_once('@').unwrap();
    let (_, port) = place.trim_end_matches("/x").rsplit_once(':').unwrap();
    port.parse().unwrap()
}

fn answers(server: &Server) -> bool {
    TcpStream::connect(("127.0.0.1", port(server))).is_ok()
}

#[test]
fn each_database_of_a_shared_server_is_new() {
    for kind in Kind::ALL {
        let Some(server) = Server::shared(kind) else {
            continue;
        };
        let (one, other) = (server.new_database(), server.new_database());
        assert_ne!(one, other);
        assert!(std::ptr::eq(server, Server::shared(kind).unwrap()));
        assert!(server.authority().is_none_or(|file| file.exists()));
    }
}

#[test]
fn a_server_of_ones_own_can_be_stopped_and_started_again_and_leaves_nothing_behind() {
    for kind in Kind::ALL {
        let Some(server) = Server::start(kind) else {
            continue;
        };
        assert!(answers(&server), "{}", kind.name());
        server.pause();
        server.resume();
        server.stop();
        assert!(!answers(&server), "{}", kind.name());
        server.restart();
        let _ = server.new_database();
        let folder: PathBuf = server.authority().unwrap().parent().unwrap().to_owned();
        assert!(folder.exists());
        drop(server);
        assert!(!folder.exists(), "{}", kind.name());
    }
}

/// Run by the test below in a process of its own.
#[test]
#[ignore = "waits to be killed"]
fn a_process_that_waits_to_be_killed() {
    for server in Kind::ALL.into_iter().filter_map(Server::start) {
        println!(
            "folder {}",
            server.authority().unwrap().parent().unwrap().display()
        );
        std::mem::forget(server);
    }
    println!("ready");
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn servers_do_not_outlive_a_test_that_is_killed() {
    use std::io::{BufRead, BufReader};
    let mut test = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--nocapture",
            "--exact",
            "a_process_that_waits_to_be_killed",
        ])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(test.stdout.take().unwrap()).lines();
    let lines: Vec<String> = lines
        .map(Result::unwrap)
        .take_while(|line| !line.contains("ready"))
        .collect();
    let folders = lines
        .iter()
        .filter_map(|line| line.split_once("folder "))
        .map(|(_, folder)| PathBuf::from(folder));
    let folders: Vec<PathBuf> = folders.collect();
    test.kill().unwrap();
    test.wait().unwrap();
    let begin = std::time::Instant::now();
    for folder in folders {
        while folder.exists() {
            assert!(
                begin.elapsed() < Duration::from_secs(20),
                "{} is still there",
                folder.display()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
