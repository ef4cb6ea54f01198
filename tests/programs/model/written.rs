//! What objects are once a flush was done.

use super::{Entry, Flush, Model, State, flush::Changes};
use crate::row::{Cell, Row, Table};

impl Model {
    /// The flush was done; `made` says the keys that the database gave.
    pub(crate) fn flushed(&mut self, flush: Flush, made: impl Fn(usize) -> Option<Cell>) {
        let Changes {
            updates,
            inserts,
            deletes,
            ..
        } = flush.changes;
        self.new.clear();
        self.edited.clear();
        self.links.clear();
        for object in std::mem::take(&mut self.doomed) {
            self.objects[object].is_orphan = false;
        }
        if updates.is_empty() && inserts.is_empty() && deletes.is_empty() {
            return;
        }
        let known = |row: Row| -> Row {
            let cells = row.into_iter().map(|cell| match cell {
                Cell::Made(object) => made(object).unwrap_or(Cell::Made(object)),
                cell => cell,
            });
            cells.collect()
        };
        for object in &deletes {
            self.note_deleted(*object);
        }
        let mut updated = Vec::new();
        for (object, row) in updates {
            let before = self.objects[object].stored.clone();
            self.note(Entry::Updated(object, before));
            let it = &mut self.objects[object];
            it.stored = known(row);
            it.newest = it.stored.clone();
            it.is_edited = false;
            updated.push(object);
        }
        self.rekey(&updated);
        for (object, row, before) in inserts {
            if let Some(before) = before {
                self.note_deleted(before);
            }
            let row = known(row);
            let key = self.objects[object].table.key_of(&row);
            self.renew(object, row);
            self.objects[object].state = State::Persistent;
            self.displace(object, &key);
            self.note(Entry::Inserted(object));
            self.register(object, key);
        }
        for object in deletes {
            self.follow_delete(object);
        }
        let rows = flush.after.into_iter();
        self.rows = rows
            .map(|((table, key), row)| ((table, known(key)), known(row)))
            .collect();
    }

    /// Enrolments that went with an employee.
    fn follow_delete(&mut self, deleted: usize) {
        let it = &self.objects[deleted];
        if it.table != Table::Employees {
            return;
        }
        let key = it.stored[0].clone();
        let known = self.known.iter();
        let gone = known.filter(|((table, _), object)| {
            *table == Table::Enrolments && self.objects[**object].stored[0] == key
        });
        let gone: Vec<usize> = gone.map(|(_, object)| *object).collect();
        for object in gone {
            self.note_deleted(object);
        }
    }

    /// Keys change in an order in which each is free when it is taken.
    fn rekey(&mut self, updates: &[usize]) {
        let has_new_key = |object: &usize| {
            let it = &self.objects[*object];
            it.key != Some(it.table.key_of(&it.stored))
        };
        let mut rest: Vec<usize> = updates.iter().copied().filter(has_new_key).collect();
        while !rest.is_empty() {
            let is_free = |object: &usize| {
                let known = self.known.get(&self.row_key(*object));
                known.is_none_or(|other| !rest.contains(other))
            };
            let object = rest.remove(rest.iter().position(is_free).unwrap_or(0));
            let (_, key) = self.row_key(object);
            let before = self.objects[object].key.clone();
            self.unregister(object);
            self.displace(object, &key);
            self.note(Entry::Rekeyed(object, before));
            self.register(object, key);
        }
    }

    fn note_deleted(&mut self, object: usize) {
        self.unregister(object);
        self.discard(object);
        self.objects[object].state = State::Deleted;
        self.objects[object].is_doomed = false;
        self.note(Entry::Deleted(object));
    }

    /// Another object of that key has lost its row, or its key would not be free.
    fn displace(&mut self, object: usize, key: &Row) {
        let known = self.known.get(&(self.objects[object].table, key.clone()));
        if let Some(other) = known.copied().filter(|other| *other != object) {
            self.note_deleted(other);
        }
    }
}
