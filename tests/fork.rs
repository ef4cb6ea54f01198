//! e11: an engine in a process that was forked. It is a program of its own, since only one with a single thread can fork.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

#[cfg(unix)]
fn main() {
    use aludel_testing::server::{Kind, Server};

    for kind in Kind::ALL {
        if let Some(server) = Server::shared(kind) {
            unix::a_forked_process_leaves_the_connections_of_its_parent_alone(server);
            println!("{}: ok", kind.name());
        }
    }
}

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
mod unix {
    use std::process;

    use aludel::{Connection, Dialect, Engine, Result, text};
    use aludel_testing::server::Server;
    use fork::{Fork, fork};

    pub(super) fn a_forked_process_leaves_the_connections_of_its_parent_alone(server: &Server) {
        let url = server.new_database();
        let engine = Engine::builder(url.as_str())
            .pool_size(2)
            .max_overflow(0)
            .build()
            .unwrap();
        let dialect = engine.url().dialect();
        let table = text("CREATE TABLE word (word varchar(20) PRIMARY KEY)");
        let connection = engine.connect().unwrap();
        connection.execute(table).unwrap();
        connection.commit().unwrap();
        drop(connection);
        // One is out, within a transaction, and one is idle.
        let (out, idle) = (engine.connect().unwrap(), engine.connect().unwrap());
        let ids = (
            session(&out, dialect).unwrap(),
            session(&idle, dialect).unwrap(),
        );
        say(&out, "parent").unwrap();
        drop(idle);

        match fork().unwrap() {
            Fork::Child => process::exit(i32::from(!child(&engine, out, ids))),
            Fork::Parent(child) => {
                let status = fork::waitpid(child).unwrap();
                assert!(
                    fork::WIFEXITED(status) && fork::WEXITSTATUS(status) == 0,
                    "{status}"
                );
            }
        }
        assert_eq!(session(&out, dialect).unwrap(), ids.0, "it is still ours");
        out.commit().unwrap();
        let idle = engine.connect().unwrap();
        assert_eq!(session(&idle, dialect).unwrap(), ids.1, "so is this");
        let words = idle.execute(text("SELECT word FROM word ORDER BY word"));
        let words: Vec<String> = words.unwrap().scalars().unwrap();
        assert_eq!(words, ["child", "parent"]);
    }

    /// Uses the engine as if it were its own, and ends it. Whether all was as it should be.
    fn child(engine: &Engine, out: Connection, ids: (i64, i64)) -> bool {
        let dialect = engine.url().dialect();
        let held: Vec<Connection> = (0..2).filter_map(|_| engine.connect().ok()).collect();
        let own: Vec<i64> = held
            .iter()
            .flat_map(|held| session(held, dialect))
            .collect();
        let is_new = own.len() == 2 && !own.contains(&ids.0) && !own.contains(&ids.1);
        let said = say(&held[0], "child").and_then(|()| held[0].commit());
        // The parent's transaction is not rolled back by that.
        drop(out);
        drop(held);
        let status = engine.pool_status();
        engine.dispose();
        is_new && said.is_ok() && (status.open(), status.idle()) == (2, 2)
    }

    fn say(connection: &Connection, word: &str) -> Result<()> {
        let insert = text("INSERT INTO word (word) VALUES (:word)").bind("word", word);
        connection.execute(insert).map(drop)
    }

    /// The number of the server's session.
    fn session(connection: &Connection, dialect: Dialect) -> Result<i64> {
        let number = match dialect {
            Dialect::Postgres => text("SELECT pg_backend_pid()"),
            _ => text("SELECT connection_id()"),
        };
        let number = connection.execute(number)?.scalar::<i64>()?;
        Ok(number.unwrap_or(0))
    }
}
