//! Pairs of schemas that chance makes, on SQLite: altering gives what creating gives.

use aludel_catalog::{
    Action, Catalog, Check, Column, ColumnType, Default, Dialect, Generated, Index, IntegerSize,
    Name, Storage, Table, Type, Unique, View, ddl, difference::Difference, difference::Renames,
};
use rusqlite::Connection;

use crate::database::created;
use crate::samples::{foreign_key, identity, key, strings};

/// Numbers that look like chance, the same at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

const COLUMNS: [&str; 5] = ["a", "b", "c", "d", "e"];
const TABLES: [&str; 4] = ["red", "green", "blue", "grey"];

fn schema(chance: &mut Chance) -> Catalog {
    let mut catalog = Catalog::new(Dialect::Sqlite);
    for name in TABLES {
        if !chance.one_in(4) {
            catalog.tables.push(random_table(chance, name));
        }
    }
    let names: Vec<String> = catalog
        .tables
        .iter()
        .map(|it| it.name.name.clone())
        .collect();
    for table in &mut catalog.tables {
        if chance.one_in(2) {
            let target = &names[chance.below(names.len() as u64) as usize];
            let mut leads = foreign_key("up", target, "id");
            let actions = [None, Some(Action::Cascade), Some(Action::SetNull)];
            leads.on_delete = actions[chance.below(3) as usize];
            table.foreign_keys.push(leads);
        }
    }
    for (number, name) in names.iter().enumerate() {
        if chance.one_in(3) {
            catalog.views.push(View {
                name: Name::new(format!("v{number}")),
                columns: Vec::new(),
                query: format!("SELECT id, up FROM {name}"),
                materialized: false,
                comment: None,
            });
        }
    }
    catalog
}

fn random_table(chance: &mut Chance, name: &str) -> Table {
    let whole = || ColumnType::new(Type::integer(IntegerSize::Big), "INTEGER");
    let mut table = Table::new(Name::new(name));
    table.columns.push(Column {
        identity: identity(),
        ..Column::new("id", whole())
    });
    table.primary_key = key(&["id"]);
    table.columns.push(Column {
        nullable: true,
        ..Column::new("up", whole())
    });
    for name in COLUMNS {
        if chance.one_in(2) {
            continue;
        }
        let ty = match chance.below(3) {
            0 => whole(),
            1 => ColumnType::new(Type::text(), "TEXT"),
            _ => ColumnType::new(Type::Double, "REAL"),
        };
        let mut column = Column::new(name, ty);
        let defaults = [
            None,
            Some(Default::Number("1".into())),
            Some(Default::Expression("1 + 1".into())),
        ];
        column.default = defaults[chance.below(3) as usize].clone();
        column.nullable = column.default.is_none() || chance.one_in(2);
        if chance.one_in(6) {
            column.default = None;
            column.nullable = true;
            column.generated = Some(Generated {
                expression: "id + 1".into(),
                storage: if chance.one_in(2) {
                    Storage::Stored
                } else {
                    Storage::Virtual
                },
            });
        } else if chance.one_in(8) {
            column.collation = Some("NOCASE".into());
        }
        table.columns.push(column);
    }
    let names: Vec<String> = table.columns.iter().map(|it| it.name.clone()).collect();
    let mut any = || names[chance.below(names.len() as u64) as usize].clone();
    let (first, second, third) = (any(), any(), any());
    if chance.one_in(3) {
        table.indexes.push(Index {
            condition: chance.one_in(3).then(|| format!("{second} IS NOT NULL")),
            ..Index::on(Some(format!("{name}_{first}")), [first])
        });
    }
    if chance.one_in(4) {
        table.uniques.push(Unique {
            name: None,
            columns: strings(&["id", &second]),
            nulls_not_distinct: false,
            deferrable: None,
        });
        if second == "id" {
            table.uniques.pop();
        }
    }
    if chance.one_in(4) {
        table.checks.push(Check {
            name: None,
            expression: format!("{third} IS NULL OR id > 0"),
        });
    }
    table
}

fn lines(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// What a database says of itself, in no order.
fn described(connection: &Connection) -> Vec<String> {
    let mut all = lines(
        connection,
        "SELECT concat_ws(' ', 'column', t.name, c.name, c.type, c.\"notnull\", coalesce(c.dflt_value, '-'), c.pk, c.hidden)
         FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table'
         UNION ALL
         SELECT concat_ws(' ', 'key', t.name, k.\"table\", k.\"from\", k.\"to\", k.on_delete)
         FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table'
         UNION ALL
         SELECT concat_ws(' ', 'index', t.name, i.origin, i.\"unique\", i.partial,
                (SELECT group_concat(x.name || x.coll) FROM pragma_index_xinfo(i.name) x WHERE x.key),
                (SELECT sql FROM sqlite_schema s WHERE s.name = i.name))
         FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'
         UNION ALL
         SELECT concat_ws(' ', type, name, sql) FROM sqlite_schema WHERE type = 'view'
         UNION ALL
         SELECT concat_ws(' ', 'checks', name, instr(sql, 'CHECK') > 0, instr(sql, 'NOCASE') > 0) FROM sqlite_schema WHERE type = 'table'",
    );
    all.sort();
    all
}

#[test]
fn m15_altering_gives_what_creating_gives_for_schemas_made_by_chance() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let (mut simple, mut rebuilt, mut rows) = (0, 0, 0);
    for round in 0..400 {
        let (from, to) = (schema(&mut chance), schema(&mut chance));
        let connection = created(&from);
        for table in &from.tables {
            let name = &table.name.name;
            for id in 1..=2 {
                // No NULL, which another schema may refuse.
                let columns = table.columns.iter().filter(|it| it.generated.is_none());
                let columns = columns
                    .filter(|it| it.name != "up")
                    .map(|it| it.name.as_str());
                let columns: Vec<&str> = columns.collect();
                let values = vec![id.to_string(); columns.len()].join(", ");
                let columns = columns.join(", ");
                let sql = format!("INSERT INTO {name} ({columns}) VALUES ({values})");
                connection.execute(&sql, []).unwrap();
            }
        }
        let script = ddl::alter(&from, &to, &Renames::default(), Dialect::Sqlite).unwrap();
        let told = || {
            let changes = Difference::between(&from, &to, &Renames::default())
                .unwrap()
                .changes;
            let changes = changes.iter().map(|it| it.to_string());
            let statements = script.statements.iter().map(|it| it.sql.clone());
            changes.chain(statements).collect::<Vec<_>>().join("\n")
        };
        connection
            .pragma_update(None, "foreign_keys", !script.foreign_keys_off)
            .unwrap();
        for statement in &script.statements {
            if let Err(error) = connection.execute_batch(&statement.sql) {
                panic!("round {round}: {error}\n{}\n\n{}", statement.sql, told());
            }
        }
        assert_eq!(
            described(&connection),
            described(&created(&to)),
            "round {round}\n{}",
            told()
        );
        for table in to.tables.iter().filter(|it| from.table(&it.name).is_some()) {
            let count = lines(
                &connection,
                &format!("SELECT count(*) || '' FROM {}", table.name),
            );
            assert_eq!(count, ["2"], "round {round}\n{}", told());
            rows += 2;
        }
        rebuilt += script.rebuilt.len();
        simple += usize::from(script.rebuilt.is_empty());
    }
    assert!(
        simple > 5 && rebuilt > 200 && rows > 500,
        "{simple} {rebuilt} {rows}"
    );
}
