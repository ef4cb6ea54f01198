//! The bookkeeping by itself.

use super::{Claim, Limits, State};

type Numbers = State<u32, char>;

fn state(size: u32, overflow: Option<u32>) -> Numbers {
    State::new(Limits::new(size, overflow))
}

/// Claims as many as there are places, and gives their number.
fn open_all(state: &mut Numbers, most: usize) -> usize {
    (0..most)
        .take_while(|_| state.claim() == Some(Claim::Open(0)))
        .count()
}

#[test]
fn as_many_are_open_as_size_and_overflow_allow() {
    let limits = [
        (5, Some(10), 15),
        (1, Some(0), 1),
        (2, None, 100),
        (0, Some(0), 100),
        (0, None, 100),
    ];
    for (size, overflow, most) in limits {
        let opened = open_all(&mut state(size, overflow), 100);
        assert_eq!(opened, most, "{size} {overflow:?}");
    }
}

#[test]
fn what_came_back_last_goes_out_first() {
    let mut state = state(2, Some(0));
    open_all(&mut state, 2);
    assert_eq!(state.give_back(1, 0), None);
    assert_eq!(state.give_back(2, 0), None);
    assert_eq!(state.claim(), Some(Claim::Use(2, 0)));
    assert_eq!(state.claim(), Some(Claim::Use(1, 0)));
    assert_eq!(state.claim(), None);
}

#[test]
fn overflow_is_closed_when_it_comes_back_and_frees_its_place_then() {
    let mut state = state(1, Some(1));
    open_all(&mut state, 2);
    assert_eq!(state.give_back(1, 0), None);
    assert_eq!(state.give_back(2, 0), Some(2));
    assert_eq!(state.claim(), Some(Claim::Use(1, 0)));
    assert_eq!(state.claim(), None, "the second is not closed yet");
    state.closed();
    assert_eq!(state.claim(), Some(Claim::Open(0)));
}

#[test]
fn overflow_is_kept_for_somebody_who_waits() {
    let mut state = state(1, Some(1));
    open_all(&mut state, 2);
    state.wait('a');
    state.wait('b');
    assert_eq!(state.give_back(1, 0), None);
    assert_eq!(state.give_back(2, 0), None);
    assert_eq!(state.claim_next(&'a'), Some(Claim::Use(2, 0)));
}

#[test]
fn whoever_waits_longest_is_served_first_and_newcomers_after_all() {
    let mut state = state(1, Some(0));
    open_all(&mut state, 1);
    state.wait('a');
    state.wait('b');
    assert_eq!(state.next_waiter(), None, "there is nothing to wake for");
    state.give_back(1, 0);
    assert_eq!(state.next_waiter(), Some(&'a'));
    assert_eq!(state.claim(), None, "a newcomer");
    assert_eq!(state.claim_next(&'b'), None, "the second");
    assert_eq!(state.claim_next(&'a'), Some(Claim::Use(1, 0)));
    state.leave(&'a');
    assert_eq!(state.next_waiter(), None);
    state.give_back(1, 0);
    assert_eq!(state.next_waiter(), Some(&'b'));
}

#[test]
fn whoever_gives_up_lets_the_next_one_pass() {
    let mut state = state(1, Some(0));
    open_all(&mut state, 1);
    state.wait('a');
    state.wait('b');
    state.give_back(1, 0);
    state.leave(&'a');
    assert_eq!(state.claim_next(&'b'), Some(Claim::Use(1, 0)));
}

#[test]
fn a_connection_that_is_lost_makes_place_for_another() {
    let mut state = state(1, Some(0));
    open_all(&mut state, 1);
    state.wait('a');
    state.closed();
    assert_eq!(state.next_waiter(), Some(&'a'));
    assert_eq!(state.claim_next(&'a'), Some(Claim::Open(0)));
}

#[test]
fn connections_of_an_earlier_generation_are_not_kept() {
    let mut state = state(2, Some(0));
    open_all(&mut state, 2);
    state.give_back(1, 0);
    assert_eq!(state.retire(), [1]);
    state.closed();
    assert_eq!(state.give_back(2, 0), Some(2));
    state.closed();
    assert_eq!(state.claim(), Some(Claim::Open(1)));
    assert_eq!(state.give_back(3, 1), None);
}

#[test]
fn a_connection_that_is_lost_takes_its_idle_peers_with_it_but_none_that_were_opened_since() {
    let mut state = state(3, Some(0));
    open_all(&mut state, 3);
    state.give_back(1, 0);
    assert_eq!(state.lost(0), [1]);
    state.closed();
    assert_eq!(state.claim(), Some(Claim::Open(1)));
    assert_eq!(state.give_back(4, 1), None);
    assert_eq!(state.lost(0), [0; 0], "another of the first three");
    assert_eq!(state.claim(), Some(Claim::Use(4, 1)));
    assert_eq!(state.give_back(3, 0), Some(3));
}
