//! r04: setting one side of a relationship is seen from the other, and flushed.

use aludel::{Entity, ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Flat, FlatRelationships, HobbyRelationships, Passport, PassportRelationships, Person,
        PersonRelationships, Tenant, TenantRelationships,
    },
};

use super::heard::counted;
use crate::{hobbies, hobby, named, names, person, populated, session};

#[each_database]
fn r04_setting_the_one_side_moves_the_object_between_collections() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    assert_eq!(names(&rugby.pers().unwrap()), ["cy"]);
    let ed = named(&session, "ed");
    let (statements, ()) = counted(|| {
        ed.set_hobby(&rugby).unwrap();
        assert_eq!(names(&chess.pers().unwrap()), ["al"]);
        assert_eq!(names(&rugby.pers().unwrap()), ["cy", "ed"]);
        assert_eq!(ed.hobby().unwrap(), rugby);
        assert_eq!(ed.hobby_id, rugby.id);
    });
    assert_eq!(statements, 0, "nothing was sent for that");
    session.commit().unwrap();
    assert_eq!(names(&rugby.pers().unwrap()), ["cy", "ed"]);
    assert_eq!(names(&chess.pers().unwrap()), ["al"]);
}

#[each_database]
fn r04_adding_to_a_collection_sets_the_one_side() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let cy = named(&session, "cy");
    let mut players = chess.pers().unwrap();
    players.add(&cy).unwrap();
    players.add(&cy).unwrap();
    assert_eq!(names(&players), ["al", "cy", "ed"]);
    assert_eq!(cy.hobby().unwrap(), chess);
    assert!(rugby.pers().unwrap().is_empty());
    assert!(Entity::is_dirty(&cy));
    session.flush().unwrap();
    let stored = session.query::<Person>().plain();
    let stored = stored.filter(Person::name.eq("cy")).one().unwrap();
    assert_eq!(stored.hobby_id, chess.id);
}

#[each_database]
fn r04_editing_the_column_is_the_same_as_setting_the_relationship() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let (ed, cy) = (named(&session, "ed"), named(&session, "cy"));
    assert_eq!(chess.pers().unwrap().len(), 2);
    assert_eq!(rugby.pers().unwrap().len(), 1);
    ed.edit().unwrap().hobby_id = rugby.id;
    assert_eq!(names(&rugby.pers().unwrap()), ["cy", "ed"]);
    assert_eq!(names(&chess.pers().unwrap()), ["al"]);
    // The later of column and relationship wins.
    cy.set_hobby(&chess).unwrap();
    cy.edit().unwrap().hobby_id = rugby.id;
    assert_eq!(cy.hobby().unwrap(), rugby);
    cy.edit().unwrap().hobby_id = chess.id;
    cy.set_hobby(&rugby).unwrap();
    assert_eq!(cy.hobby().unwrap(), rugby);
    session.commit().unwrap();
    assert_eq!(names(&rugby.pers().unwrap()), ["cy", "ed"]);
}

#[each_database]
fn r04_the_foreign_key_is_filled_at_flush_where_the_other_is_new() {
    let session = populated();
    let ed = named(&session, "ed");
    let before = ed.hobby().unwrap();
    let known = before.pers().unwrap();
    assert_eq!(names(&known), ["al", "ed"]);
    let golf = session.without_autoflush(|| {
        let golf = hobby(&session, "golf");
        ed.set_hobby(&golf).unwrap();
        assert_eq!(names(&before.pers().unwrap()), ["al"], "it has left");
        assert!(Entity::is_dirty(&ed));
        assert_eq!(session.dirty().len(), 1);
        assert_eq!(ed.hobby_id, before.id, "there is no key yet");
        golf
    });
    let entity = ed.hobby().unwrap();
    assert_eq!(entity, golf.entity().unwrap());
    assert_eq!(ed.hobby_id, entity.id);
    assert_eq!(names(&entity.pers().unwrap()), ["ed"]);
    session.commit().unwrap();
    let stored = session.query::<Person>().plain();
    let stored = stored.filter(Person::name.eq("ed")).one().unwrap();
    assert_eq!(stored.hobby_id, entity.id);
}

#[each_database]
fn r04_new_objects_link_to_new_objects() {
    let session = session();
    let [chess, rugby] = session.without_autoflush(|| {
        let [chess, rugby] = ["chess", "rugby"].map(|caption| hobby(&session, caption));
        let ed = person(&session, "ed", &rugby);
        ed.set_hobby(&chess).unwrap();
        let late = session.add(Person::insert().name("al"));
        late.set_hobby(&rugby).unwrap();
        late.set_chief(&ed).unwrap();
        [chess, rugby]
    });
    session.commit().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["ed"]);
    assert_eq!(names(&rugby.pers().unwrap()), ["al"]);
    assert_eq!(names(&named(&session, "ed").reports().unwrap()), ["al"]);
}

#[each_database]
fn r04_a_collection_of_a_new_object_fills_the_foreign_keys_of_its_members() {
    let session = session();
    let chess = hobby(&session, "chess");
    let golf = hobby(&session, "golf");
    let ed = person(&session, "ed", &chess);
    let mut players = golf.pers().unwrap();
    players.add(&ed).unwrap();
    players.add(&person(&session, "al", &chess)).unwrap();
    session.commit().unwrap();
    assert_eq!(names(&golf.pers().unwrap()), ["al", "ed"]);
    assert!(chess.pers().unwrap().is_empty());
}

#[each_database]
fn r04_a_collection_is_replaced() {
    let session = session();
    let flat = |number| session.add(Flat::insert().house("a").number(number).rent(1));
    let (one, two) = (flat(1), flat(2));
    let tenants =
        ["ed", "al", "cy"].map(|name| session.add(Tenant::insert().name(name).flat(&one)));
    session.flush().unwrap();
    let [ed, al, cy] = tenants.map(|tenant| tenant.entity().unwrap());
    let mut lives = one.tenants().unwrap();
    lives.replace([&ed]).unwrap();
    assert_eq!(lives.to_vec(), [ed.clone()]);
    assert_eq!(al.flat().unwrap(), None);
    two.tenants().unwrap().replace([&al, &cy]).unwrap();
    session.commit().unwrap();
    let mut counts = [&one, &two].map(|flat| flat.tenants().unwrap().len());
    assert_eq!(counts, [1, 2]);
    two.tenants().unwrap().clear().unwrap();
    counts = [&one, &two].map(|flat| flat.tenants().unwrap().len());
    assert_eq!(counts, [1, 0]);
    session.commit().unwrap();
    let query = session.query::<Tenant>().filter(Tenant::flat.is_null());
    assert_eq!(query.count().unwrap(), 2);
}

#[each_database]
fn r04_what_is_not_there_cannot_be_removed_and_what_must_lead_somewhere_stays() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let ed = named(&session, "ed");
    let error = rugby.pers().unwrap().remove(&ed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.to_string().lines().next().unwrap(),
        format!("Person {} is not in `pers` of Hobby {}", ed.id, rugby.id)
    );
    let error = chess.pers().unwrap().remove(&ed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.to_string().contains("`hobby_id` cannot be NULL"),
        "{error}"
    );
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    session.commit().unwrap();
}

#[each_database]
fn r04_one_to_one_is_set_from_either_side() {
    let session = populated();
    let (ed, al) = (named(&session, "ed"), named(&session, "al"));
    let passport = session.add(Passport::insert().number("A1").person(&ed));
    let entity = passport.entity().unwrap();
    assert_eq!(ed.passport().unwrap(), Some(entity.clone()));
    al.set_passport(&entity).unwrap();
    assert_eq!(ed.passport().unwrap(), None);
    assert_eq!(entity.person().unwrap(), al);
    entity.set_person(&ed).unwrap();
    assert_eq!(al.passport().unwrap(), None);
    assert_eq!(ed.passport().unwrap(), Some(entity.clone()));
    session.commit().unwrap();
    assert_eq!(entity.person().unwrap(), ed);
    let error = ed.set_passport(None).unwrap_err();
    assert!(
        error.to_string().contains("`person_id` cannot be NULL"),
        "{error}"
    );
}

#[each_database]
fn r04_a_rollback_takes_links_back() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let ed = named(&session, "ed");
    assert_eq!(chess.pers().unwrap().len(), 2);
    ed.set_hobby(&rugby).unwrap();
    session.flush().unwrap();
    assert_eq!(rugby.pers().unwrap().len(), 2);
    session.rollback().unwrap();
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
    assert_eq!(names(&rugby.pers().unwrap()), ["cy"]);
    assert_eq!(ed.hobby().unwrap(), chess);
    let savepoint = session.savepoint().unwrap();
    ed.set_hobby(&rugby).unwrap();
    savepoint.rollback().unwrap();
    assert_eq!(ed.hobby().unwrap(), chess);
    assert_eq!(names(&chess.pers().unwrap()), ["al", "ed"]);
}

#[each_database]
fn r04_an_object_of_another_session_cannot_be_linked() {
    let engine = crate::village();
    let (one, other) = (aludel::Session::new(&engine), aludel::Session::new(&engine));
    let chess = hobby(&one, "chess");
    let ed = person(&one, "ed", &chess);
    one.commit().unwrap();
    let golf = hobby(&other, "golf");
    let error = ed.set_hobby(&golf).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.to_string().contains("is already attached to session"),
        "{error}"
    );
    let error = ed.set_hobby(&golf).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(ed.hobby().unwrap(), chess.entity().unwrap());
}
