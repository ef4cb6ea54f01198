//! What is told of objects that come from rows.

use std::rc::Rc;

use super::Moment;
use crate::{
    error::Result,
    model::TableInfo,
    session::{Inner, Session, instance::AnyInstance},
};

/// The objects that came with the rows of a query, where somebody listens.
pub(crate) struct Arrivals {
    listeners: Rc<super::Listeners>,
    objects: Vec<Rc<dyn AnyInstance>>,
}

impl Arrivals {
    /// Notes an object, if somebody wants to know of it.
    pub(crate) fn note(&mut self, table: &TableInfo, object: impl FnOnce() -> Rc<dyn AnyInstance>) {
        if self.listeners.hear_of(Moment::Load, table) {
            self.objects.push(object());
        }
    }
}

impl Inner {
    /// Where arrivals are noted; `None` where nobody listens.
    pub(crate) fn arrivals(&self) -> Option<Arrivals> {
        let listeners = self.events.hearing(|moment| moment == Moment::Load)?;
        Some(Arrivals {
            listeners,
            objects: Vec::new(),
        })
    }

    /// Tells who came.
    pub(crate) fn tell_loaded(self: &Rc<Self>, arrivals: &Arrivals) -> Result<()> {
        let session = Session::view(self);
        let mut objects = arrivals.objects.iter();
        let tell = |object| arrivals.listeners.tell_of(Moment::Load, &session, object);
        objects.try_for_each(tell)
    }
}
