//! What a program makes of the relationships of these models.

use aludel::{
    Entity, Pending, Result,
    session::{Collection, Linked},
};

use crate::relationship_methods::{
    L, LRelationships, Person, PersonRelationships, PersonRelationships_,
};

/// What is there already keeps its name, also where the trait behind it can be seen.
pub fn of_an_entity(person: &Entity<Person>) -> Result<i64> {
    let copy: Entity<Person> = person.clone();
    person.edit()?.hobby_id = 2;
    copy.set_edit(person)?;
    copy.set_clone(None)?;
    copy.set_type(&person.r#type()?)?;
    let edited: Entity<Person> = copy.edit_()?;
    let column: Entity<Person> = edited.column_()?;
    let cloned: Option<Entity<Person>> = column.clone_()?;
    let hobby: Entity<L> = person.hobby()?;
    let set_hobby: Entity<L> = person.set_hobby()?;
    person.set_hobby_(&set_hobby)?;
    person.set_set_hobby(&hobby)?;
    let bond: Option<Entity<PersonRelationships>> = person.bond()?;
    person.set_bond(bond.as_ref())?;
    Ok(cloned.map_or(0, |cloned| cloned.id))
}

/// What has no row yet has the same methods.
pub fn of_a_pending(hobby: &Pending<L>, other: &Pending<L>) -> Result<Option<i64>> {
    hobby.set_handle(other)?;
    let handle: Option<Entity<L>> = hobby.handle_()?;
    let _: Collection<Person> = hobby.hobby_people()?;
    Ok(handle.map(|handle| handle.id).or(hobby.id()))
}

/// They work wherever it is not known which of both it is.
pub fn of_either(person: &dyn Linked<Person>) -> Result<Entity<L>> {
    person.hobby()
}
