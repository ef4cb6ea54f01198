//! Statements about many rows, and the entities that follow them.

use std::rc::Rc;

use super::{
    Inner,
    evaluate::{NotHere, all_possible, holds, value},
    identity::Identity,
    instance::AnyInstance,
    write::{
        batch::RowUpdate,
        keys::{column, select_by},
    },
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
    model::TableInfo,
    sql::{self, Assigned, Node, QueryRef, Statement},
    value::{Opaque, Value},
};

/// How the entities of a session follow an UPDATE or DELETE of many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Synchronize {
    /// By evaluating the condition in memory where that gives what the database gives, else by asking for the keys.
    #[default]
    Automatic,
    /// By evaluating the condition in memory. Comparing texts is the database's business, for it knows the collations: such a
    /// condition is an error.
    Evaluate,
    /// By asking the database for the keys of the rows before.
    Fetch,
    /// Not at all: entities show what they showed, until something renews them.
    Not,
}

/// The entities that a statement is about.
type Followers = Vec<Rc<dyn AnyInstance>>;

impl Inner {
    pub(crate) fn update_all(self: &Rc<Self>, tree: &sql::Update, how: Synchronize) -> Result<u64> {
        let followers = self.prepare(tree.table, &tree.joined, &tree.filter, how)?;
        let changed = self.connection()?.change(Statement::Update(tree))?;
        for instance in followers {
            self.follow(&instance, &tree.set);
        }
        self.relations.borrow_mut().forget_table(tree.table);
        Ok(changed)
    }

    pub(crate) fn delete_all(self: &Rc<Self>, tree: &sql::Delete, how: Synchronize) -> Result<u64> {
        let followers = self.prepare(tree.table, &tree.joined, &tree.filter, how)?;
        let changed = self.connection()?.change(Statement::Delete(tree))?;
        for instance in &followers {
            instance.discard();
            self.note_deleted(instance);
        }
        self.follow_deletes(&followers);
        self.relations.borrow_mut().forget_table(tree.table);
        Ok(changed)
    }

    /// Updates rows by their keys. Where that fails, it is not known which of the entities were reached.
    pub(crate) fn update_by_key(
        self: &Rc<Self>,
        table: &'static TableInfo,
        rows: &[&RowUpdate],
        run: impl FnOnce(&Connection) -> Result<u64>,
    ) -> Result<u64> {
        self.no_edits("changed by a statement")?;
        self.flush()?;
        if rows.iter().all(|row| row.set.is_empty()) {
            return Ok(0);
        }
        let done = run(&*self.connection()?);
        for row in rows.iter().filter(|row| !row.set.is_empty()) {
            let identity = Identity::of(row.key.iter().cloned());
            let known = identity.and_then(|identity| self.find(table, &identity));
            match known {
                Some(known) if done.is_ok() => self.follow(&known, &row.set),
                Some(known) => self.follow_blindly(&known),
                None => {}
            }
        }
        self.relations.borrow_mut().forget_table(table);
        done
    }

    /// Flushes, and finds the entities that a statement is going to be about.
    fn prepare(
        self: &Rc<Self>,
        table: &'static TableInfo,
        joined: &[sql::From],
        filter: &[Node],
        how: Synchronize,
    ) -> Result<Followers> {
        self.no_edits("changed by a statement")?;
        // Changes that wait would be lost where an entity follows.
        match how {
            Synchronize::Not => self.autoflush()?,
            _ => self.flush()?,
        }
        let known = self.known(table);
        match how {
            Synchronize::Not => return Ok(Vec::new()),
            _ if known.is_empty() => return Ok(known),
            Synchronize::Fetch => return self.fetch(&known, joined, filter),
            Synchronize::Automatic | Synchronize::Evaluate => {}
        }
        let evaluated = match joined.is_empty() {
            true => self.evaluate(table, filter, &known, &*self.connection()?),
            false => Err(NotHere("a join")),
        };
        match evaluated {
            Ok(followers) => Ok(followers),
            Err(_) if how == Synchronize::Automatic => self.fetch(&known, joined, filter),
            Err(NotHere(what)) => {
                let message = format!(
                    "the condition cannot be evaluated in memory, for it has {what}: use `Synchronize::Fetch` or `Synchronize::Automatic`"
                );
                Err(Error::new(ErrorKind::InvalidRequest, message))
            }
        }
    }

    /// The entities of a table.
    fn known(&self, table: &'static TableInfo) -> Followers {
        let objects = self.objects.borrow();
        let all = objects.persistent();
        all.filter(|instance| std::ptr::eq(instance.table(), table))
            .cloned()
            .collect()
    }

    /// Those of the entities of a table whose rows the database finds.
    fn fetch(
        self: &Rc<Self>,
        known: &Followers,
        joined: &[sql::From],
        filter: &[Node],
    ) -> Result<Followers> {
        let Some(sample) = known.first() else {
            return Ok(Vec::new());
        };
        let table = sample.table();
        let key = table.primary_key;
        let places: Vec<usize> = (0..key.len()).collect();
        let mut tree = select_by(table, Node::Written("1 = 1"));
        tree.columns = key.iter().map(|index| column(table, *index)).collect();
        tree.from.extend(joined.iter().cloned());
        tree.filter = filter.to_vec();
        let mut found = Vec::new();
        let statement = Statement::Select {
            query: QueryRef::Select(&tree),
            at_most: None,
        };
        self.connection()?.each(statement, &mut |row| {
            let identity = sample.identity_in(row, &places)?;
            found.extend(identity.and_then(|identity| self.find(table, &identity)));
            Ok(())
        })?;
        Ok(found)
    }

    /// An entity takes what an UPDATE set, where that can be computed here, and is out of date for the rest.
    pub(crate) fn follow(&self, instance: &Rc<dyn AnyInstance>, set: &[Assigned]) {
        if instance.head().expired.get() {
            return;
        }
        let table = instance.table();
        let column = |index: usize| instance.stored_value(index).unwrap_or(Value::Null);
        let computed = set.iter().map(|assigned| {
            value(&assigned.value, table, table.name, &column).map(|value| (assigned.column, value))
        });
        let computed: Result<Vec<_>, NotHere> = computed.collect();
        let is_made = |index: usize| {
            use crate::model::Filled::{Computed, OnChange};
            matches!(table.columns[index].filled, Computed | OnChange)
        };
        let has_made = (0..table.columns.len()).any(is_made);
        let changes_key = set
            .iter()
            .any(|assigned| table.primary_key.contains(&assigned.column));
        self.journal.borrow_mut().add_update(instance);
        match computed {
            Ok(values) if !has_made && !changes_key => {
                instance.discard();
                // What the database took and the field does not is for whoever reads it.
                if instance.settle(&values).is_err() {
                    instance.head().expired.set(true);
                }
            }
            _ => self.follow_blindly(instance),
        }
    }

    /// An entity is out of date, for its row was changed in a way that cannot be told here.
    pub(crate) fn follow_blindly(&self, instance: &Rc<dyn AnyInstance>) {
        self.journal.borrow_mut().add_update(instance);
        instance.discard();
        instance.head().expired.set(true);
    }

    /// The entities for which a condition holds. One that is out of date says that it cannot be told.
    fn evaluate(
        &self,
        table: &'static TableInfo,
        filter: &[Node],
        known: &Followers,
        connection: &Connection,
    ) -> Result<Followers, NotHere> {
        all_possible(filter, table, table.name)?;
        let times_are_text = connection.dialect().capabilities().times_are_text;
        let mut followers = Vec::new();
        for instance in known {
            if instance.head().expired.get() {
                return Err(NotHere("an object that is out of date"));
            }
            let column = |index: usize| match instance.stored_value(index) {
                Some(value) if times_are_text && is_time(&value) => unknowable(),
                value => value.unwrap_or(Value::Null),
            };
            if holds(filter, table, table.name, &column)? {
                followers.push(Rc::clone(instance));
            }
        }
        Ok(followers)
    }
}

/// Whether it is kept as text where times are.
fn is_time(value: &Value) -> bool {
    matches!(
        value,
        Value::Date(_)
            | Value::Time(_)
            | Value::Timestamp(_)
            | Value::TimestampUtc(_)
            | Value::Uuid(_)
    )
}

/// A value that cannot be compared here.
fn unknowable() -> Value {
    Value::Other(Box::new(Opaque {
        type_name: String::new(),
        bytes: Vec::new(),
    }))
}
