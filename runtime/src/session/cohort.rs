//! What came from the database together, and is renewed together.

use std::rc::Rc;

use super::{instance::AnyInstance, rows::Rows};

/// With which query an object was read last, and as which of its rows. Objects that were not read have 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Cohort {
    /// The query's number in its session.
    pub(crate) query: u64,
    /// The last that can be counted stands for those behind it as well.
    pub(crate) place: u32,
}

/// The greatest number of peers for which something is done together.
const PEERS: usize = 1_000;

/// The objects that were read with this one and that `fits` takes, among them itself.
pub(crate) fn all(
    instance: &Rc<dyn AnyInstance>,
    rows: &Rows,
    fits: impl Fn(&dyn AnyInstance) -> bool,
) -> Vec<Rc<dyn AnyInstance>> {
    let cohort = |instance: &Rc<dyn AnyInstance>| instance.head().cohort();
    let of = cohort(instance);
    let is_peer = |peer: &&Rc<dyn AnyInstance>| {
        Rc::ptr_eq(peer, instance)
            || (of.query > 0 && cohort(peer).query == of.query && fits(&***peer))
    };
    rows.iter().filter(is_peer).cloned().collect()
}

/// Of a large number of peers, those around an object; in the order in which they were read.
pub(crate) fn nearest(
    mut peers: Vec<Rc<dyn AnyInstance>>,
    instance: &Rc<dyn AnyInstance>,
) -> Vec<Rc<dyn AnyInstance>> {
    let cohort = |instance: &Rc<dyn AnyInstance>| instance.head().cohort();
    peers.sort_by_cached_key(cohort);
    if peers.len() > PEERS {
        let of = cohort(instance);
        let place = peers.partition_point(|peer| cohort(peer) < of);
        let start = place.saturating_sub(PEERS / 2).min(peers.len() - PEERS);
        peers.drain(..start);
        peers.truncate(PEERS);
    }
    peers
}
