//! Relationships: the constants that queries take, and what sessions have to know of them.

use super::{documentation, entity::ConstantView, layout, rust::literal};
use crate::{
    analyse::{Cardinality, Entity, Input, Models, Relationship, Way},
    annotation::{Cascade, Load},
    naming,
};

/// The methods that say each cascade, in the order in which they are written.
const CASCADES: [(Cascade, &str); 6] = [
    (Cascade::Save, ".save()"),
    (Cascade::Merge, ".merge()"),
    (Cascade::Refresh, ".refresh()"),
    (Cascade::Expunge, ".expunge()"),
    (Cascade::Delete, ".delete()"),
    (Cascade::DeleteOrphan, ".delete_orphan()"),
];

/// What sessions have to know of each relationship, in the order of the constants, as the list in the table's facts.
pub(super) fn list(models: &Models, entity: &Entity) -> String {
    let relationships = entity.relationships.iter();
    let items: Vec<String> = relationships
        .map(|relationship| {
            let name = literal(naming::plain(&relationship.name));
            let along = along(models, entity, relationship);
            let mut text = layout::calling(8, "rt::RelationInfo::new", &[&name, &along]);
            let indent = match text.contains('\n') {
                true => "        ",
                false => "            ",
            };
            for call in calls(relationship) {
                text += &format!("\n{indent}{call}");
            }
            text
        })
        .collect();
    layout::array(4, &items)
}

fn along(models: &Models, entity: &Entity, relationship: &Relationship) -> String {
    let foreign_key = relationship.foreign_key.1;
    let table = |other: &Entity| match other.name == entity.name {
        true => "&TABLE".to_owned(),
        false => format!("&super::{}::TABLE", other.module),
    };
    match relationship.way {
        Way::Own(_) => format!(
            "rt::Along::Own({})",
            entity.foreign_key_position(foreign_key)
        ),
        Way::Back(_) => {
            let other = &models.entities[relationship.target];
            format!(
                "rt::Along::Other {{ table: {}, foreign_key: {} }}",
                table(other),
                other.foreign_key_position(foreign_key)
            )
        }
        Way::Through {
            entity: between,
            there,
            ..
        } => {
            let between = &models.entities[between];
            format!(
                "rt::Along::Between {{ table: {}, here: {}, there: {} }}",
                table(between),
                between.foreign_key_position(foreign_key),
                between.foreign_key_position(there)
            )
        }
    }
}

/// The calls that say what is not as usual.
fn calls(relationship: &Relationship) -> Vec<String> {
    let mut calls = Vec::new();
    let cascade = &relationship.cascade;
    let said = CASCADES.iter().filter(|(word, _)| cascade.contains(word));
    let said: String = said.map(|(_, call)| *call).collect();
    if said != ".save().merge()" {
        calls.push(format!(".cascade(rt::Cascade::NONE{said})"));
    }
    let load = match relationship.load {
        Load::Lazy => None,
        Load::Joined => Some("Joined"),
        Load::SelectIn => Some("SelectIn"),
        Load::Subquery => Some("Subquery"),
        Load::Raise => Some("Raise"),
        Load::WriteOnly => Some("WriteOnly"),
    };
    calls.extend(load.map(|load| format!(".load(rt::Load::{load})")));
    if !relationship.order.is_empty() {
        let order = relationship.order.iter();
        let order: Vec<String> = order
            .map(|(column, descending)| format!("({column}, {descending})"))
            .collect();
        calls.push(format!(".ordered(&[{}])", order.join(", ")));
    }
    match &relationship.filter {
        Some(filter) => calls.push(format!(".filtered({})", literal(filter))),
        None if relationship.read_only => calls.push(".read_only()".to_owned()),
        None => {}
    }
    calls
}

/// A constant for each relationship.
pub(super) fn constants<'m>(
    input: Input<'m>,
    models: &'m Models,
    entity: &'m Entity,
) -> impl Iterator<Item = ConstantView> + 'm {
    let relationships = entity.relationships.iter().enumerate();
    relationships.map(move |(position, relationship)| ConstantView {
        documentation: documentation::relationship(
            input.catalog,
            relationship,
            &models.entities[relationship.target],
        ),
        declaration: declaration(models, entity, relationship, position),
    })
}

fn declaration(
    models: &Models,
    entity: &Entity,
    relationship: &Relationship,
    position: usize,
) -> String {
    let number = match &relationship.way {
        Way::Through {
            entity: between, ..
        } => format!("rt::Through<{}>", path(entity, &models.entities[*between])),
        _ => match relationship.cardinality {
            Cardinality::One => "rt::One".to_owned(),
            Cardinality::Optional => "rt::Optional".to_owned(),
            Cardinality::Many => "rt::Many".to_owned(),
        },
    };
    let number = match relationship.to_itself {
        true => format!("rt::ToItself<{number}>"),
        false => number,
    };
    let value = match &relationship.way {
        Way::Own(on) | Way::Back(on) => {
            format!("rt::Relationship::new({}, {position})", pairs(on))
        }
        Way::Through { on, onward, .. } => {
            let function = match relationship.to_itself {
                true => "through_to_itself",
                false => "through",
            };
            let (on, onward) = (pairs(on), pairs(onward));
            format!("rt::Relationship::{function}({on}, {onward}, {position})")
        }
    };
    let left = format!(
        "pub const {}: rt::Relationship<{}, {}, {number}>",
        relationship.name,
        entity.name,
        path(entity, &models.entities[relationship.target])
    );
    match &relationship.filter {
        None => layout::assignment(4, &left, &value),
        // Where a chain is broken depends on too much.
        Some(filter) => format!(
            "#[rustfmt::skip]\n    {left} =\n        {value}\n            .filtered({});",
            literal(filter)
        ),
    }
}

/// A model, as the file of an entity writes it.
pub(super) fn path(entity: &Entity, other: &Entity) -> String {
    match other.name == entity.name {
        true => other.name.clone(),
        false => format!("super::{}", other.name),
    }
}

fn pairs(on: &[(usize, usize)]) -> String {
    let pairs: Vec<String> = on
        .iter()
        .map(|(here, there)| format!("({here}, {there})"))
        .collect();
    format!("&[{}]", pairs.join(", "))
}
