//! The queue of the pool under a scheduler that tries thousands of orders in which its threads may go on: nobody is left
//! sleeping, nothing is lost, and no limit is exceeded. A thread that sleeps for ever ends the test, which shows how it came to that.
//!
//! It is the very source of the pool, with other locks. Time is up when the scheduler wants it so.

#![allow(dead_code)] // What the pool uses besides.
#![allow(clippy::unwrap_used)] // Clippy takes the helpers of tests for production code.

use std::time::Duration;

use shuttle::{
    rand::{Rng, thread_rng},
    sync::{
        Arc, Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use self::{queue::Queue, state::Rules};

#[path = "../src/pool/queue.rs"]
mod queue;
#[path = "../src/pool/state.rs"]
mod state;

/// As the pool's own.
mod sync {
    use std::time::Duration;

    pub(super) use shuttle::sync::{Arc, Mutex, MutexGuard, atomic::AtomicBool};
    use shuttle::{
        rand::{Rng, thread_rng},
        sync::{self, atomic::Ordering},
        thread,
    };

    /// One of whom nobody knows whether it was just now.
    pub(super) struct Arrival;

    impl Arrival {
        pub(super) fn now() -> Self {
            Arrival
        }

        pub(super) fn is_recent(&self) -> bool {
            thread_rng().gen_bool(0.5)
        }
    }

    /// One that a clock can ring, too.
    pub(super) struct Condvar(Arc<sync::Condvar>);

    impl Condvar {
        pub(super) fn new() -> Self {
            Condvar(Arc::new(sync::Condvar::new()))
        }

        pub(super) fn notify_one(&self) {
            self.0.notify_one();
        }
    }

    pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex.lock().unwrap()
    }

    /// Whether time can be up.
    pub(super) struct Deadline(bool);

    impl Deadline {
        pub(super) fn within(time: Duration) -> Self {
            Deadline(time < Duration::MAX)
        }
    }

    pub(super) fn wait<'s, T>(
        condvar: &Condvar,
        guard: MutexGuard<'s, T>,
        deadline: &Deadline,
    ) -> (MutexGuard<'s, T>, bool) {
        let is_late = deadline.0 && thread_rng().gen_bool(0.5);
        let rung = Arc::new(AtomicBool::new(false));
        if is_late {
            let (clock, rung) = (Arc::clone(&condvar.0), Arc::clone(&rung));
            thread::spawn(move || {
                while !rung.load(Ordering::SeqCst) {
                    clock.notify_one();
                    thread::yield_now();
                }
            });
        }
        let guard = condvar.0.wait(guard).unwrap();
        rung.store(true, Ordering::SeqCst);
        (guard, is_late)
    }
}

/// So many schedules are tried of each shape.
const SCHEDULES: usize = 1_500;

/// What threads do with the connections that they get.
#[derive(Clone, Copy)]
struct Play {
    threads: usize,
    rules: Rules,
    /// How long they wait.
    patience: Duration,
    /// Whether connections are lost, closed and detached.
    loses: bool,
}

/// Connections that really are open, and out.
#[derive(Default)]
struct Truth {
    open: AtomicUsize,
    out: AtomicUsize,
}

impl Play {
    fn new(threads: usize, kept: usize, open: usize) -> Self {
        Play {
            threads,
            rules: Rules {
                kept,
                open,
                lifo: false,
                waits: true,
                per_owner: false,
            },
            patience: Duration::MAX,
            loses: false,
        }
    }

    fn once(self) {
        let queue = Arc::new(Queue::new(self.rules));
        let truth = Arc::new(Truth::default());
        let threads: Vec<_> = (0..self.threads)
            .map(|_| {
                let (queue, truth) = (Arc::clone(&queue), Arc::clone(&truth));
                thread::spawn(move || {
                    for _ in 0..2 {
                        self.turn(&queue, &truth);
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        let counts = queue.counts();
        assert_eq!(counts.waiting, 0, "somebody waits who has ended");
        assert_eq!(counts.open, counts.idle, "a connection is out for ever");
        assert_eq!(truth.open.load(Ordering::SeqCst), counts.idle);
        assert!(counts.idle <= self.rules.kept, "{counts:?}");
    }

    fn turn(self, queue: &Queue<()>, truth: &Truth) {
        let Ok((found, ticket)) = queue.claim(0, self.patience) else {
            assert!(self.patience < Duration::MAX, "nobody waits so long");
            return;
        };
        assert!(truth.out.fetch_add(1, Ordering::SeqCst) < self.rules.open);
        if found.is_none() {
            assert!(truth.open.fetch_add(1, Ordering::SeqCst) < self.rules.open);
        }
        let fate = if self.loses {
            thread_rng().gen_range(0..5)
        } else {
            0
        };
        truth.out.fetch_sub(1, Ordering::SeqCst);
        match fate {
            0 | 1 => {
                if queue.give_back((), ticket).is_some() {
                    truth.open.fetch_sub(1, Ordering::SeqCst);
                    queue.closed();
                }
            }
            // It is detached: its place is free, and the connection goes on.
            2 => {
                truth.open.fetch_sub(1, Ordering::SeqCst);
                queue.gone(ticket);
                thread::yield_now();
            }
            fate => {
                let idle = if fate == 3 {
                    queue.lost(ticket)
                } else {
                    Vec::new()
                };
                for () in idle {
                    truth.open.fetch_sub(1, Ordering::SeqCst);
                    queue.closed();
                }
                truth.open.fetch_sub(1, Ordering::SeqCst);
                queue.gone(ticket);
            }
        }
    }

    fn holds(self) {
        holds(move || self.once());
    }
}

/// Tries schedules at random, and those that are known to find mistakes which need few switches at the worst places.
fn holds(play: impl Fn() + Copy + Send + Sync + 'static) {
    shuttle::check_random(play, SCHEDULES);
    shuttle::check_pct(play, SCHEDULES, 3);
}

#[test]
fn whoever_waits_is_woken_when_connections_come_back() {
    Play::new(3, 1, 1).holds();
    Play::new(4, 1, 2).holds();
}

#[test]
fn whoever_waits_is_woken_when_connections_are_lost() {
    Play {
        loses: true,
        ..Play::new(4, 1, 2)
    }
    .holds();
}

#[test]
fn two_who_need_each_other_are_both_served_when_two_connections_come_back() {
    holds(|| {
        let queue = Arc::new(Queue::new(Play::new(2, 1, 2).rules));
        let held = [(); 2].map(|()| queue.claim(0, Duration::MAX).unwrap().1);
        let meeting = Arc::new(Barrier::new(2));
        let threads = [(); 2].map(|()| {
            let (queue, meeting) = (Arc::clone(&queue), Arc::clone(&meeting));
            thread::spawn(move || {
                queue.claim(0, Duration::MAX).unwrap();
                meeting.wait();
            })
        });
        for ticket in held {
            if queue.give_back((), ticket).is_some() {
                queue.closed();
            }
        }
        for thread in threads {
            thread.join().unwrap();
        }
    });
}

#[test]
fn whoever_waits_is_served_when_the_peers_of_a_lost_connection_are_closed() {
    holds(|| {
        let queue = Arc::new(Queue::new(Play::new(2, 2, 2).rules));
        let [(_, lost), (_, idle)] = [(); 2].map(|()| queue.claim(0, Duration::MAX).unwrap());
        assert_eq!(queue.give_back((), idle), None);
        let waiter = thread::spawn({
            let queue = Arc::clone(&queue);
            move || queue.claim(0, Duration::MAX).map(drop)
        });
        for () in queue.lost(lost) {
            queue.closed();
        }
        // The lost one is still in somebody's hands.
        waiter.join().unwrap().unwrap();
    });
}

#[test]
fn whoever_gives_up_takes_nobodys_turn() {
    Play {
        patience: Duration::ZERO,
        ..Play::new(3, 1, 1)
    }
    .holds();
    Play {
        patience: Duration::ZERO,
        loses: true,
        ..Play::new(4, 1, 2)
    }
    .holds();
}

#[test]
#[should_panic(expected = "deadlock")]
fn somebody_who_sleeps_for_ever_is_found() {
    let play = || {
        let queue = Queue::<()>::new(Play::new(1, 1, 1).rules);
        let _kept = queue.claim(0, Duration::MAX);
        let _ = queue.claim(0, Duration::MAX);
    };
    shuttle::check_random(play, 1);
}
