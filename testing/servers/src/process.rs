//! A server as a process that does not outlive the test.
//!
//! A shell watches over it: it reads from a pipe whose other end the test process holds, and when that end is closed, which
//! the system does however the test process ends, it kills the server and deletes its folder.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who a server runs as: another user where the tests run as root, which servers refuse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Account {
    user: u32,
    group: u32,
}

impl Account {
    /// The account for a server, of the first of these users that there is. `None` for the one that runs the tests.
    pub(super) fn of(users: &[&str]) -> Option<Account> {
        if !is_root() {
            return None;
        }
        let passwords = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let account = |user: &&str| {
            let mut fields = passwords
                .lines()
                .map(|line| line.split(':').collect::<Vec<_>>());
            let entry = fields.find(|entry| entry.first() == Some(user))?;
            Some(Account {
                user: entry.get(2)?.parse().ok()?,
                group: entry.get(3)?.parse().ok()?,
            })
        };
        users.iter().chain(&["nobody"]).find_map(account)
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// A folder for the data of a server, which it may write to.
pub(super) fn folder(account: Option<Account>) -> TempDir {
    let folder = tempfile::Builder::new()
        .prefix("aludel-server-")
        .tempdir()
        .expect("a temporary folder can be made");
    give(folder.path(), account);
    folder
}

/// Gives a file or folder to the server's account.
pub(super) fn give(path: &Path, account: Option<Account>) {
    if let Some(account) = account {
        chown(path, Some(account.user), Some(account.group)).expect("root may give files away");
    }
}

/// A command that runs as the server's account.
pub(super) fn command(program: impl AsRef<Path>, account: Option<Account>) -> Command {
    let mut command = Command::new(program.as_ref());
    if let Some(account) = account {
        command.uid(account.user).gid(account.group);
    }
    command
        .stdin(Stdio::null())
        .env("LC_ALL", "C")
        .current_dir("/");
    command
}

/// Runs a command to its end.
///
/// # Panics
/// With what it said, when it fails.
pub(super) fn run(command: &mut Command) {
    let output = command.output().expect("the command can be started");
    assert!(
        output.status.success(),
        "{:?} failed:\n{}{}",
        command.get_program(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A port that nobody listens on.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

/// The newest of the folders that fit, or where the search path has it.
pub(super) fn program(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().cloned().chain(std::env::split_paths(&path));
    let system = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/libexec"].map(PathBuf::from);
    folders
        .chain(system)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// A running server, and the shell that watches over it.
#[derive(Debug)]
pub(super) struct Process {
    arguments: Vec<String>,
    /// A command that succeeds once the server takes connections.
    ready: Vec<String>,
    account: Option<Account>,
    folder: PathBuf,
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    watch: Child,
    /// Closed when this process ends.
    pipe: ChildStdin,
    server: u32,
}

/// `$1` is the folder, the rest is the server. Its process number is the first line that is printed. A line that is read says
/// that the folder stays; the end of the input, that nobody needs it any more.
const WATCH: &str = r#"folder=$1; shift
"$@" > "$folder/server.log" 2>&1 < /dev/null &
server=$!
echo "$server"
keep=no
read -r keep
kill -KILL "$server" 2> /dev/null
wait "$server" 2> /dev/null
[ "$keep" = keep ] || rm -rf "$folder"
"#;

impl Process {
    /// Starts a server with data in `folder`, and waits until it answers.
    ///
    /// # Panics
    /// When it does not, with what it wrote.
    pub(super) fn start(
        arguments: Vec<String>,
        ready: Vec<String>,
        account: Option<Account>,
        folder: TempDir,
    ) -> Process {
        let process = Process {
            arguments,
            ready,
            account,
            // From here on, the shell deletes it.
            folder: folder.keep(),
            running: Mutex::new(None),
        };
        process.restart();
        process
    }

    pub(super) fn restart(&self) {
        let mut running = self.running();
        assert!(running.is_none(), "the server is running already");
        let mut watch = command("/bin/sh", self.account)
            .arg("-c")
            .arg(WATCH)
            .arg("watch")
            .arg(&self.folder)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("there is a shell");
        let pipe = watch.stdin.take().expect("it was piped");
        let server = first_number(watch.stdout.take());
        *running = Some(Running {
            watch,
            pipe,
            server,
        });
        self.wait_for_answer();
    }

    /// Kills the server and the processes that it has for its connections; its data stay. Left to themselves, those of
    /// PostgreSQL would answer what they were sent before they notice.
    pub(super) fn stop(&self) {
        let Some(mut running) = self.running().take() else {
            return;
        };
        let _ = kill(running.server, "STOP").output();
        let children = children(running.server);
        for child in &children {
            let _ = kill(*child, "KILL").output();
        }
        let _ = running.pipe.write_all(b"keep\n");
        let _ = running.watch.wait();
        while children.iter().any(|child| is_alive(*child)) {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Signals the server, and the processes that it has for its connections.
    pub(super) fn signal(&self, signal: &str) {
        let running = self.running();
        let server = running.as_ref().expect("the server runs").server;
        run(&mut kill(server, signal));
        for child in children(server) {
            // It may have ended by itself.
            let _ = kill(child, signal).output();
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_ready(&self) -> bool {
        let (program, arguments) = (self.ready.split_first()).expect("it is a command");
        let output = command(program, None).args(arguments).output();
        output.is_ok_and(|output| output.status.success())
    }

    fn wait_for_answer(&self) {
        let begin = Instant::now();
        while !self.is_ready() {
            assert!(
                begin.elapsed() < PATIENCE,
                "the server does not answer:\n{}",
                fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let running = self.running().take();
        if let Some(mut running) = running {
            drop(running.pipe);
            let _ = running.watch.wait();
        } else {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn kill(process: u32, signal: &str) -> Command {
    let mut kill = command("/bin/kill", None);
    kill.arg(format!("-{signal}")).arg(process.to_string());
    kill
}

/// The processes that a process has started.
fn children(of: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |process: &u32| status(*process).is_some_and(|(_, parent)| parent == of);
    numbers.filter(is_child).collect()
}

/// Whether a process has not ended, be it that nobody has asked yet how it did.
fn is_alive(process: u32) -> bool {
    status(process).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

/// The state of a process and its parent, while there is one.
fn status(process: u32) -> Option<(char, u32)> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // They stand behind the name, which can hold anything.
    let (_, rest) = text.rsplit_once(')')?;
    let mut words = rest.split_whitespace();
    Some((words.next()?.chars().next()?, words.next()?.parse().ok()?))
}

fn first_number(output: Option<ChildStdout>) -> u32 {
    let mut line = String::new();
    let mut output = BufReader::new(output.expect("it was piped"));
    output
        .read_line(&mut line)
        .expect("the shell prints a number");
    line.trim().parse().expect("the shell prints a number")
}
