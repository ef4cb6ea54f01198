//! The bookkeeping by itself.

use super::{
    options::{Given, PoolClass},
    state::{Claim, State, Ticket},
};

type Numbers = State<u32, char>;

/// Whoever asks, where it does not matter.
const ANY: u64 = 0;

fn given(given: &Given) -> Numbers {
    State::new(given.clone().resolve("SQLite").unwrap().rules())
}

fn state(size: u32, overflow: i32) -> Numbers {
    given(&Given {
        size: Some(size),
        max_overflow: Some(overflow),
        ..Given::default()
    })
}

fn of_class(class: PoolClass) -> Numbers {
    given(&Given {
        class: Some(class),
        ..Given::default()
    })
}

/// Nobody who waits may be overtaken.
fn never(_: &char) -> bool {
    false
}

#[track_caller]
fn opens(state: &mut Numbers, owner: u64) -> Ticket {
    match state.claim(owner, never) {
        Claim::Open(ticket) => ticket,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn uses(claim: Claim<u32>, expected: u32) -> Ticket {
    match claim {
        Claim::Use(connection, ticket) if connection == expected => ticket,
        other => panic!("{other:?}"),
    }
}

#[test]
fn as_many_are_open_as_size_and_overflow_allow() {
    let limits = [
        (5, 10, 15),
        (1, 0, 1),
        (2, -1, 100),
        (0, 0, 100),
        (0, -1, 100),
    ];
    for (size, overflow, most) in limits {
        let mut state = state(size, overflow);
        let opened = (0..100).take_while(|_| matches!(state.claim(ANY, never), Claim::Open(_)));
        assert_eq!(opened.count(), most, "{size} {overflow}");
        assert_eq!(state.counts().open, most);
    }
}

#[test]
fn connections_take_turns_and_with_lifo_the_last_goes_out_first() {
    for (lifo, order) in [(false, [1, 2, 3]), (true, [3, 2, 1])] {
        let mut state = given(&Given {
            use_lifo: Some(lifo),
            ..Given::default()
        });
        let tickets: Vec<Ticket> = (0..3).map(|_| opens(&mut state, ANY)).collect();
        for (connection, ticket) in (1..).zip(tickets) {
            assert_eq!(state.give_back(connection, ticket), None);
        }
        for connection in order {
            uses(state.claim(ANY, never), connection);
        }
    }
}

#[test]
fn overflow_is_closed_when_it_comes_back_and_frees_its_place_then() {
    let mut state = state(1, 1);
    let (one, two) = (opens(&mut state, ANY), opens(&mut state, ANY));
    assert_eq!(state.give_back(1, one), None);
    assert_eq!(state.give_back(2, two), Some(2));
    uses(state.claim(ANY, never), 1);
    assert_eq!(
        state.claim(ANY, never),
        Claim::Wait,
        "the second is not closed yet"
    );
    state.closed();
    opens(&mut state, ANY);
}

#[test]
fn overflow_is_kept_for_somebody_who_waits() {
    let mut state = state(1, 1);
    let (one, two) = (opens(&mut state, ANY), opens(&mut state, ANY));
    state.wait('a');
    state.wait('b');
    assert_eq!(state.give_back(1, one), None);
    assert_eq!(state.give_back(2, two), None);
    uses(state.claim_next(&'a', ANY), 1);
    state.leave(&'a');
    uses(state.claim_next(&'b', ANY), 2);
}

#[test]
fn no_more_overflow_is_kept_than_there_are_waiters() {
    let mut state = state(1, 3);
    let tickets = [(); 4].map(|()| opens(&mut state, ANY));
    state.wait('a');
    state.wait('b');
    let given = tickets.map(|ticket| state.give_back(1, ticket).is_none());
    assert_eq!(given, [true, true, true, false]);
}

#[test]
fn whoever_waits_is_served_as_soon_as_there_is_enough_for_all_before() {
    let mut state = state(2, 0);
    let tickets = [(); 2].map(|()| opens(&mut state, ANY));
    for waiter in ['a', 'b', 'c'] {
        state.wait(waiter);
    }
    for (connection, ticket) in (1..).zip(tickets) {
        state.give_back(connection, ticket);
    }
    assert_eq!(state.claim_next(&'c', ANY), Claim::Wait);
    uses(state.claim_next(&'b', ANY), 1);
    state.leave(&'b');
    assert_eq!(
        state.claim_next(&'c', ANY),
        Claim::Wait,
        "it is for the first"
    );
    uses(state.claim_next(&'a', ANY), 2);
}

#[test]
fn whoever_waits_longest_is_served_first_and_newcomers_after_all() {
    let mut state = state(1, 0);
    let ticket = opens(&mut state, ANY);
    state.wait('a');
    state.wait('b');
    assert_eq!(state.next_waiter(), None, "there is nothing to wake for");
    state.give_back(1, ticket);
    assert_eq!(state.next_waiter(), Some(&'a'));
    assert_eq!(state.claim(ANY, never), Claim::Wait, "a newcomer");
    assert_eq!(state.claim_next(&'b', ANY), Claim::Wait, "the second");
    let ticket = uses(state.claim_next(&'a', ANY), 1);
    state.leave(&'a');
    assert_eq!(state.next_waiter(), None);
    state.give_back(1, ticket);
    assert_eq!(state.next_waiter(), Some(&'b'));
}

#[test]
fn a_newcomer_overtakes_only_where_whoever_waits_longest_lets_it() {
    let mut state = state(1, 0);
    let ticket = opens(&mut state, ANY);
    state.wait('a');
    state.wait('b');
    assert_eq!(state.claim(ANY, |_| true), Claim::Wait, "there is nothing");
    state.give_back(1, ticket);
    assert_eq!(state.claim(ANY, |first| *first == 'b'), Claim::Wait);
    let ticket = uses(state.claim(ANY, |first| *first == 'a'), 1);
    assert_eq!(state.claim_next(&'a', ANY), Claim::Wait, "it was too late");
    state.give_back(1, ticket);
    uses(state.claim_next(&'a', ANY), 1);
}

#[test]
fn whoever_gives_up_lets_the_next_one_pass() {
    let mut state = state(1, 0);
    let ticket = opens(&mut state, ANY);
    state.wait('a');
    state.wait('b');
    state.give_back(1, ticket);
    state.leave(&'a');
    uses(state.claim_next(&'b', ANY), 1);
}

#[test]
fn a_connection_that_is_gone_makes_place_for_another() {
    let mut state = state(1, 0);
    let ticket = opens(&mut state, ANY);
    state.wait('a');
    state.gone(ticket);
    assert_eq!(state.next_waiter(), Some(&'a'));
    assert!(matches!(state.claim_next(&'a', ANY), Claim::Open(_)));
}

#[test]
fn connections_of_an_earlier_generation_are_not_kept() {
    let mut state = state(2, 0);
    let (one, two) = (opens(&mut state, ANY), opens(&mut state, ANY));
    state.give_back(1, one);
    assert_eq!(state.retire(), [1]);
    state.closed();
    assert_eq!(state.give_back(2, two), Some(2));
    state.closed();
    let three = opens(&mut state, ANY);
    assert_eq!(state.give_back(3, three), None);
}

#[test]
fn a_connection_that_was_opened_in_the_place_of_another_is_of_the_newest_generation() {
    let mut state = state(2, 0);
    let old = opens(&mut state, ANY);
    state.retire();
    let new = state.renewed(old);
    assert_eq!(state.give_back(1, new), None);
    assert_eq!(state.counts().open, 1);
}

#[test]
fn a_connection_that_is_lost_takes_its_idle_peers_with_it_but_none_that_were_opened_since() {
    let mut state = state(3, 0);
    let [one, two, three] = [(); 3].map(|()| opens(&mut state, ANY));
    state.give_back(1, one);
    assert_eq!(state.lost(two), [1]);
    state.closed();
    let four = opens(&mut state, ANY);
    assert_eq!(state.give_back(4, four), None);
    assert_eq!(state.lost(three), [0; 0], "another of the first three");
    uses(state.claim(ANY, never), 4);
    assert_eq!(state.give_back(3, three), Some(3));
}

#[test]
fn a_null_pool_opens_each_and_keeps_none() {
    let mut state = of_class(PoolClass::Null);
    for connection in 0..20 {
        let ticket = opens(&mut state, ANY);
        assert_eq!(state.give_back(connection, ticket), Some(connection));
        state.closed();
    }
    assert_eq!(state.counts().open, 0);
}

#[test]
fn a_static_pool_lets_wait_and_an_assertion_pool_refuses() {
    for (class, expected) in [
        (PoolClass::Static, Claim::Wait),
        (PoolClass::Assertion, Claim::Refuse),
    ] {
        let mut state = of_class(class);
        let ticket = opens(&mut state, ANY);
        assert_eq!(state.claim(ANY, never), expected, "{class:?}");
        assert_eq!(state.give_back(1, ticket), None, "{class:?}");
        uses(state.claim(ANY, never), 1);
    }
}

#[test]
fn each_owner_gets_its_own_connection_again_and_only_one_at_a_time() {
    let mut state = of_class(PoolClass::PerThread);
    let (one, two) = (opens(&mut state, 1), opens(&mut state, 2));
    assert_eq!(state.claim(1, never), Claim::Refuse);
    state.give_back(10, one);
    state.give_back(20, two);
    let two = uses(state.claim(2, never), 20);
    uses(state.claim(1, never), 10);
    assert_eq!(state.claim(2, never), Claim::Refuse);
    state.gone(two);
    opens(&mut state, 2);
    assert_eq!(state.counts().open, 2);
}

#[test]
fn of_the_connections_of_owners_the_one_that_came_back_first_is_closed_when_there_are_too_many() {
    let mut state = of_class(PoolClass::PerThread);
    let tickets: Vec<Ticket> = (1..=6).map(|owner| opens(&mut state, owner)).collect();
    let surplus = tickets
        .into_iter()
        .zip(1..)
        .map(|(ticket, connection)| state.give_back(connection, ticket));
    assert_eq!(
        surplus.collect::<Vec<_>>(),
        [None, None, None, None, None, Some(1)]
    );
    state.closed();
    uses(state.claim(6, never), 6);
    opens(&mut state, 1);
}

#[test]
fn whoever_inherits_a_pool_begins_with_none_of_it() {
    for class in [PoolClass::Queue, PoolClass::PerThread] {
        let mut state = of_class(class);
        let (idle, out) = (opens(&mut state, 1), opens(&mut state, 2));
        state.give_back(1, idle);
        state.wait('a');
        assert_eq!(state.forsake(), [1]);
        let counts = state.counts();
        assert_eq!((counts.open, counts.idle, counts.waiting), (0, 0, 0));
        opens(&mut state, 2);
        assert_eq!(state.give_back(2, out), Some(2), "not kept");
    }
}
