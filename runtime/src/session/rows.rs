//! The objects of one table that have a row, by their keys.

use std::{hash::BuildHasher, rc::Rc};

use foldhash::fast::RandomState;
use hashbrown::{HashTable, hash_table::Entry};

use super::{identity::Identity, instance::AnyInstance};

/// The objects of one table by their keys, which the objects hold themselves: a key does not change while its object is here.
#[derive(Default)]
pub(crate) struct Rows {
    objects: HashTable<Rc<dyn AnyInstance>>,
    hasher: RandomState,
}

impl Rows {
    pub(crate) fn get(&self, key: &Identity) -> Option<&Rc<dyn AnyInstance>> {
        let hash = self.hasher.hash_one(key);
        self.objects.find(hash, |object| has_key(object, key))
    }

    /// Takes in an object with a key. Another one with that key is no longer here, and is returned.
    pub(crate) fn insert(
        &mut self,
        key: Identity,
        object: Rc<dyn AnyInstance>,
    ) -> Option<Rc<dyn AnyInstance>> {
        match self.entry(&key) {
            Entry::Occupied(mut place) => {
                object.head().set_identity(Some(key));
                let before = std::mem::replace(place.get_mut(), object);
                (!Rc::ptr_eq(&before, place.get())).then_some(before)
            }
            Entry::Vacant(place) => {
                object.head().set_identity(Some(key));
                place.insert(object);
                None
            }
        }
    }

    /// Takes an object out; it keeps its key.
    pub(crate) fn remove(&mut self, object: &Rc<dyn AnyInstance>) {
        let hash = hash_of(&self.hasher, object);
        let is_it = |known: &Rc<dyn AnyInstance>| Rc::ptr_eq(known, object);
        if let Ok(place) = self.objects.find_entry(hash, is_it) {
            place.remove();
        }
    }

    pub(crate) fn reserve(&mut self, additional: usize) {
        let hasher = &self.hasher;
        self.objects
            .reserve(additional, |object| hash_of(hasher, object));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rc<dyn AnyInstance>> {
        self.objects.iter()
    }

    /// Lets go what nobody else holds.
    pub(crate) fn let_go(&mut self) {
        self.objects.retain(|object| Rc::strong_count(object) > 1);
        if self.objects.capacity() > 64 && self.objects.len() < self.objects.capacity() / 4 {
            let hasher = &self.hasher;
            self.objects.shrink_to_fit(|object| hash_of(hasher, object));
        }
    }

    pub(crate) fn into_objects(self) -> impl Iterator<Item = Rc<dyn AnyInstance>> {
        self.objects.into_iter()
    }

    /// The place of the object with a key. Into a vacant one goes an object that has that key.
    #[inline]
    pub(crate) fn entry(&mut self, key: &Identity) -> Entry<'_, Rc<dyn AnyInstance>> {
        let hash = self.hasher.hash_one(key);
        let hasher = &self.hasher;
        self.objects.entry(
            hash,
            |object| has_key(object, key),
            |object| hash_of(hasher, object),
        )
    }
}

fn has_key(object: &Rc<dyn AnyInstance>, key: &Identity) -> bool {
    object.head().with_identity(|own| own == Some(key))
}

/// Of an object without a key, which is not here, any.
fn hash_of(hasher: &RandomState, object: &Rc<dyn AnyInstance>) -> u64 {
    let hash = |key: Option<&Identity>| key.map_or(0, |key| hasher.hash_one(key));
    object.head().with_identity(hash)
}
