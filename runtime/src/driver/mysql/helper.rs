//! Threads that wait for a server where the driver crate cannot be told for how long.
//!
//! Starting one takes longer than most answers, so that one which has done its work stays for a while, for the next. Where the
//! server stays silent, it ends when the server does.

use std::{
    io, mem, process,
    sync::{
        Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, ThreadId},
    time::Duration,
};

/// Something to do, which calls what it is given when it only has to be told that it is done.
type Work = Box<dyn FnOnce(&dyn Fn()) + Send>;

/// How long a thread waits for more to do.
const STAYS: Duration = Duration::from_secs(10);

/// The threads that have nothing to do.
struct Idle {
    /// The process that they are in: another that was forked from it has none.
    process: u32,
    helpers: Vec<(ThreadId, Sender<Work>)>,
}

static IDLE: Mutex<Idle> = Mutex::new(Idle {
    process: 0,
    helpers: Vec::new(),
});

/// Does something in another thread, and waits at most so long for it; `None` when that was too short. Without a limit, it is done
/// right here.
///
/// # Errors
/// When no thread can be started.
pub(super) fn within<T: Send + 'static>(
    limit: Option<Duration>,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<Option<T>> {
    while_it_goes_on(limit, || false, work)
}

/// As [`within`], but for as long as something `goes_on` each time that the limit has passed.
///
/// # Errors
/// The same.
pub(super) fn while_it_goes_on<T: Send + 'static>(
    limit: Option<Duration>,
    mut goes_on: impl FnMut() -> bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<Option<T>> {
    let Some(limit) = limit else {
        return Ok(Some(work()));
    };
    let (tell, told) = mpsc::sync_channel(1);
    hand(Box::new(move |is_free| {
        let done = work();
        is_free();
        // Nobody wants it any more when the time was up.
        let _ = tell.send(done);
    }))?;
    loop {
        match told.recv_timeout(limit) {
            Ok(done) => return Ok(Some(done)),
            Err(RecvTimeoutError::Timeout) if goes_on() => {}
            Err(_) => return Ok(None),
        }
    }
}

fn hand(work: Work) -> io::Result<()> {
    let helper = idle().helpers.pop();
    let work = match helper {
        Some((_, helper)) => match helper.send(work) {
            Ok(()) => return Ok(()),
            Err(unsent) => unsent.0,
        },
        None => work,
    };
    let thread = thread::Builder::new().name("aludel-wait".to_owned());
    thread.spawn(move || help(work)).map(drop)
}

fn help(work: Work) {
    let (sender, works) = mpsc::channel();
    let me = thread::current().id();
    let is_free = || idle().helpers.push((me, sender.clone()));
    let mut next = Some(work);
    while let Some(work) = next {
        work(&is_free);
        next = wait(me, &works);
    }
}

/// The next thing to do; `None` when there was nothing for a while.
fn wait(me: ThreadId, works: &Receiver<Work>) -> Option<Work> {
    if let Ok(work) = works.recv_timeout(STAYS) {
        return Some(work);
    }
    let mut idle = idle();
    let place = idle.helpers.iter().position(|(helper, _)| *helper == me);
    match place {
        Some(place) => {
            idle.helpers.swap_remove(place);
            None
        }
        // Somebody has just taken this one.
        None => {
            drop(idle);
            works.recv().ok()
        }
    }
}

fn idle() -> MutexGuard<'static, Idle> {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let process = process::id();
    if idle.process != process {
        idle.process = process;
        mem::forget(mem::take(&mut idle.helpers));
    }
    idle
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use super::within;

    #[test]
    fn work_is_waited_for_and_no_longer_than_its_limit() {
        let soon = Some(Duration::from_secs(20));
        for number in 0..100 {
            assert_eq!(within(soon, move || number).unwrap(), Some(number));
        }
        let slow = || thread::sleep(Duration::from_secs(2));
        assert_eq!(within(Some(Duration::from_millis(20)), slow).unwrap(), None);
        assert_eq!(
            within(soon, || 7).unwrap(),
            Some(7),
            "another thread does it"
        );
        let here = thread::current().id();
        let in_place = within(None, || thread::current().id());
        assert_eq!(in_place.unwrap(), Some(here));
    }

    #[test]
    fn work_that_panics_is_work_that_is_not_done() {
        let panics = || -> i32 { panic!("the work panics") };
        assert_eq!(within(Some(Duration::from_secs(20)), panics).unwrap(), None);
        assert_eq!(
            within(Some(Duration::from_secs(20)), || 7).unwrap(),
            Some(7)
        );
    }
}
