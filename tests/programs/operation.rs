//! Operations of a session, as they are generated.

use proptest::{
    collection::vec,
    prelude::{Strategy, any},
};

/// An operation. What it is done to, and with which values, follows from three numbers, modulo what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Add,
    Edit,
    Delete,
    Flush,
    Commit,
    Rollback,
    Query,
    QueryAsIs,
    Get,
    Savepoint,
    SavepointCommit,
    SavepointRollback,
    Refresh,
    Expire,
    ExpireAll,
    Expunge,
    Merge,
    AddAgain,
    Raw,
    Forget,
    Close,
    Follow,
    Eager,
    Link,
    MemberAdd,
    MemberRemove,
    MembersReplace,
}

use Kind::{
    Add, AddAgain, Close, Commit, Delete, Eager, Edit, Expire, ExpireAll, Expunge, Flush, Follow,
    Forget, Get, Link, MemberAdd, MemberRemove, MembersReplace, Merge, Query, QueryAsIs, Raw,
    Refresh, Rollback, Savepoint, SavepointCommit, SavepointRollback,
};

/// How often each comes.
const WEIGHTS: [(u16, Kind); 27] = [
    (60, Add),
    (45, Edit),
    (24, Delete),
    (22, Flush),
    (12, Commit),
    (7, Rollback),
    (20, Query),
    (4, QueryAsIs),
    (16, Get),
    (9, Savepoint),
    (8, SavepointCommit),
    (7, SavepointRollback),
    (6, Refresh),
    (6, Expire),
    (2, ExpireAll),
    (6, Expunge),
    (10, Merge),
    (10, AddAgain),
    (8, Raw),
    (5, Forget),
    (2, Close),
    (50, Follow),
    (14, Eager),
    (45, Link),
    (24, MemberAdd),
    (16, MemberRemove),
    (10, MembersReplace),
];

impl Kind {
    /// Whether it is about relationships.
    pub(crate) fn relates(self) -> bool {
        matches!(
            self,
            Follow | Eager | Link | MemberAdd | MemberRemove | MembersReplace
        )
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operation {
    pub(crate) kind: Kind,
    pub(crate) numbers: [u8; 3],
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b, c] = self.numbers;
        write!(f, "{:?}({a}, {b}, {c})", self.kind)
    }
}

/// Programs of at most so many operations.
pub(crate) fn programs(longest: usize) -> impl Strategy<Value = Vec<Operation>> {
    let total: u16 = WEIGHTS.iter().map(|(weight, _)| weight).sum();
    let operation = (0..total, any::<[u8; 3]>()).prop_map(|(place, numbers)| Operation {
        kind: kind(place),
        numbers,
    });
    vec(operation, 1..=longest)
}

fn kind(place: u16) -> Kind {
    let mut rest = place;
    for (weight, kind) in WEIGHTS {
        match rest.checked_sub(weight) {
            Some(left) => rest = left,
            None => return kind,
        }
    }
    Add
}
