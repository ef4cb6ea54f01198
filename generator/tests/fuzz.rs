//! Random programs of damage to schema files: whatever is in a file, reading it ends, soon, and panics nowhere.
//!
//! `ALUDEL_FUZZ_SECONDS` says for how long (by default a few), `ALUDEL_SEED` where to begin. Each round has a seed of its own; a
//! round that fails says it and leaves its file in the folder for temporary files. `ALUDEL_CORPUS` adds files.

mod input;
mod round;

use std::{
    fs,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use self::{input::Inputs, round::Round};

/// How long a file of a few kilobytes may take, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn damaged_files_are_read_to_their_end() {
    let seconds = number("ALUDEL_FUZZ_SECONDS").unwrap_or(3);
    let first = number("ALUDEL_SEED").unwrap_or(1);
    let inputs = Inputs::load();
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut seed = first;
    while Instant::now() < end {
        let round = Round::new(seed, &inputs);
        try_one(&round);
        seed += 1;
    }
    println!("{} rounds from seed {first}", seed - first);
}

/// Reads one file in a thread of its own, so that one that never ends is told like one that panics.
fn try_one(round: &Round) {
    let (done, finished) = mpsc::channel();
    let copy = round.clone();
    let worker = thread::spawn(move || {
        copy.run();
        let _ = done.send(());
    });
    let problem = match finished.recv_timeout(PATIENCE) {
        Ok(()) => return,
        Err(RecvTimeoutError::Timeout) => format!("it took longer than {PATIENCE:?}"),
        Err(RecvTimeoutError::Disconnected) => match worker.join() {
            Ok(()) => return,
            Err(panic) => panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
                .unwrap_or_default(),
        },
    };
    let file = std::env::temp_dir().join(format!("aludel-fuzz-{}.{}", round.seed, round.extension));
    fs::write(&file, &round.text).unwrap();
    panic!(
        "ALUDEL_SEED={}: {} as {}: {problem}",
        round.seed,
        file.display(),
        round.dialect
    );
}

fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{variable} is a number")),
    )
}
