//! Choosing tables of a catalog.

use aludel_catalog::{
    Catalog, Column, ColumnType, Default, Dialect, Domain, Enum, Name, Sequence, Type, View,
};

use crate::samples::{catalog, column, foreign_key, table, text, with_default};

fn domain(name: &str, base: Type) -> Domain {
    Domain {
        name: Name::new(name),
        base: ColumnType::new(base, "base"),
        not_null: false,
        default: None,
        checks: Vec::new(),
        comment: None,
    }
}

fn enumeration(name: &str) -> Enum {
    Enum {
        name: Name::new(name),
        values: Vec::new(),
        comment: None,
    }
}

fn sequence(name: &str) -> Sequence {
    Sequence {
        name: Some(Name::new(name)),
        ty: None,
        start: None,
        increment: None,
        min: None,
        max: None,
        cache: None,
        cycle: false,
    }
}

fn typed(name: &str, kind: Type) -> Column {
    column(name, kind, "")
}

/// `pet` needs a domain over a domain over a list of an enum, and a sequence; `person` another enum and another domain.
fn shop() -> Catalog {
    let mut pet = table(
        "pet",
        [
            with_default(
                text("number"),
                Default::Expression("nextval('pets')".into()),
            ),
            typed("moods", Type::Domain(Name::new("outer"))),
        ],
    );
    pet.foreign_keys = vec![foreign_key("number", "person", "name")];
    let person = table(
        "person",
        [
            text("name"),
            typed("kind", Type::Enum(Name::new("kind"))),
            typed("email", Type::Domain(Name::new("email"))),
        ],
    );
    Catalog {
        views: vec![View {
            name: Name::new("all_pets"),
            columns: Vec::new(),
            query: "SELECT * FROM pet".into(),
            materialized: false,
            comment: None,
        }],
        enums: vec![enumeration("kind"), enumeration("mood")],
        domains: vec![
            domain(
                "inner",
                Type::Array(Box::new(Type::Enum(Name::new("mood")))),
            ),
            domain("outer", Type::Domain(Name::new("inner"))),
            Domain {
                default: Some("nextval('emails')".into()),
                ..domain("email", Type::text())
            },
        ],
        sequences: vec![sequence("emails"), sequence("pets"), sequence("unused")],
        ..catalog(
            Dialect::Postgres,
            [pet, person, table("place", [text("name")])],
        )
    }
}

/// The names of everything in a catalog.
fn names(catalog: &Catalog) -> Vec<String> {
    let tables = catalog.tables.iter().map(|it| &it.name);
    let views = catalog.views.iter().map(|it| &it.name);
    let enums = catalog.enums.iter().map(|it| &it.name);
    let domains = catalog.domains.iter().map(|it| &it.name);
    let sequences = catalog.sequences.iter().filter_map(|it| it.name.as_ref());
    tables
        .chain(views)
        .chain(enums)
        .chain(domains)
        .chain(sequences)
        .map(Name::to_string)
        .collect()
}

#[test]
fn a_choice_keeps_its_tables_and_what_they_need() {
    let shop = shop();
    let cases: &[(&[&str], &[&str])] = &[
        (&[], &[]),
        (&["place"], &["place"]),
        (&["pet"], &["pet", "mood", "inner", "outer", "pets"]),
        (&["person"], &["person", "kind", "email", "emails"]),
        (
            &["place", "pet", "pet"],
            &["pet", "place", "mood", "inner", "outer", "pets"],
        ),
    ];
    for (chosen, expected) in cases {
        let chosen: Vec<Name> = chosen.iter().copied().map(Name::new).collect();
        let only = shop.only(&chosen).unwrap();
        assert_eq!(names(&only), *expected);
        assert_eq!(only.dialect, Dialect::Postgres);
    }
}

#[test]
fn what_others_need_as_well_is_not_dropped_with_a_choice() {
    let mut shop = shop();
    let kind = typed("kind", Type::Enum(Name::new("kind")));
    let numbered = with_default(text("n"), Default::Expression("nextval('emails')".into()));
    shop.tables[2].columns.extend([kind, numbered]);
    let dropped = |table: &str| names(&shop.only_unshared(&[Name::new(table)]).unwrap());
    assert_eq!(dropped("person"), ["person", "email"]);
    assert_eq!(dropped("place"), ["place"]);
    assert_eq!(dropped("pet"), ["pet", "mood", "inner", "outer", "pets"]);
    shop.only_unshared(&[Name::new("unknown")]).unwrap_err();
}

#[test]
fn a_chosen_table_keeps_its_foreign_keys() {
    let only = shop().only(&[Name::new("pet")]).unwrap();
    assert_eq!(only.tables, shop().tables[..1]);
}

#[test]
fn choosing_a_table_that_is_not_there_is_an_error() {
    for unknown in [
        Name::new("pets"),
        Name::within("app", "pet"),
        Name::new("all_pets"),
    ] {
        let error = shop()
            .only(&[Name::new("pet"), unknown.clone()])
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("there is no table `{unknown}` in the catalog")
        );
    }
}
