//! Types that the schema declares: enums and domains.

use aludel_catalog::{Enum, Name, Type};

use crate::{
    diagnostic::{Diagnostic, Severity, Span},
    naming,
    parse::{
        Placed, default,
        draft::{ColumnDraft, Draft},
        types::unknown_type,
    },
};

/// Tells enums from domains and unknown names, and gives names to enums that are declared with their columns.
pub(super) fn resolve(draft: &mut Draft) {
    name_column_enums(draft);
    draft.settle_types();
    let known = Known::of(draft);
    let mut problems = Vec::new();
    for table in &mut draft.tables {
        for column in &mut table.columns {
            let ty = &mut column.column.ty;
            if !known.resolve(&mut ty.kind) {
                problems.push(known.unknown(&ty.sql, column.type_span));
            }
            if let Some(value) = column.column.default.take() {
                column.column.default = Some(default::fit(value, &ty.kind));
            }
        }
    }
    for domain in &mut draft.domains {
        let base = &mut domain.value.base;
        if !known.resolve(&mut base.kind) {
            problems.push(known.unknown(&base.sql, domain.span));
        }
    }
    for notes in draft.annotations.tables.values_mut() {
        let properties = notes.properties.iter_mut();
        let properties = properties.map(|noted| (&mut noted.value.ty, noted.span));
        let columns = notes.view_columns.iter_mut();
        let columns = columns.filter_map(|noted| Some((noted.value.ty.as_mut()?, noted.span)));
        for (ty, span) in properties.chain(columns) {
            if let (false, Some(span)) = (known.resolve(&mut ty.kind), span) {
                problems.push(known.unknown(&ty.sql, span));
            }
        }
    }
    draft.diagnostics.extend(problems);
}

/// Gives names to the enums that are declared with their columns.
pub(in crate::parse) fn name_column_enums(draft: &mut Draft) {
    let mut enums = std::mem::take(&mut draft.enums);
    for table in &mut draft.tables {
        for column in &mut table.columns {
            let Some(values) = column.enum_values.take() else {
                continue;
            };
            let wanted = naming::of_values(&table.name.name, &column.column.name);
            let name = free_name(&table.name, wanted, &enums);
            column.column.ty.kind = Type::Enum(name.clone());
            let item = Enum {
                name,
                values,
                comment: None,
            };
            enums.push(Placed::new(item, column.span));
        }
    }
    draft.enums = enums;
}

/// The list of the SET that goes by this name.
pub(in crate::parse) fn set(draft: &Draft, wanted: &Name) -> Option<Placed<Enum>> {
    let mut tables = draft.tables.iter();
    tables.find_map(|table| {
        let named = |column: &&ColumnDraft| {
            table.name.schema == wanted.schema
                && naming::of_values(&table.name.name, &column.column.name) == wanted.name
        };
        let mut columns = table.columns.iter().filter(named);
        columns.find_map(|column| match &column.column.ty.kind {
            Type::Set(values) => {
                let list = Enum {
                    name: wanted.clone(),
                    values: values.clone(),
                    comment: None,
                };
                Some(Placed::new(list, column.span))
            }
            _ => None,
        })
    })
}

/// The name for an enum of a column: tables and columns with underscores can ask for the same one twice.
fn free_name(table: &Name, wanted: String, taken: &[Placed<Enum>]) -> Name {
    let named = |name: String| Name {
        schema: table.schema.clone(),
        name,
    };
    let is_free = |name: &Name| taken.iter().all(|other| other.value.name != *name);
    let numbered = (2_usize..).map(|number| named(format!("{wanted}_{number}")));
    std::iter::once(named(wanted.clone()))
        .chain(numbered)
        .find(is_free)
        .expect("there are more numbers than enums")
}

/// The types that the schema declares.
struct Known {
    extended: bool,
    dialect: aludel_catalog::Dialect,
    enums: Vec<Name>,
    domains: Vec<Name>,
    opaque: Vec<Name>,
}

impl Known {
    fn of(draft: &Draft) -> Self {
        Known {
            extended: draft.extended,
            dialect: draft.dialect,
            enums: draft
                .enums
                .iter()
                .map(|item| item.value.name.clone())
                .collect(),
            domains: draft
                .domains
                .iter()
                .map(|item| item.value.name.clone())
                .collect(),
            opaque: draft.opaque_types.keys().cloned().collect(),
        }
    }

    /// Replaces what stands for a name; false if nothing has this name.
    fn resolve(&self, ty: &mut Type) -> bool {
        match ty {
            Type::Array(element) => {
                let known = self.resolve(element);
                if **element == Type::Other {
                    *ty = Type::Other;
                }
                known
            }
            Type::Domain(name) if self.domains.contains(name) => true,
            Type::Domain(name) if self.enums.contains(name) => {
                *ty = Type::Enum(name.clone());
                true
            }
            Type::Domain(name) => {
                let known = self.opaque.contains(name);
                *ty = Type::Other;
                known
            }
            _ => true,
        }
    }

    fn unknown(&self, sql: &str, span: Span) -> Diagnostic {
        let own: Vec<String> = self
            .enums
            .iter()
            .chain(&self.domains)
            .chain(&self.opaque)
            .map(Name::to_string)
            .collect();
        let mut problem = unknown_type(sql, span, self.dialect, own.iter().map(String::as_str));
        if self.extended && problem.help.is_empty() {
            problem.severity = Severity::Warning;
            problem.label =
                Some("an extension may bring it; nothing is known of its values".to_owned());
        }
        problem
    }
}
