//! A catalog as a short text: one line for each thing that was declared.

use aludel_build::{
    diagnostic::Diagnostics,
    parse::{Parsed, parse},
    source::SourceFile,
};
use aludel_catalog::{
    Catalog, Column, Default, Dialect, ForeignKey, Index, IndexKey, IndexPart, IntegerSize,
    Sequence, Storage, Table, Type,
};

/// Parses one file, `schema.sql`.
pub(crate) fn parse_one(dialect: Dialect, text: &str) -> (Parsed, Diagnostics) {
    parse_all(dialect, &[("schema.sql", text)])
}

/// Parses files.
pub(crate) fn parse_all(dialect: Dialect, files: &[(&str, &str)]) -> (Parsed, Diagnostics) {
    let files: Vec<SourceFile> = files
        .iter()
        .map(|(name, text)| SourceFile::new(*name, *text))
        .collect();
    let parsed = parse(&files, dialect);
    let diagnostics = Diagnostics::new(files, parsed.diagnostics.clone());
    (parsed, diagnostics)
}

/// The outline of a catalog, and below it what was said about the files.
pub(crate) fn outline_of(dialect: Dialect, text: &str) -> String {
    let (parsed, diagnostics) = parse_one(dialect, text);
    let said: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| {
            diagnostics
                .render(diagnostic)
                .lines()
                .next()
                .expect("a rendered message has a first line")
                .to_owned()
                + "\n"
        })
        .collect();
    outline(&parsed.catalog) + &said.concat()
}

/// The outline of a catalog.
pub(crate) fn outline(catalog: &Catalog) -> String {
    let mut lines = Vec::new();
    for item in &catalog.enums {
        lines.push(format!(
            "enum {} {:?}{}",
            item.name,
            item.values,
            comment(&item.comment)
        ));
    }
    for domain in &catalog.domains {
        let mut line = format!(
            "domain {}: {} [{}]",
            domain.name,
            ty(&domain.base.kind),
            domain.base.sql
        );
        if domain.not_null {
            line += " not null";
        }
        if let Some(default) = &domain.default {
            line += &format!(" default {default}");
        }
        for check in &domain.checks {
            line += &format!(" check {check}");
        }
        lines.push(line + &comment(&domain.comment));
    }
    for item in &catalog.sequences {
        lines.push(format!("sequence {}", sequence(item)));
    }
    for item in &catalog.tables {
        table(item, &mut lines);
    }
    for view in &catalog.views {
        let kind = if view.materialized {
            "materialized view"
        } else {
            "view"
        };
        let columns = if view.columns.is_empty() {
            String::new()
        } else {
            format!("({})", view.columns.join(", "))
        };
        lines.push(format!(
            "{kind} {}{columns}: {}{}",
            view.name,
            view.query,
            comment(&view.comment)
        ));
    }
    lines.join("\n") + "\n"
}

fn table(table: &Table, lines: &mut Vec<String>) {
    lines.push(format!("table {}{}", table.name, comment(&table.comment)));
    lines.extend(table.columns.iter().map(column));
    if let Some(key) = &table.primary_key {
        lines.push(format!(
            "  primary key{} ({})",
            name(&key.name),
            key.columns.join(", ")
        ));
    }
    lines.extend(table.foreign_keys.iter().map(foreign_key));
    for unique in &table.uniques {
        let nulls = if unique.nulls_not_distinct {
            " nulls not distinct"
        } else {
            ""
        };
        let deferrable = unique
            .deferrable
            .map(|d| format!(" {d:?}"))
            .unwrap_or_default();
        lines.push(format!(
            "  unique{} ({}){nulls}{deferrable}",
            name(&unique.name),
            unique.columns.join(", ")
        ));
    }
    for check in &table.checks {
        lines.push(format!("  check{} {}", name(&check.name), check.expression));
    }
    lines.extend(table.indexes.iter().map(index));
    for option in &table.options {
        let value = option
            .value
            .as_ref()
            .map(|value| format!("={value}"))
            .unwrap_or_default();
        lines.push(format!("  option {}{value}", option.name));
    }
}

fn column(column: &Column) -> String {
    let mut line = format!(
        "  {}: {} [{}]",
        column.name,
        ty(&column.ty.kind),
        column.ty.sql
    );
    if column.nullable {
        line += " null";
    }
    if let Some(default) = &column.default {
        line += &match default {
            Default::Null => " = NULL".to_owned(),
            Default::Boolean(value) => format!(" = {value}"),
            Default::Number(number) => format!(" = {number}"),
            Default::Text(text) => format!(" = {text:?}"),
            Default::Now(now) => format!(" = now {now}"),
            Default::Expression(expression) => format!(" = `{expression}`"),
        };
    }
    if let Some(generated) = &column.generated {
        let storage = match generated.storage {
            Storage::Stored => "stored",
            Storage::Virtual => "virtual",
        };
        line += &format!(" {storage} `{}`", generated.expression);
    }
    if let Some(identity) = &column.identity {
        line += " identity";
        line += if identity.always { " always" } else { "" };
        line += if identity.strict { " strict" } else { "" };
        line += &identity
            .sequence
            .as_ref()
            .map(|item| format!(" ({})", sequence(item)))
            .unwrap_or_default();
    }
    for (word, value) in [
        ("on update", &column.on_update),
        ("collate", &column.collation),
    ] {
        if let Some(value) = value {
            line += &format!(" {word} {value}");
        }
    }
    line + &comment(&column.comment)
}

fn foreign_key(key: &ForeignKey) -> String {
    let mut line = format!(
        "  foreign key{} ({}) -> {} ({})",
        name(&key.name),
        key.columns.join(", "),
        key.table,
        key.references.join(", ")
    );
    if let Some(action) = key.on_delete {
        line += &format!(" on delete {}", action.sql());
    }
    if let Some(action) = key.on_update {
        line += &format!(" on update {}", action.sql());
    }
    if let Some(match_type) = key.match_type {
        line += &format!(" match {match_type:?}");
    }
    if let Some(deferrable) = key.deferrable {
        line += &format!(
            " deferrable={} deferred={}",
            deferrable.deferrable, deferrable.initially_deferred
        );
    }
    line
}

fn index(index: &Index) -> String {
    let unique = if index.unique { " unique" } else { "" };
    let parts: Vec<String> = index.parts.iter().map(part).collect();
    let mut line = format!(
        "  index{}{unique} ({})",
        name(&index.name),
        parts.join(", ")
    );
    if let Some(method) = &index.method {
        line += &format!(" using {method}");
    }
    if !index.include.is_empty() {
        line += &format!(" include ({})", index.include.join(", "));
    }
    if let Some(condition) = &index.condition {
        line += &format!(" where {condition}");
    }
    line + &comment(&index.comment)
}

fn part(part: &IndexPart) -> String {
    let mut text = match &part.key {
        IndexKey::Column(column) => column.clone(),
        IndexKey::Expression(expression) => format!("`{expression}`"),
    };
    if let Some(length) = part.length {
        text += &format!("[{length}]");
    }
    for (word, value) in [
        ("collate", &part.collation),
        ("class", &part.operator_class),
    ] {
        if let Some(value) = value {
            text += &format!(" {word} {value}");
        }
    }
    if let Some(order) = part.order {
        text += &format!(" {order:?}");
    }
    if let Some(nulls) = part.nulls {
        text += &format!(" nulls {nulls:?}");
    }
    text
}

fn sequence(sequence: &Sequence) -> String {
    let mut words: Vec<String> = sequence.name.iter().map(ToString::to_string).collect();
    words.extend(sequence.ty.iter().map(|ty| ty.sql.clone()));
    let numbers = [
        ("start", sequence.start),
        ("increment", sequence.increment),
        ("min", sequence.min),
        ("max", sequence.max),
        ("cache", sequence.cache),
    ];
    words.extend(
        numbers
            .into_iter()
            .filter_map(|(word, number)| Some(format!("{word} {}", number?))),
    );
    if sequence.cycle {
        words.push("cycle".to_owned());
    }
    words.join(" ")
}

fn ty(ty: &Type) -> String {
    let length = |length: &Option<u64>| {
        length
            .map(|length| format!("({length})"))
            .unwrap_or_default()
    };
    let digits = |digits: &Option<u32>| {
        digits
            .map(|digits| format!("({digits})"))
            .unwrap_or_default()
    };
    match ty {
        Type::Integer { size, unsigned } => {
            let bits = match size {
                IntegerSize::Tiny => 8,
                IntegerSize::Small => 16,
                IntegerSize::Medium => 24,
                IntegerSize::Regular => 32,
                IntegerSize::Big => 64,
            };
            format!("{}{bits}", if *unsigned { "u" } else { "i" })
        }
        Type::Decimal { precision, scale } => format!("decimal{:?}", (precision, scale)),
        Type::Text { length: l, fixed } => {
            format!("{}{}", if *fixed { "char" } else { "text" }, length(l))
        }
        Type::Bytes { length: l, fixed } => format!(
            "{}{}",
            if *fixed { "fixed bytes" } else { "bytes" },
            length(l)
        ),
        Type::Time { precision, zone } => {
            format!("time{}{}", if *zone { "tz" } else { "" }, digits(precision))
        }
        Type::Timestamp { precision, zone } => format!(
            "timestamp{}{}",
            if *zone { "tz" } else { "" },
            digits(precision)
        ),
        Type::Enum(name) => format!("enum {name}"),
        Type::Domain(name) => format!("domain {name}"),
        Type::Array(element) => format!("[{}]", self::ty(element)),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn name(name: &Option<String>) -> String {
    name.as_ref()
        .map(|name| format!(" {name}"))
        .unwrap_or_default()
}

fn comment(comment: &Option<String>) -> String {
    comment
        .as_ref()
        .map(|comment| format!(" -- {comment}"))
        .unwrap_or_default()
}
