//! MariaDB, from its installed binaries.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    Started, USER, certificate,
    process::{self, Account, Process},
};

/// Starts a server; `None` where it is not installed.
pub(super) fn start() -> Option<Started> {
    let server = process::program("mariadbd", &[])?;
    let install = process::program("mariadb-install-db", &[])?;
    let admin = process::program("mariadb-admin", &[])?;
    let account = Account::of(&["mysql"]);
    let folder = process::folder(account);
    let password = "T0r-zu_5".to_owned();
    let data = initialize(&install, folder.path(), &password, account);
    let port = process::free_port();
    let arguments = arguments(&server, folder.path(), &data, port);
    let authority = folder.path().join(certificate::AUTHORITY);
    Some(Started {
        process: Process::start(arguments, ready(&admin, port), account, folder),
        port,
        password,
        authority,
    })
}

/// Makes the folder of the data, with certificates beside it. The server makes its users each time that it starts, since it may
/// have been stopped before it had.
fn initialize(install: &Path, folder: &Path, password: &str, account: Option<Account>) -> PathBuf {
    let data = folder.join("data");
    certificate::write(folder);
    for file in [
        certificate::KEY,
        certificate::CERTIFICATE,
        certificate::AUTHORITY,
    ] {
        process::give(&folder.join(file), account);
    }
    let mut command = process::command(install, account);
    command
        .args([
            "--no-defaults",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ])
        .arg(format!("--tmpdir={}", folder.display()))
        .arg(format!("--datadir={}", data.display()));
    process::run(&mut command);
    let users = format!(
        "CREATE USER IF NOT EXISTS '{USER}'@'%' IDENTIFIED BY '{password}';\n\
         GRANT ALL PRIVILEGES ON *.* TO '{USER}'@'%' WITH GRANT OPTION;\n"
    );
    let file = folder.join("users.sql");
    fs::write(&file, users).expect("the folder can be written to");
    process::give(&file, account);
    data
}

/// What is committed has to survive the server, and nothing a crash of the machine.
fn arguments(server: &Path, folder: &Path, data: &Path, port: u16) -> Vec<String> {
    let file = |name: &str| folder.join(name).display().to_string();
    let mut arguments = vec![
        server.display().to_string(),
        "--no-defaults".to_owned(),
        "--skip-log-bin".to_owned(),
        "--skip-name-resolve".to_owned(),
    ];
    for (name, value) in [
        ("datadir", data.display().to_string()),
        // Another server would delete what it finds of its own kind in a folder that they share.
        ("tmpdir", folder.display().to_string()),
        ("port", port.to_string()),
        ("bind-address", "127.0.0.1".to_owned()),
        ("socket", file("socket")),
        ("pid-file", file("pid")),
        ("init-file", file("users.sql")),
        ("max-connections", "200".to_owned()),
        ("innodb-flush-log-at-trx-commit", "2".to_owned()),
        ("innodb-flush-method", "nosync".to_owned()),
        ("innodb-buffer-pool-size", "64M".to_owned()),
        ("ssl-ca", file(certificate::AUTHORITY)),
        ("ssl-cert", file(certificate::CERTIFICATE)),
        ("ssl-key", file(certificate::KEY)),
    ] {
        arguments.push(format!("--{name}={value}"));
    }
    arguments
}

/// It listens before it takes connections: while it makes its users, for one. It is alive even for somebody it does not know.
fn ready(admin: &Path, port: u16) -> Vec<String> {
    vec![
        admin.display().to_string(),
        "--no-defaults".to_owned(),
        "--silent".to_owned(),
        "--protocol=tcp".to_owned(),
        "--skip-ssl".to_owned(),
        "--host=127.0.0.1".to_owned(),
        format!("--port={port}"),
        "ping".to_owned(),
    ]
}

/// Runs SQL on a database.
///
/// # Panics
/// With what the server says, when it fails.
pub(super) fn execute(address: &str, database: &str, sql: &str) {
    let mut command = client(address, database);
    command.arg(format!("--execute={sql}"));
    process::run(&mut command);
}

/// A command that runs a file on a database, and goes on after errors.
///
/// # Panics
/// When the file cannot be opened.
pub(super) fn loader(address: &str, database: &str, file: &Path) -> Command {
    let mut command = client(address, database);
    command
        .args(["--force", "--default-character-set=utf8mb4"])
        .stdin(File::open(file).expect("the file can be opened"));
    command
}

fn client(address: &str, database: &str) -> Command {
    let client = process::program("mariadb", &[]).expect("its client is installed with the server");
    let (user, place) = address
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('@'))
        .expect("the address has a user");
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let (host, port) = place.rsplit_once(':').unwrap_or((place, "3306"));
    let mut command = process::command(client, None);
    command
        .arg("--no-defaults")
        .args(["--protocol=tcp", "--skip-ssl"])
        .arg(format!("--host={host}"))
        .arg(format!("--port={port}"))
        .arg(format!("--user={user}"))
        .arg(format!("--database={database}"))
        .env("MYSQL_PWD", password);
    command
}
