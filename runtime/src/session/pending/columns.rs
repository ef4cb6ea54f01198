//! Columns of an object that has no row yet, read and set after it was added.

use super::Pending;
use crate::{
    error::{Error, ErrorKind, Result},
    model::Keyed,
    query::{Column, IntoValue},
    session::{head::Status, instance::AnyInstance, object},
    sql::Node,
    value::SqlType,
};

impl<M: Keyed> Pending<M> {
    /// Sets a column of the row that the next flush inserts: `pending.set(Person::name, "ed")?`. It takes what the builder's method
    /// of that name takes.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where it has a row already: [`edit`](crate::Entity::edit) its entity.
    pub fn set<T: SqlType, const I: usize>(
        &self,
        _column: Column<M, T, I>,
        value: impl IntoValue<T>,
    ) -> Result<()> {
        let head = &self.instance.head;
        if !matches!(head.status.get(), Status::Transient | Status::Pending) {
            let message = format!(
                "{} has a row already: edit its entity",
                object::described(&*self.instance)
            );
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        head.set_new_values(M::TABLE, [(I, value.into_value_node())]);
        Ok(())
    }

    /// The value of a column: the one that its row has or is going to have. `None` where that is not known yet: it was not given,
    /// is an expression, or the key of an object without a row.
    pub fn get<T: SqlType, const I: usize, A>(&self, _column: Column<M, T, I, A>) -> Option<T> {
        if self.has_row() {
            return T::decode(self.instance.value(I)?.as_ref()).ok();
        }
        let new = self.instance.head.new_values();
        let place = new.binary_search_by_key(&I, |assigned| assigned.column);
        match &new[place.ok()?].value {
            Node::Parameter(value) => T::decode(value.as_ref()).ok(),
            Node::Unknown(unknown) => {
                let session = self.instance.head.session()?;
                let object = session.objects.borrow().numbered(unknown.object)?;
                let value = object
                    .head()
                    .is_persistent()
                    .then(|| object.stored_value(unknown.column));
                T::decode(value??.as_ref()).ok()
            }
            _ => None,
        }
    }
}
