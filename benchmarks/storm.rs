//! Transfers between accounts by many threads on few connections, while the server's connections are killed at random.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use aludel::{
    Connection, Dialect, Engine, Error, ErrorKind, Isolation, PoolClass, Result, Try, text,
    text_unchecked,
};

const ACCOUNTS: u64 = 20;
const BALANCE: i64 = 1_000;

/// How often a transaction is run again.
const RETRIES: u32 = 50;

/// How large a storm is.
pub(crate) struct Storm {
    /// How many threads transfer.
    pub(crate) threads: u64,
    /// How many connections they share.
    pub(crate) connections: u32,
    /// For how long.
    pub(crate) lasts: Duration,
    /// How long it is between two kills, on average.
    pub(crate) kills_every: Duration,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Report {
    /// How many transfers were committed, as far as anybody was told.
    pub(crate) transfers: u64,
    /// How many times all balances were added up.
    pub(crate) sums: u64,
    /// How many connections were killed.
    pub(crate) kills: u64,
    /// The errors that were seen, by kind.
    pub(crate) errors: BTreeMap<String, u64>,
    /// The longest time that one transaction took with all its tries.
    pub(crate) longest: Duration,
    /// What was wrong; nothing should be.
    pub(crate) faults: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report {
            transfers,
            sums,
            kills,
            errors,
            longest,
            faults,
        } = self;
        write!(
            f,
            "{transfers} transfers, {sums} sums, {kills} connections killed, longest transaction {longest:.1?}, errors: {errors:?}"
        )?;
        faults
            .iter()
            .try_for_each(|fault| write!(f, "\n  FAULT: {fault}"))
    }
}

/// What one thread did.
#[derive(Default)]
struct Share {
    transfers: u64,
    sums: u64,
    errors: BTreeMap<String, u64>,
    longest: Duration,
    faults: Vec<String>,
}

/// The kinds that a program has to expect here, as the documentation of the engine says.
fn is_expected(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Serialization
            | ErrorKind::Deadlock
            | ErrorKind::Disconnected
            | ErrorKind::LockTimeout
            | ErrorKind::Timeout
    )
}

impl Storm {
    /// Raises it on an empty database.
    ///
    /// # Errors
    /// Those of making the table, and of looking at it afterwards.
    pub(crate) fn run(&self, url: &str) -> Result<Report> {
        let engine = engine(url, self.connections)?;
        fill(&engine)?;
        let over = Arc::new(AtomicBool::new(false));
        let (sender, receiver) = mpsc::channel();
        for number in 1..=self.threads {
            let (engine, sender, over) = (engine.clone(), sender.clone(), Arc::clone(&over));
            thread::spawn(move || sender.send(transfer(&engine, number, &over)));
        }
        let kills = self.kill(url)?;
        over.store(true, Ordering::Relaxed);
        let shares = (0..self.threads).map(|_| receiver.recv_timeout(Duration::from_secs(30)));
        let shares: Vec<Share> = shares.flatten().collect();
        let stuck = self.threads - shares.len() as u64;
        let mut report = total(shares, kills);
        if stuck > 0 {
            let holders = engine.pool_status();
            let fault = format!("{stuck} threads did not end: {:#?}", holders.checkouts());
            report.faults.push(fault);
        }
        self.look(&engine, &mut report)?;
        Ok(report)
    }

    /// Looks at what is left.
    fn look(&self, engine: &Engine, report: &mut Report) -> Result<()> {
        let sum = engine.transact(sum)?;
        if sum != ACCOUNTS as i64 * BALANCE {
            report.faults.push(format!("the accounts have {sum}"));
        }
        let status = engine.pool_status();
        if status.in_use() > 0 || status.waiting() > 0 || status.open() > self.connections as usize
        {
            report.faults.push(format!("the pool: {status}"));
        }
        let is_few = |count: i64| usize::try_from(count).is_ok_and(|count| count <= status.open());
        let deadline = Instant::now() + Duration::from_secs(5);
        loop {
            let count = engine.transact(|connection| sessions(connection, engine))?;
            if is_few(count) {
                return Ok(());
            }
            if Instant::now() > deadline {
                report
                    .faults
                    .push(format!("the server has {count} connections, {status}"));
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// An engine which says who has its connections.
fn engine(url: &str, connections: u32) -> Result<Engine> {
    Engine::builder(url)
        .pool_size(connections)
        .max_overflow(0)
        .pool_timeout(Duration::from_secs(20))
        .track_checkouts(true)
        .build()
}

fn fill(engine: &Engine) -> Result<()> {
    let connection = engine.connect()?;
    connection.execute(text(
        "CREATE TABLE account (id bigint PRIMARY KEY, balance bigint NOT NULL)",
    ))?;
    connection.commit()?;
    drop(connection);
    engine.transact(|connection| {
        for id in 0..ACCOUNTS {
            let insert = text("INSERT INTO account (id, balance) VALUES (:id, :balance)");
            connection.execute(insert.bind("id", id as i64).bind("balance", BALANCE))?;
        }
        Ok(())
    })
}

fn transfer(engine: &Engine, number: u64, over: &AtomicBool) -> Share {
    let mut share = Share::default();
    let mut chance = Chance(number);
    while !over.load(Ordering::Relaxed) {
        let (from, to) = (chance.below(ACCOUNTS) as i64, chance.below(ACCOUNTS) as i64);
        let amount = chance.below(50) as i64;
        let sums = chance.below(10) == 0;
        let begin = Instant::now();
        let done = tried(engine, &mut share, |connection| {
            if sums {
                return sum(connection);
            }
            change(connection, from, -amount)?;
            change(connection, to, amount)?;
            Ok(0)
        });
        share.longest = share.longest.max(begin.elapsed());
        match done {
            Some(sum) if sums => {
                share.sums += 1;
                if sum != ACCOUNTS as i64 * BALANCE {
                    share.faults.push(format!("a transaction saw {sum}"));
                }
            }
            Some(_) => share.transfers += 1,
            None => {}
        }
    }
    share
}

/// Runs a transaction, and again while others get in its way. Whether a commit that was not answered has happened, nobody knows: it
/// is not run again.
fn tried<T>(
    engine: &Engine,
    share: &mut Share,
    work: impl Fn(&Connection) -> Result<T>,
) -> Option<T> {
    let counted = engine
        .transaction()
        .isolation(Isolation::Serializable)
        .retries(RETRIES)
        .backoff(Duration::from_millis(1), Duration::from_millis(50))
        .run_counted(work);
    let mut kinds: Vec<ErrorKind> = counted.tries.iter().filter_map(Try::kind).collect();
    if let Err(error) = &counted.result {
        kinds.truncate(counted.tries.len() - 1);
        kinds.push(error.kind());
        if !is_expected(error.kind()) || error.is_timeout() {
            share.faults.push(format!("{error:?}"));
        }
    }
    for kind in kinds {
        *share.errors.entry(format!("{kind:?}")).or_default() += 1;
    }
    counted.result.ok()
}

fn change(connection: &Connection, id: i64, by: i64) -> Result<()> {
    let balance = text("SELECT balance FROM account WHERE id = :id").bind("id", id);
    let balance: Option<i64> = connection.execute(balance)?.scalar()?;
    let balance = balance.ok_or_else(|| Error::rejected("the account is gone"))?;
    let update = text("UPDATE account SET balance = :balance WHERE id = :id");
    connection.execute(update.bind("balance", balance + by).bind("id", id))?;
    Ok(())
}

fn sum(connection: &Connection) -> Result<i64> {
    let balances = connection.execute(text("SELECT balance FROM account"))?;
    Ok(balances.scalars::<i64>()?.iter().sum())
}

/// How many connections to this database the server has.
fn sessions(connection: &Connection, engine: &Engine) -> Result<i64> {
    let ids = connection.execute(match engine.url().dialect() {
        Dialect::Postgres => {
            text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        }
        _ => text("SELECT id FROM information_schema.processlist WHERE db = database()"),
    })?;
    Ok(ids.all().len() as i64)
}

impl Storm {
    /// Kills a connection now and then, until the storm is over; returns how many.
    fn kill(&self, url: &str) -> Result<u64> {
        let engine = Engine::builder(url).pool(PoolClass::Null).build()?;
        let is_postgres = engine.url().dialect() == Dialect::Postgres;
        let end = Instant::now() + self.lasts;
        let wait = u64::try_from(self.kills_every.as_micros()).unwrap_or(u64::MAX / 4);
        let mut kills = 0;
        let mut chance = Chance(97);
        while Instant::now() < end {
            thread::sleep(Duration::from_micros(chance.below(2 * wait)));
            kills += u64::from(kill_one(&engine.connect()?, is_postgres)?);
        }
        Ok(kills)
    }
}

fn kill_one(connection: &Connection, is_postgres: bool) -> Result<bool> {
    if is_postgres {
        let kill = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1",
        );
        return Ok(connection.execute(kill)?.scalar::<bool>()?.unwrap_or(false));
    }
    let victim = text(
        "SELECT id FROM information_schema.processlist \
         WHERE db = database() AND id <> connection_id() ORDER BY rand() LIMIT 1",
    );
    let Some(id) = connection.execute(victim)?.scalar::<i64>()? else {
        return Ok(false);
    };
    // It may have ended by itself.
    Ok(connection
        .execute(text_unchecked(format!("KILL {id}")))
        .is_ok())
}

fn total(shares: Vec<Share>, kills: u64) -> Report {
    let mut report = Report {
        transfers: 0,
        sums: 0,
        kills,
        errors: BTreeMap::new(),
        longest: Duration::ZERO,
        faults: Vec::new(),
    };
    for share in shares {
        report.transfers += share.transfers;
        report.sums += share.sums;
        report.longest = report.longest.max(share.longest);
        report.faults.extend(share.faults);
        for (kind, count) in share.errors {
            *report.errors.entry(kind).or_default() += count;
        }
    }
    report
}

/// Numbers that look random, the same for the same beginning.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}
