//! What goes beyond the catalog as a short text: one line for each thing that was said.

use aludel_build::annotation::{Annotations, ColumnNotes, Noted, RelationshipNotes, TableNotes};

pub(super) fn noted(annotations: &Annotations) -> String {
    let mut lines = Vec::new();
    for forced in &annotations.forced_types {
        let forced = &forced.value;
        let parts = [
            ("table", &forced.table),
            ("column", &forced.column),
            ("type", &forced.ty),
            ("comment", &forced.comment),
        ];
        let mut line = format!("force {}", forced.rust);
        for (word, part) in parts {
            line += &said(word, part.as_ref());
        }
        line += &said("null", forced.nullable.as_ref());
        lines.push(line);
    }
    for (plural, singular) in &annotations.inflections {
        lines.push(format!("inflect {plural} -> {singular}"));
    }
    if let Some(singularize) = &annotations.singularize {
        lines.push(format!("singularize {}", singularize.value));
    }
    for (name, notes) in &annotations.enums {
        let mut line = format!("enum {name} {:?} {:?}", notes.storage, notes.values);
        line += &said("name", value(&notes.name));
        for (value, name) in &notes.variants {
            line += &format!(" {}={value:?}", name.value);
        }
        line += if notes.keep_unknown {
            " keep unknown"
        } else {
            ""
        };
        line += &said("--", notes.comment.as_ref());
        lines.push(line);
    }
    for (name, notes) in &annotations.tables {
        table(&name.to_string(), notes, &mut lines);
    }
    lines.join("\n") + "\n"
}

fn table(name: &str, notes: &TableNotes, lines: &mut Vec<String>) {
    let mut line = format!("notes {name}");
    line += &said("model", value(&notes.model));
    for derive in &notes.derive {
        line += &said("derive", Some(&derive.value));
    }
    line += &said("display", value(&notes.display));
    line += &said("junction", value(&notes.junction));
    for key in &notes.key {
        line += &said("key", Some(&key.value));
    }
    lines.push(line);
    lines.extend(
        notes
            .columns
            .iter()
            .map(|(name, notes)| column(name, notes)),
    );
    for column in &notes.view_columns {
        let column = &column.value;
        let mut line = format!(
            "  column {}: {}",
            column.name,
            column.ty.as_ref().map_or("?", |ty| ty.sql.as_str())
        );
        line += if column.nullable == Some(true) {
            " null"
        } else {
            ""
        };
        if let Some((table, target)) = &column.references {
            line += &format!(" -> {table}.{target}");
        }
        lines.push(line);
    }
    for property in &notes.properties {
        let property = &property.value;
        let mut line = format!(
            "  property {}: {:?} `{}`",
            property.name, property.ty.kind, property.sql
        );
        line += if property.nullable { " null" } else { "" };
        line += if property.deferred { " deferred" } else { "" };
        lines.push(line);
    }
    lines.extend(
        notes
            .relationships
            .iter()
            .map(|noted| relationship(&noted.value)),
    );
    for finder in &notes.finders {
        let finder = &finder.value;
        lines.push(format!(
            "  finder {} by index {} {:?}",
            finder.name, finder.index, finder.arguments
        ));
    }
}

fn column(name: &str, notes: &ColumnNotes) -> String {
    let mut line = format!("  {name}:");
    line += &said("field", value(&notes.field));
    line += &said("rust", value(&notes.rust));
    for (word, value) in [
        ("default", &notes.client_default),
        ("on update", &notes.on_update),
    ] {
        if let Some(value) = value {
            line += &format!(" {word} {:?}", value.value);
        }
    }
    line + &said("enum", value(&notes.enumeration))
}

fn relationship(notes: &RelationshipNotes) -> String {
    let mut line = format!("  relationship {}", notes.name);
    line += &said("back", value(&notes.back_reference));
    line += &said("to", notes.to.as_ref());
    if let Some((table, columns)) = &notes.foreign_key {
        line += &format!(" by {table}({})", columns.join(", "));
    }
    line += &said("through", notes.through.as_ref());
    for cascade in notes.cascade.iter().flatten() {
        line += &format!(" cascade {:?}", cascade.value);
    }
    if notes.cascade.as_ref().is_some_and(Vec::is_empty) {
        line += " cascade nothing";
    }
    for order in &notes.order_by {
        let (column, descending) = &order.value;
        line += &format!(" order {column}{}", if *descending { " desc" } else { "" });
    }
    line += &said("where", value(&notes.filter));
    if let Some(load) = value(&notes.load) {
        line += &format!(" load {load:?}");
    }
    match value(&notes.read_only) {
        Some(true) => line += " read only",
        Some(false) => line += " not read only",
        None => {}
    }
    line
}

fn value<T>(noted: &Option<Noted<T>>) -> Option<&T> {
    noted.as_ref().map(|noted| &noted.value)
}

fn said(word: &str, value: Option<&impl ToString>) -> String {
    value
        .map(|value| format!(" {word} {}", value.to_string()))
        .unwrap_or_default()
}
