//! Linking objects to each other, and parting them.

use std::rc::Rc;

use super::{
    keys::{Reference, newest_values},
    links::Link,
    read::{Asked, is_pending},
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Along, RelationInfo},
    session::{
        Inner,
        head::Status,
        instance::AnyInstance,
        object::{described, is_deleted},
        plan::opening_columns,
    },
    sql::{Assigned, Node, Unknown},
    value::Value,
};

impl Inner {
    /// Lets a relationship to one row lead to an object, or to none.
    pub(crate) fn set_target(
        self: &Rc<Self>,
        asked: Asked<'_>,
        target: Option<&Rc<dyn AnyInstance>>,
    ) -> Result<()> {
        self.check_written(asked)?;
        if let Some(target) = target {
            self.take_in(asked, target)?;
        }
        let reference = asked.reference();
        if matches!(asked.relation.along, Along::Own(_)) {
            return match target {
                Some(target) => self.link(reference, asked.owner, target),
                None => self.unlink(reference, asked.owner),
            };
        }
        for member in self.nearest(asked)? {
            if target.is_none_or(|target| !Rc::ptr_eq(target, &member)) {
                self.part(asked, &member)?;
            }
        }
        match target {
            Some(target) => self.link(reference, target, asked.owner),
            None => Ok(()),
        }
    }

    /// Adds an object to a relationship to many rows.
    pub(crate) fn add_member(
        self: &Rc<Self>,
        asked: Asked<'_>,
        member: &Rc<dyn AnyInstance>,
    ) -> Result<()> {
        self.check_written(asked)?;
        self.take_in(asked, member)?;
        let Along::Between { table, there, .. } = asked.relation.along else {
            return self.link(asked.reference(), member, asked.owner);
        };
        let onward = Reference {
            table,
            position: there,
        };
        if self.pairs(asked, onward, member)?.is_empty() {
            can_be_led_to(asked.owner)?;
            can_be_led_to(member)?;
            let pair = (super::load::instances(table)?.create)(Vec::new());
            self.add_pending(Rc::clone(&pair));
            self.link(asked.reference(), &pair, asked.owner)?;
            self.link(onward, &pair, member)?;
        }
        Ok(())
    }

    /// Takes an object out of a relationship to many rows.
    pub(crate) fn remove_member(
        self: &Rc<Self>,
        asked: Asked<'_>,
        member: &Rc<dyn AnyInstance>,
    ) -> Result<()> {
        self.check_written(asked)?;
        self.own(&**member)?;
        let Along::Between { table, there, .. } = asked.relation.along else {
            self.renew_expired(std::slice::from_ref(member))?;
            if !self.leads_to(asked.reference(), member, asked.owner) {
                return Err(not_a_member(asked, member));
            }
            return self.part(asked, member);
        };
        let onward = Reference {
            table,
            position: there,
        };
        let pairs = self.pairs(asked, onward, member)?;
        if pairs.is_empty() {
            return Err(not_a_member(asked, member));
        }
        pairs.iter().try_for_each(|pair| self.discard_row(pair))
    }

    /// Lets a foreign key of one object lead to another.
    pub(crate) fn link(
        self: &Rc<Self>,
        reference: Reference,
        child: &Rc<dyn AnyInstance>,
        target: &Rc<dyn AnyInstance>,
    ) -> Result<()> {
        self.make_changeable(child)?;
        can_be_led_to(target)?;
        if reference.is_unique() {
            self.displace(reference, child, target)?;
        }
        let key = reference.key();
        if !is_pending(&**target) {
            let values = newest_values(&**target, key.references);
            let values = key.columns.iter().copied().zip(values);
            return self.set_columns(reference, child, values.collect());
        }
        let unknown = |column: &usize| Unknown {
            object: target.head().number,
            column: *column,
        };
        let columns = key.columns.iter().copied();
        let columns = columns.zip(key.references.iter().map(unknown));
        if is_pending(&**child) {
            let columns = columns.map(|(column, unknown)| (column, Node::Unknown(unknown)));
            self.give(child, columns.collect());
            return Ok(());
        }
        let mut relations = self.relations.borrow_mut();
        if let Some(before) = relations.leads(reference, &**child) {
            relations.remove(reference, &before, child);
        }
        let is_noted = child.is_edited() || !relations.links.all_of(child.head().number).is_empty();
        let link = Link {
            foreign_key: reference.position,
            columns: columns.collect(),
        };
        relations.links.add(child.head().number, link);
        drop(relations);
        if !is_noted {
            self.note_edited(Rc::clone(child));
        }
        Ok(())
    }

    /// Lets a foreign key of an object lead nowhere.
    pub(crate) fn unlink(
        self: &Rc<Self>,
        reference: Reference,
        child: &Rc<dyn AnyInstance>,
    ) -> Result<()> {
        self.make_changeable(child)?;
        let columns = opening_columns(reference.table, reference.position);
        let columns: Vec<_> = columns.map(|column| (column, Value::Null)).collect();
        if columns.is_empty() {
            return Err(needs_one(reference, child));
        }
        self.set_columns(reference, child, columns)
    }

    /// Takes a member out of a collection: it leads nowhere from then on, or is deleted where it is nothing without the other.
    fn part(self: &Rc<Self>, asked: Asked<'_>, member: &Rc<dyn AnyInstance>) -> Result<()> {
        if asked.relation.cascade.delete_orphan {
            return self.discard_row(member);
        }
        self.unlink(asked.reference(), member)
    }

    /// Lets the next flush delete the row of an object, unless it is linked to another before; one without a row is let go.
    fn discard_row(self: &Rc<Self>, object: &Rc<dyn AnyInstance>) -> Result<()> {
        if is_pending(&**object) {
            return self.expunge(object);
        }
        if object.head().doomed.get() {
            return Ok(());
        }
        self.doom(object)?;
        let mut objects = self.objects.borrow_mut();
        objects.orphans.insert(object.head().number);
        Ok(())
    }

    /// Where one row only can lead to another, the one that did is parted from it.
    fn displace(
        self: &Rc<Self>,
        reference: Reference,
        child: &Rc<dyn AnyInstance>,
        target: &Rc<dyn AnyInstance>,
    ) -> Result<()> {
        let Some(key) = reference.of_parent(&**target) else {
            return Ok(());
        };
        let known = self.relations.borrow().known_members(reference, &key);
        let can_be_open = opening_columns(reference.table, reference.position)
            .next()
            .is_some();
        for other in known {
            if !Rc::ptr_eq(&other, child) && !other.head().doomed.get() && can_be_open {
                self.unlink(reference, &other)?;
            }
        }
        Ok(())
    }

    /// Whether a foreign key of an object leads to another, flushed or not.
    pub(crate) fn leads_to(
        &self,
        reference: Reference,
        child: &Rc<dyn AnyInstance>,
        target: &Rc<dyn AnyInstance>,
    ) -> bool {
        let number = target.head().number;
        if is_pending(&**child) {
            let new = child.head().new_values();
            let linked = |assigned: &Assigned| match &assigned.value {
                Node::Unknown(unknown) => {
                    unknown.object == number && reference.key().columns.contains(&assigned.column)
                }
                _ => false,
            };
            if new.iter().any(linked) {
                return true;
            }
        }
        let relations = self.relations.borrow();
        if let Some(link) = relations.links.of(child.head().number, reference.position) {
            return link.object() == Some(number);
        }
        let leads = reference.of_child(&**child);
        !is_pending(&**target) && leads.is_some() && leads == reference.of_parent(&**target)
    }

    /// Sets columns of a foreign key of an object, which gets its row later or has one. What a link said is over.
    fn set_columns(
        self: &Rc<Self>,
        reference: Reference,
        object: &Rc<dyn AnyInstance>,
        values: Vec<(usize, Value)>,
    ) -> Result<()> {
        if is_pending(&**object) {
            let values = values.into_iter();
            let values = values.map(|(column, value)| (column, Node::Parameter(value)));
            self.give(object, values.collect());
            return Ok(());
        }
        let is_so =
            |(column, value): &(usize, Value)| object.value(*column).as_ref() == Some(value);
        if !self.has_link(object, reference) && values.iter().all(is_so) {
            return Ok(());
        }
        self.changing(object, || {
            self.relations.borrow_mut().unlinked(reference, object);
            object.change(&values)
        })
    }

    /// Lets `change` change an object with a row, and knows of that.
    pub(crate) fn changing<T>(
        &self,
        object: &Rc<dyn AnyInstance>,
        change: impl FnOnce() -> T,
    ) -> T {
        let before = self.relations.borrow().before(&**object);
        let was_edited = object.is_edited()
            || !self
                .relations
                .borrow()
                .links
                .all_of(object.head().number)
                .is_empty();
        let changed = change();
        if object.is_edited() && !was_edited {
            self.note_edited(Rc::clone(object));
        }
        self.relations.borrow_mut().moved(object, before);
        changed
    }

    /// Gives an object without a row values to insert.
    pub(super) fn give(&self, object: &Rc<dyn AnyInstance>, values: Vec<(usize, Node)>) {
        let before = self.relations.borrow().before(&**object);
        object.head().set_new_values(object.table(), values);
        self.relations.borrow_mut().moved(object, before);
    }

    /// An object whose columns can be set: up to date, and not deleted. One that was taken out of a collection is back.
    fn make_changeable(self: &Rc<Self>, object: &Rc<dyn AnyInstance>) -> Result<()> {
        self.usable()?;
        self.own(&**object)?;
        if is_pending(&**object) {
            return Ok(());
        }
        self.persistent(&**object)?;
        let head = object.head();
        if head.doomed.get() {
            let mut objects = self.objects.borrow_mut();
            if !objects.orphans.remove(&head.number) {
                return Err(is_deleted(&**object));
            }
            objects.doomed.retain(|other| !Rc::ptr_eq(other, object));
            head.doomed.set(false);
        }
        if head.expired.get() {
            self.renew(object)?;
        }
        Ok(())
    }

    /// Takes an object that is linked to one of the session into that.
    fn take_in(self: &Rc<Self>, asked: Asked<'_>, object: &Rc<dyn AnyInstance>) -> Result<()> {
        self.usable()?;
        if object.head().session().is_none() && asked.relation.cascade.save {
            return self.attach(object);
        }
        self.own(&**object)
    }

    fn check_written(&self, asked: Asked<'_>) -> Result<()> {
        self.usable()?;
        if !asked.relation.read_only {
            return Ok(());
        }
        let message = format!("{} can only be read", asked.described());
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }
}

/// # Errors
/// [`InvalidRequest`](ErrorKind::InvalidRequest) where an object is deleted, flushed or not.
fn can_be_led_to(object: &Rc<dyn AnyInstance>) -> Result<()> {
    let head = object.head();
    if head.gone.get() || head.doomed.get() || head.status.get() == Status::Deleted {
        return Err(is_deleted(&**object));
    }
    Ok(())
}

/// The relationship of the other table that deletes the rows that are taken out of it.
pub(crate) fn orphaning(reference: Reference) -> Option<&'static RelationInfo> {
    let mut relations = reference.key().table.relations.iter();
    relations.find(|relation| {
        let is_it = matches!(
            relation.along,
            Along::Other { table, foreign_key }
                if std::ptr::eq(table, reference.table) && foreign_key == reference.position
        );
        is_it && relation.cascade.delete_orphan
    })
}

fn not_a_member(asked: Asked<'_>, member: &Rc<dyn AnyInstance>) -> Error {
    let message = format!("{} is not in {}", described(&**member), asked.described());
    Error::new(ErrorKind::InvalidRequest, message)
}

fn needs_one(reference: Reference, child: &Rc<dyn AnyInstance>) -> Error {
    let columns = reference.key().columns.iter();
    let columns: Vec<&str> = columns
        .map(|column| reference.table.columns[*column].name)
        .collect();
    let message = format!(
        "{} has to lead to a row of `{}`, for `{}` cannot be NULL: link it to another, delete it, or let the schema say `delete_orphan`",
        described(&**child),
        reference.key().table.name,
        columns.join("`, `")
    );
    Error::new(ErrorKind::InvalidRequest, message)
}
