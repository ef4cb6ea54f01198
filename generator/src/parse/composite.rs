//! Composite types, whose attributes become the columns of tables (`CREATE TABLE … OF`), and what changes them. A column of such a type
//! is read as one of an unknown type.

use aludel_catalog::Name;

use super::{
    Placed, Result,
    alter::{remove::drop_column, rename::rename_column},
    column::ColumnReading,
    cursor::Cursor,
    draft::{ColumnDraft, Draft},
    enumeration::only_name,
    inheritance::hand_down_column,
    type_name, types,
};
use crate::{
    diagnostic::{Diagnostic, Span},
    suggest,
};

/// A composite type.
#[derive(Debug, Clone)]
pub(super) struct Composite {
    pub(super) span: Span,
    pub(super) attributes: Vec<ColumnDraft>,
    /// Whether an attribute may be missing because its declaration could not be read.
    pub(super) lost_attribute: bool,
    /// Whether a table is of it.
    pub(super) is_used: bool,
}

/// Reads the attributes, in parentheses.
pub(super) fn read(cursor: &mut Cursor<'_>, draft: &mut Draft, span: Span) -> Result<Composite> {
    let body = cursor.parentheses()?;
    let mut composite = Composite {
        span,
        attributes: Vec::new(),
        lost_attribute: false,
        is_used: false,
    };
    if body.is_at_end() {
        return Ok(composite);
    }
    for mut part in body.split_at_commas() {
        let attribute = read_attribute(&mut part, draft);
        let attribute = attribute.and_then(|attribute| match part.is_at_end() {
            true => Ok(attribute),
            false => Err(part.expected("`,` or `)`")),
        });
        match draft.accept(attribute) {
            Some(attribute) => composite.add(attribute, draft),
            None => composite.lost_attribute = true,
        }
    }
    Ok(composite)
}

/// Reads `name type` and its collation.
fn read_attribute(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<ColumnDraft> {
    let name = cursor.identifier("the name of an attribute")?;
    let mut attribute = ColumnReading::new(name).draft;
    attribute.column.nullable = true;
    read_type(cursor, &mut attribute, draft)?;
    Ok(attribute)
}

fn read_type(
    cursor: &mut Cursor<'_>,
    attribute: &mut ColumnDraft,
    draft: &mut Draft,
) -> Result<()> {
    let ty = type_name::read(cursor)?.ok_or_else(|| cursor.expected("a type"))?;
    attribute.type_span = ty.sql.span;
    attribute.column.ty = types::plain(ty, draft);
    attribute.column.collation = match cursor.eat_word("COLLATE") {
        true => Some(cursor.collation()?),
        false => None,
    };
    Ok(())
}

impl Composite {
    fn add(&mut self, attribute: ColumnDraft, draft: &mut Draft) {
        match self.find(&attribute.column.name) {
            Some(first) => {
                draft.report(declared_twice(&attribute, self.attributes[first].span));
            }
            None => self.attributes.push(attribute),
        }
    }

    fn find(&self, name: &str) -> Option<usize> {
        let mut attributes = self.attributes.iter();
        attributes.position(|attribute| attribute.column.name == name)
    }
}

/// Reads the actions of `ALTER TYPE`, one after the other.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft, ty: &Name) {
    for mut action in cursor.split_at_commas() {
        let start = action.span();
        let Some(mut composite) = draft.opaque_types.get(ty).cloned().flatten() else {
            return draft.skip("ALTER TYPE", start);
        };
        let outcome = composite.act(&mut action, draft, ty);
        draft.accept(outcome);
        draft.opaque_types.insert(ty.clone(), Some(composite));
    }
}

impl Composite {
    /// Reads one action. CASCADE is what lets the tables of the type follow: without it, the database refuses where there are some.
    fn act(&mut self, action: &mut Cursor<'_>, draft: &mut Draft, ty: &Name) -> Result<()> {
        const VERBS: [&str; 4] = ["ADD", "DROP", "ALTER", "RENAME"];
        let Some(verb) = VERBS.into_iter().find(|verb| action.eat_word(verb)) else {
            let start = action.span();
            return draft.tolerate(action.expected_word(&VERBS), start, action, "all of this");
        };
        action.expect_word("ATTRIBUTE")?;
        match verb {
            "ADD" => self.read_added(action, draft, ty)?,
            "DROP" => self.read_dropped(action, draft, ty)?,
            "ALTER" => self.read_changed(action, draft, ty)?,
            _ => self.read_renamed(action, draft, ty)?,
        }
        let _ = action.eat_word("CASCADE") || action.eat_word("RESTRICT");
        action.expect_end()
    }

    fn read_added(&mut self, action: &mut Cursor<'_>, draft: &mut Draft, ty: &Name) -> Result<()> {
        let attribute = read_attribute(action, draft)?;
        if self.find(&attribute.column.name).is_none() {
            for table in tables_of(draft, ty) {
                draft.tables[table].columns.push(attribute.clone());
                hand_down_column(draft, table, &attribute);
            }
        }
        self.add(attribute, draft);
        Ok(())
    }

    fn read_dropped(
        &mut self,
        action: &mut Cursor<'_>,
        draft: &mut Draft,
        ty: &Name,
    ) -> Result<()> {
        let if_exists = action.eat_words(&["IF", "EXISTS"]);
        let name = action.identifier("the name of an attribute")?;
        if let Some(number) = self.wanted(&name, ty, if_exists, draft) {
            self.attributes.remove(number);
            for table in tables_of(draft, ty) {
                drop_column(draft, table, &name);
            }
        }
        Ok(())
    }

    fn read_renamed(
        &mut self,
        action: &mut Cursor<'_>,
        draft: &mut Draft,
        ty: &Name,
    ) -> Result<()> {
        let name = action.identifier("the name of an attribute")?;
        action.expect_word("TO")?;
        let to = action.identifier("the name of an attribute")?.value;
        if let Some(number) = self.wanted(&name, ty, false, draft) {
            self.attributes[number].column.name.clone_from(&to);
            for table in tables_of(draft, ty) {
                rename_column(draft, table, &name, &to);
            }
        }
        Ok(())
    }

    fn read_changed(
        &mut self,
        action: &mut Cursor<'_>,
        draft: &mut Draft,
        ty: &Name,
    ) -> Result<()> {
        let name = action.identifier("the name of an attribute")?;
        action.eat_words(&["SET", "DATA"]);
        action.expect_word("TYPE")?;
        let mut changed = ColumnReading::new(name.clone()).draft;
        read_type(action, &mut changed, draft)?;
        let Some(number) = self.wanted(&name, ty, false, draft) else {
            return Ok(());
        };
        let tables = tables_of(draft, ty).into_iter();
        let tables = tables.flat_map(|table| draft.heirs(table).into_iter().chain([table]));
        for table in tables.collect::<Vec<_>>() {
            if let Some(column) = draft.tables[table].column_number(draft, &name.value) {
                take_type(&mut draft.tables[table].columns[column], &changed);
            }
        }
        take_type(&mut self.attributes[number], &changed);
        Ok(())
    }

    /// The number of an attribute. A missing one is reported, unless it may have been lost to an error.
    fn wanted(
        &self,
        name: &Placed<String>,
        ty: &Name,
        if_exists: bool,
        draft: &mut Draft,
    ) -> Option<usize> {
        let number = self.find(&name.value);
        if number.is_none() && !if_exists && !self.lost_attribute {
            draft.report(unknown_attribute(self, name, ty));
        }
        number
    }
}

fn take_type(column: &mut ColumnDraft, from: &ColumnDraft) {
    column.type_span = from.type_span;
    column.column.ty.clone_from(&from.column.ty);
    column.column.collation.clone_from(&from.column.collation);
}

fn tables_of(draft: &Draft, ty: &Name) -> Vec<usize> {
    let tables = draft.tables.iter().enumerate();
    let of_type = tables.filter(|(_, table)| table.of_type.as_ref() == Some(ty));
    of_type.map(|(number, _)| number).collect()
}

/// Tells of composite types that no table is of: nothing of them is kept but their names.
pub(super) fn report_unused(draft: &mut Draft) {
    let unused = draft.opaque_types.iter().filter_map(|(name, composite)| {
        let composite = composite.as_ref().filter(|composite| !composite.is_used)?;
        Some(only_name(&Placed::new(name.clone(), composite.span)))
    });
    let unused: Vec<Diagnostic> = unused.collect();
    draft.diagnostics.extend(unused);
}

fn declared_twice(attribute: &ColumnDraft, first: Span) -> Diagnostic {
    Diagnostic::error(format!(
        "attribute `{}` is declared twice",
        attribute.column.name
    ))
    .at(attribute.span)
    .label("declared again here")
    .also(first, "first declared here")
}

fn unknown_attribute(composite: &Composite, name: &Placed<String>, ty: &Name) -> Diagnostic {
    let attributes = composite.attributes.iter();
    let names = attributes.map(|attribute| attribute.column.name.as_str());
    Diagnostic::error(format!("type `{ty}` has no attribute `{}`", name.value))
        .at(name.span)
        .label("no such attribute")
        .did_you_mean(suggest::nearest(&name.value, names))
}
