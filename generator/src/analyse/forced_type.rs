//! Rust types for columns that fit a pattern.

use aludel_catalog::{Column, Table};

use super::{Entity, Input, RustType, pattern::Pattern, placed};
use crate::{
    annotation::{ForcedType, Noted},
    diagnostic::Diagnostic,
};

struct Rule {
    table: Option<Pattern>,
    column: Option<Pattern>,
    ty: Option<Pattern>,
    comment: Option<Pattern>,
    nullable: Option<bool>,
    rust: String,
}

/// The first rule that fits a column decides, unless the column names its type itself.
pub(super) fn apply(input: Input<'_>, entities: &mut [Entity], diagnostics: &mut Vec<Diagnostic>) {
    let chosen = input.options.forced_types.iter().map(|forced| Noted {
        value: forced.clone(),
        span: None,
    });
    let rules: Vec<Rule> = chosen
        .chain(input.annotations.forced_types.iter().cloned())
        .filter_map(|forced| rule(&forced, diagnostics))
        .collect();
    for entity in entities {
        let table = input.table(entity);
        for (field, column) in entity.fields.iter_mut().zip(&table.columns) {
            let fitting = rules.iter().find(|rule| rule.fits(table, column));
            if let (Some(rule), false) = (fitting, matches!(field.ty, RustType::Custom(_))) {
                field.ty = RustType::Custom(rule.rust.clone());
            }
        }
    }
}

fn rule(forced: &Noted<ForcedType>, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
    let mut pattern = |text: &Option<String>| match text.as_deref().map(Pattern::new) {
        None => Ok(None),
        Some(Ok(pattern)) => Ok(Some(pattern)),
        Some(Err(problem)) => {
            let message = format!(
                "`{}` is not a regular expression: {problem}",
                text.as_deref().unwrap_or_default()
            );
            diagnostics.push(placed(Diagnostic::error(message), forced.span));
            Err(())
        }
    };
    let ForcedType {
        table,
        column,
        ty,
        nullable,
        comment,
        rust,
    } = &forced.value;
    let (table, column, ty, comment) = (
        pattern(table),
        pattern(column),
        pattern(ty),
        pattern(comment),
    );
    Some(Rule {
        table: table.ok()?,
        column: column.ok()?,
        ty: ty.ok()?,
        comment: comment.ok()?,
        nullable: *nullable,
        rust: rust.clone(),
    })
}

impl Rule {
    fn fits(&self, table: &Table, column: &Column) -> bool {
        let fits = |pattern: &Option<Pattern>, text: &str| {
            pattern.as_ref().is_none_or(|pattern| pattern.fits(text))
        };
        fits(&self.table, &table.name.to_string())
            && fits(&self.column, &column.name)
            && fits(&self.ty, &column.ty.sql)
            && fits(&self.comment, column.comment.as_deref().unwrap_or_default())
            && self
                .nullable
                .is_none_or(|nullable| nullable == column.nullable)
    }
}
