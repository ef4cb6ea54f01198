//! What a flush has to write, as the plan sees it.

use std::{collections::HashMap, rc::Rc};

use super::{
    columns::Columns,
    identity::Identity,
    instance::AnyInstance,
    object,
    plan::{Action, Facts},
    relation::{Link, Links},
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Filled, TableInfo},
    sql::{Assigned, Node, Unknown},
    value::Value,
};

/// An object that is written.
pub(crate) struct Unit {
    pub(crate) instance: Rc<dyn AnyInstance>,
    pub(crate) action: Action,
    /// The columns that change; of an update.
    pub(crate) changed: Columns,
    /// Foreign keys that change and lead to objects without a row; of an update.
    pub(crate) links: Vec<Link>,
    /// The object whose row a new one takes over, instead of that being deleted and another inserted.
    pub(crate) replaces: Option<Rc<dyn AnyInstance>>,
}

impl Unit {
    pub(crate) fn new(instance: Rc<dyn AnyInstance>, action: Action) -> Self {
        Unit {
            changed: match action {
                Action::Update => instance.changed(),
                Action::Insert | Action::Delete => Columns::default(),
            },
            instance,
            action,
            links: Vec::new(),
            replaces: None,
        }
    }

    /// An update, also of foreign keys that links say.
    pub(crate) fn update(instance: Rc<dyn AnyInstance>, links: &Links) -> Self {
        let mut unit = Unit::new(instance, Action::Update);
        unit.links = links.all_of(unit.instance.head().number).to_vec();
        if !unit.links.is_empty() {
            let columns = 0..unit.instance.table().columns.len();
            let changes =
                |column: &usize| unit.changed.contains(*column) || unit.link(*column).is_some();
            unit.changed = columns.filter(changes).collect();
        }
        unit
    }

    /// What a column is going to have by a link.
    pub(crate) fn link(&self, column: usize) -> Option<Unknown> {
        let mut columns = self.links.iter().flat_map(|link| &link.columns);
        let (_, unknown) = columns.find(|(own, _)| *own == column)?;
        Some(*unknown)
    }

    /// The object that has the row now.
    pub(crate) fn holder(&self) -> &Rc<dyn AnyInstance> {
        self.replaces.as_ref().unwrap_or(&self.instance)
    }

    /// The value that a row without one before gets in a column, as far as it is known.
    pub(crate) fn given(&self, column: usize) -> Option<Value> {
        let new = self.instance.head().new_values();
        given(self.instance.table(), &new, column)
    }

    pub(crate) fn is_new(&self) -> bool {
        self.action == Action::Insert || self.replaces.is_some()
    }
}

/// The value that a new row gets in a column, as far as it is known.
pub(crate) fn given(table: &TableInfo, new: &[Assigned], column: usize) -> Option<Value> {
    match new.iter().find(|assigned| assigned.column == column) {
        Some(Assigned {
            value: Node::Parameter(value),
            ..
        }) => Some(value.clone()),
        Some(_) => None,
        None => (table.columns[column].filled == Filled::Never).then_some(Value::Null),
    }
}

/// The key under which the database knows an object.
pub(crate) fn identity_of(instance: &dyn AnyInstance) -> Option<Identity> {
    instance.stored_key(instance.table().primary_key)
}

/// The key of a new object, where that is given.
pub(crate) fn given_identity(instance: &dyn AnyInstance) -> Option<Identity> {
    let table = instance.table();
    let new = instance.head().new_values();
    let columns = table.primary_key.iter();
    let values: Option<Vec<Value>> = columns.map(|column| given(table, &new, *column)).collect();
    Identity::of(values?)
}

/// A new object takes over a row that is deleted, where all that the row had can be replaced.
pub(crate) fn can_replace(instance: &dyn AnyInstance) -> bool {
    let table = instance.table();
    let new = instance.head().new_values();
    let columns = table.columns.iter().enumerate();
    columns
        .filter(|(_, column)| matches!(column.filled, Filled::Default | Filled::OnChange))
        .all(|(index, _)| new.iter().any(|assigned| assigned.column == index))
}

/// # Errors
/// [`InvalidRequest`](ErrorKind::InvalidRequest) where a new row lacks a value that neither it nor an object gives.
pub(crate) fn check_complete(instance: &dyn AnyInstance) -> Result<()> {
    let Some(missing) = instance.head().given().missing else {
        return Ok(());
    };
    let message = format!(
        "{} has no value for `{}`: set it, or say which object it leads to",
        object::described(instance),
        instance.table().columns[missing as usize].name
    );
    Err(Error::new(ErrorKind::InvalidRequest, message))
}

/// The units of a flush, and which of them links lead to.
pub(crate) struct Work {
    pub(crate) units: Vec<Unit>,
    /// The inserts by the numbers of their objects; filled where there is a link at all.
    numbered: HashMap<u64, usize, foldhash::fast::RandomState>,
}

impl Work {
    pub(crate) fn new(units: Vec<Unit>) -> Self {
        let has_links = |unit: &Unit| {
            !unit.links.is_empty() || unit.is_new() && unit.instance.head().given().has_links
        };
        let mut numbered = HashMap::default();
        if units.iter().any(has_links) {
            let inserts = units.iter().enumerate().filter(|(_, unit)| unit.is_new());
            numbered.extend(inserts.map(|(index, unit)| (unit.instance.head().number, index)));
        }
        Work { units, numbered }
    }

    /// The value that a new row gets in a column, as far as it is known: also by the object that it leads to.
    fn given(&self, unit: &Unit, column: usize) -> Option<Value> {
        let given = unit.given(column);
        if given.is_some() || self.numbered.is_empty() {
            return given;
        }
        let new = unit.instance.head().new_values();
        match &new.iter().find(|assigned| assigned.column == column)?.value {
            Node::Unknown(unknown) => self.led_to(*unknown),
            _ => None,
        }
    }

    /// The value that a link stands for, where that is given to the object.
    fn led_to(&self, unknown: Unknown) -> Option<Value> {
        let unit = self.numbered.get(&unknown.object)?;
        self.units[*unit].given(unknown.column)
    }
}

impl Facts for Work {
    fn len(&self) -> usize {
        self.units.len()
    }

    fn table(&self, unit: usize) -> &'static TableInfo {
        self.units[unit].instance.table()
    }

    fn action(&self, unit: usize) -> Action {
        self.units[unit].action
    }

    fn before(&self, unit: usize, column: usize) -> Option<Value> {
        let unit = &self.units[unit];
        match unit.action {
            Action::Insert => None,
            Action::Update | Action::Delete => unit.holder().stored_value(column),
        }
    }

    fn after(&self, unit: usize, column: usize) -> Option<Value> {
        let unit = &self.units[unit];
        match unit.action {
            Action::Delete => None,
            Action::Insert => self.given(unit, column),
            Action::Update if unit.replaces.is_some() => self.given(unit, column),
            Action::Update => match unit.link(column) {
                Some(unknown) => self.led_to(unknown),
                None => unit.instance.value(column),
            },
        }
    }

    fn changes(&self, unit: usize, column: usize) -> bool {
        let facts = &self.units[unit];
        match facts.replaces {
            Some(_) => self.after(unit, column) != self.before(unit, column),
            None => facts.changed.contains(column),
        }
    }

    fn leads_to(&self, unit: usize, foreign_key: usize) -> Option<usize> {
        if self.numbered.is_empty() {
            return None;
        }
        let unit = &self.units[unit];
        let mut links = unit.links.iter();
        if let Some(link) = links.find(|link| link.foreign_key == foreign_key) {
            return self.numbered.get(&link.object()?).copied();
        }
        if !unit.is_new() {
            return None;
        }
        let columns = unit.instance.table().foreign_keys[foreign_key].columns;
        let new = unit.instance.head().new_values();
        new.iter().find_map(|assigned| match &assigned.value {
            Node::Unknown(unknown) if columns.contains(&assigned.column) => {
                self.numbered.get(&unknown.object).copied()
            }
            _ => None,
        })
    }
}
