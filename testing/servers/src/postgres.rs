//! PostgreSQL, from its installed binaries.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    Started, USER, certificate,
    process::{self, Account, Process},
};

/// Starts a server; `None` where it is not installed.
pub(super) fn start() -> Option<Started> {
    let binaries = binaries();
    let server = process::program("postgres", &binaries)?;
    let initdb = process::program("initdb", &binaries)?;
    let account = Account::of(&["postgres"]);
    let folder = process::folder(account);
    let password = "Tür zu/@:%".to_owned();
    let data = initialize(&initdb, folder.path(), &password, account);
    let port = process::free_port();
    let arguments = arguments(&server, folder.path(), &data, port);
    let ready = ready(&process::program("pg_isready", &binaries)?, port);
    let authority = folder.path().join(certificate::AUTHORITY);
    Some(Started {
        process: Process::start(arguments, ready, account, folder),
        port,
        password: "T%C3%BCr%20zu%2F%40%3A%25".to_owned(),
        authority,
    })
}

/// Where distributions put the binaries, the newest version first.
fn binaries() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = ["/usr/lib/postgresql", "/usr/pgsql", "/usr/local/pgsql"]
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    let version = |folder: &PathBuf| {
        let name = folder.parent().and_then(Path::file_name);
        name.and_then(|name| name.to_str()?.parse::<u32>().ok())
    };
    folders.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    folders
}

/// Makes the folder of the data, with certificates beside it.
fn initialize(initdb: &Path, folder: &Path, password: &str, account: Option<Account>) -> PathBuf {
    let (data, file) = (folder.join("data"), folder.join("password"));
    fs::write(&file, password).expect("the folder can be written to");
    certificate::write(folder);
    for path in [
        &file,
        &folder.join(certificate::KEY),
        &folder.join(certificate::CERTIFICATE),
    ] {
        process::give(path, account);
        fs::set_permissions(path, Permissions::from_mode(0o600)).expect("the file is ours");
    }
    let mut command = process::command(initdb, account);
    command
        .args([
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ])
        .arg(format!("--username={USER}"))
        .arg(format!("--pwfile={}", file.display()))
        .arg(format!("--pgdata={}", data.display()));
    process::run(&mut command);
    data
}

/// What is committed has to survive the server, and nothing a crash of the machine.
fn arguments(server: &Path, folder: &Path, data: &Path, port: u16) -> Vec<String> {
    let mut arguments = vec![
        server.display().to_string(),
        "-D".to_owned(),
        data.display().to_string(),
    ];
    let file = |name: &str| folder.join(name).display().to_string();
    for (name, value) in [
        ("port", port.to_string()),
        ("listen_addresses", "127.0.0.1".to_owned()),
        ("unix_socket_directories", file("")),
        ("fsync", "off".to_owned()),
        ("full_page_writes", "off".to_owned()),
        ("max_connections", "200".to_owned()),
        ("shared_buffers", "64MB".to_owned()),
        ("ssl", "on".to_owned()),
        ("ssl_cert_file", file(certificate::CERTIFICATE)),
        ("ssl_key_file", file(certificate::KEY)),
    ] {
        arguments.push("-c".to_owned());
        arguments.push(format!("{name}={value}"));
    }
    arguments
}

/// It listens before it takes connections: while it recovers from a crash, for one.
fn ready(pg_isready: &Path, port: u16) -> Vec<String> {
    vec![
        pg_isready.display().to_string(),
        "--quiet".to_owned(),
        "--host=127.0.0.1".to_owned(),
        format!("--port={port}"),
    ]
}

/// Runs SQL on a database.
///
/// # Panics
/// With what the server says, when it fails.
pub(super) fn execute(address: &str, database: &str, sql: &str) {
    let mut command = client(address, database);
    command
        .arg("--set=ON_ERROR_STOP=1")
        .arg(format!("--command={sql}"));
    process::run(&mut command);
}

/// A command that runs a file on a database, and goes on after errors.
pub(super) fn loader(address: &str, database: &str, file: &Path) -> Command {
    let mut command = client(address, database);
    command.arg("--file").arg(file);
    command
}

fn client(address: &str, database: &str) -> Command {
    let psql = process::program("psql", &binaries()).expect("psql is installed with the server");
    let mut command = process::command(psql, None);
    command
        .args(["--no-psqlrc", "--quiet"])
        .arg(format!("--dbname={address}/{database}"));
    command
}
