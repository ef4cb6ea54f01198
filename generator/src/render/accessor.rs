//! The trait with the methods by which objects follow relationships.

use super::{documentation, layout, relation::path};
use crate::{
    analyse::{Accessor, Cardinality, Entity, Input, Models, Relationship},
    annotation::Load,
};

/// The trait.
pub(super) struct TraitView {
    pub(super) name: String,
    /// The parameter of the implementation, called otherwise than the model.
    pub(super) object: &'static str,
    pub(super) methods: Vec<MethodView>,
}

/// A method of it.
pub(super) struct MethodView {
    pub(super) documentation: Vec<String>,
    pub(super) signature: String,
    pub(super) body: String,
}

/// The trait of an entity, where its objects lead to others.
pub(super) fn view(input: Input<'_>, models: &Models, entity: &Entity) -> Option<TraitView> {
    let accessors = entity.accessors.as_ref()?;
    let methods = accessors.methods.iter();
    let methods = methods.flat_map(|method| {
        let relationship = &entity.relationships[method.relationship];
        let mut both = vec![getter(input, models, entity, relationship, method)];
        both.extend(setter(input, models, entity, relationship, method));
        both
    });
    Some(TraitView {
        name: accessors.name.clone(),
        object: match entity.name.as_str() {
            "L" => "K",
            _ => "L",
        },
        methods: methods.collect(),
    })
}

fn getter(
    input: Input<'_>,
    models: &Models,
    entity: &Entity,
    relationship: &Relationship,
    method: &Accessor,
) -> MethodView {
    let target = &models.entities[relationship.target];
    let other = path(entity, target);
    let option = match entity.name.as_str() {
        "Option" => "std::option::Option",
        _ => "Option",
    };
    let (function, result) = match (relationship.cardinality, relationship.load) {
        (Cardinality::One, _) => ("one", format!("rt::Result<rt::Entity<{other}>>")),
        (Cardinality::Optional, _) => (
            "optional",
            format!("rt::Result<{option}<rt::Entity<{other}>>>"),
        ),
        (Cardinality::Many, Load::WriteOnly) => ("write_only", format!("rt::WriteOnly<{other}>")),
        (Cardinality::Many, _) => ("many", format!("rt::Result<rt::Collection<{other}>>")),
    };
    let constant = format!("{}::{}", entity.name, relationship.name);
    MethodView {
        documentation: documentation::relationship(input.catalog, relationship, target),
        signature: layout::signature(4, "fn", &method.name, &["&self"], &result),
        body: layout::calling(8, &format!("rt::{function}"), &["self.handle()", &constant]),
    }
}

fn setter(
    input: Input<'_>,
    models: &Models,
    entity: &Entity,
    relationship: &Relationship,
    method: &Accessor,
) -> Option<MethodView> {
    let name = method.setter.as_ref()?;
    let other = path(entity, &models.entities[relationship.target]);
    let (function, to, object) = match relationship.cardinality {
        Cardinality::One => (
            "set_one",
            format!("to: &impl rt::Linked<{other}>"),
            "to.handle()",
        ),
        _ => (
            "set_optional",
            format!("to: impl rt::MaybeLinked<{other}>"),
            "to.maybe()",
        ),
    };
    let constant = format!("{}::{}", entity.name, relationship.name);
    Some(MethodView {
        documentation: documentation::setter(input.catalog, relationship),
        signature: layout::signature(4, "fn", name, &["&self", &to], "rt::Result<()>"),
        body: layout::calling(
            8,
            &format!("rt::{function}"),
            &["self.handle()", &constant, object],
        ),
    })
}
