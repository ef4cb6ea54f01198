//! Folders of migrations are read as the tool that runs them would.

use std::{fs, path::Path};

use aludel_build::{
    MigrationTool,
    source::{Place, Sources, read},
};

/// A folder, the tool that it is recognised as, and what is read of it, in order.
struct Folder {
    name: &'static str,
    files: &'static [&'static str],
    tool: MigrationTool,
    read: &'static [&'static str],
}

const FOLDERS: &[Folder] = &[
    Folder {
        name: "sqlx counts, and does not spell",
        files: &[
            "migrations/10_c.sql",
            "migrations/9_b.sql",
            "migrations/0001_a.sql",
        ],
        tool: MigrationTool::Sqlx,
        read: &["0001_a.sql", "9_b.sql", "10_c.sql"],
    },
    Folder {
        name: "sqlx with files that lead back",
        files: &[
            "migrations/20240101000000_a.up.sql",
            "migrations/20240101000000_a.down.sql",
            "migrations/20230101000000_b.sql",
        ],
        tool: MigrationTool::Sqlx,
        read: &["20230101000000_b.sql", "20240101000000_a.up.sql"],
    },
    Folder {
        name: "refinery, with one that may come late",
        files: &[
            "db/V2__b.sql",
            "db/V10__c.sql",
            "db/U3__late.sql",
            "db/inner/V1__a.sql",
        ],
        tool: MigrationTool::Refinery,
        read: &["inner/V1__a.sql", "V2__b.sql", "U3__late.sql", "V10__c.sql"],
    },
    Folder {
        name: "Flyway, with versions of several parts, undo and repeatable ones",
        files: &[
            "db/V1_10__d.sql",
            "db/V1.2__c.sql",
            "db/V1__a.sql",
            "db/V1_1_5__b.sql",
            "db/U1__a.sql",
            "db/R__views.sql",
            "db/R__functions.sql",
            "db/V2__e.sql",
        ],
        tool: MigrationTool::Flyway,
        read: &[
            "V1__a.sql",
            "V1_1_5__b.sql",
            "V1.2__c.sql",
            "V1_10__d.sql",
            "V2__e.sql",
            "R__functions.sql",
            "R__views.sql",
        ],
    },
    Folder {
        name: "Flyway starts from its newest baseline",
        files: &[
            "db/V1__a.sql",
            "db/V2__b.sql",
            "db/B2__base.sql",
            "db/V3__c.sql",
            "db/R__v.sql",
        ],
        tool: MigrationTool::Flyway,
        read: &["B2__base.sql", "V3__c.sql", "R__v.sql"],
    },
    Folder {
        name: "Diesel, letter by letter",
        files: &[
            "db/2024-01-02-000000_b/up.sql",
            "db/2024-01-02-000000_b/down.sql",
            "db/00000000000000_diesel_initial_setup/up.sql",
            "db/00000000000000_diesel_initial_setup/down.sql",
            "db/2023-12-31-235959_a/up.sql",
        ],
        tool: MigrationTool::Diesel,
        read: &[
            "00000000000000_diesel_initial_setup/up.sql",
            "2023-12-31-235959_a/up.sql",
            "2024-01-02-000000_b/up.sql",
        ],
    },
    Folder {
        name: "rusqlite_migration",
        files: &[
            "db/01-a/up.sql",
            "db/02-b/up.sql",
            "db/02-b/down.sql",
            "db/10-j/down.sql",
        ],
        tool: MigrationTool::RusqliteMigration,
        read: &["01-a/up.sql", "02-b/up.sql"],
    },
    Folder {
        name: "golang-migrate",
        files: &[
            "db/10_b.up.sql",
            "db/10_b.down.sql",
            "db/9_a.up.sql",
            "db/9_a.down.sql",
        ],
        tool: MigrationTool::GolangMigrate,
        read: &["9_a.up.sql", "10_b.up.sql"],
    },
    Folder {
        name: "Atlas, letter by letter",
        files: &["db/atlas.sum", "db/2_b.sql", "db/10_a.sql"],
        tool: MigrationTool::Atlas,
        read: &["10_a.sql", "2_b.sql"],
    },
    Folder {
        name: "Rails",
        files: &["db/structure.sql", "db/migrate/1_a.rb", "db/seeds.sql"],
        tool: MigrationTool::Rails,
        read: &["structure.sql"],
    },
    Folder {
        name: "an overlay beside them comes behind",
        files: &[
            "migrations/2_b.sql",
            "migrations/1_a.sql",
            "migrations/0_overlay.yaml",
        ],
        tool: MigrationTool::Sqlx,
        read: &["1_a.sql", "2_b.sql", "0_overlay.yaml"],
    },
];

#[test]
fn each_tool_is_recognised_and_its_files_come_in_its_order() {
    for case in FOLDERS {
        let folder = tempfile::tempdir().unwrap();
        for name in case.files {
            write(folder.path(), name, "SELECT 1;");
        }
        let root = case.files[0].split('/').next().unwrap();
        let root = folder.path().join(root);
        let places = [
            Place::Migrations(root.clone(), Some(case.tool)),
            Place::Migrations(root.clone(), None),
            Place::Schema(root.clone()),
            Place::Schema(folder.path().to_path_buf()),
        ];
        for place in places {
            let sources = read(std::slice::from_ref(&place)).unwrap();
            assert_eq!(
                names(&sources, &root),
                case.read,
                "{}: {place:?}",
                case.name
            );
        }
    }
}

#[test]
fn a_folder_of_numbered_files_that_no_tool_claims_is_no_folder_of_migrations() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["schema/1_a.sql", "schema/1_b.sql", "schema/2_c.sql"] {
        write(folder.path(), name, "SELECT 1;");
    }
    let root = folder.path().join("schema");
    let sources = read(std::slice::from_ref(&root)).unwrap();
    assert_eq!(names(&sources, &root), ["1_a.sql", "1_b.sql", "2_c.sql"]);
    let problem = read(&[Place::Migrations(root, None)])
        .unwrap_err()
        .to_string();
    assert!(
        problem.contains("two migrations have the version 1"),
        "{problem}"
    );
}

#[test]
fn what_leads_back_is_blanked_out_and_nothing_else_moves() {
    let dbmate = "-- made by hand\n\n-- migrate:up transaction:false\nCREATE TABLE a (ü INT);\n\n-- migrate:down\nDROP TABLE a;\n-- migrate:up\nCREATE TABLE b (x INT);\n";
    let goose = "-- +goose Up\n-- +goose StatementBegin\nCREATE TABLE a (x INT);\n-- +goose StatementEnd\n\n-- +goose Down\nDROP TABLE ä;\n";
    let atlas = "-- atlas:txtar\n\n-- checks.sql --\nSELECT 0;\n\n-- migration.sql --\nCREATE TABLE a (x INT);\n\n-- down.sql --\nDROP TABLE a;\n";
    for (text, kept) in [
        (
            dbmate,
            vec![
                "-- migrate:up transaction:false",
                "CREATE TABLE a (ü INT);",
                "-- migrate:up",
                "CREATE TABLE b (x INT);",
            ],
        ),
        (
            goose,
            vec![
                "-- +goose Up",
                "-- +goose StatementBegin",
                "CREATE TABLE a (x INT);",
                "-- +goose StatementEnd",
            ],
        ),
        (
            atlas,
            vec!["-- migration.sql --", "CREATE TABLE a (x INT);"],
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "1_a.sql", text);
        let sources = read(&[folder.path().to_path_buf()]).unwrap();
        let found = sources.files[0].text();
        assert_eq!(found.len(), text.len());
        let lines: Vec<&str> = found
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(lines, kept);
        for line in kept {
            assert_eq!(found.find(line), text.find(line), "{line}");
        }
    }
}

#[test]
fn atlas_starts_from_its_newest_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("1_a.sql", "CREATE TABLE a (x INT);"),
        ("2_b.sql", "-- atlas:checkpoint\n\nCREATE TABLE a (x INT);"),
        ("3_c.sql", "CREATE TABLE c (x INT);"),
        ("atlas.sum", ""),
    ] {
        write(folder.path(), name, text);
    }
    let sources = read(&[folder.path().to_path_buf()]).unwrap();
    assert_eq!(names(&sources, folder.path()), ["2_b.sql", "3_c.sql"]);
}

#[test]
fn what_is_left_out_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "00001_a.sql",
        "00002_b.go",
        "notes.sql",
        "readme.md",
        "00002_b_test.go",
    ] {
        write(folder.path(), name, "-- +goose Up\n");
    }
    let sources = read(&[folder.path().to_path_buf()]).unwrap();
    assert_eq!(names(&sources, folder.path()), ["00001_a.sql"]);
    let told: Vec<&str> = sources
        .warnings
        .iter()
        .map(|warning| warning.message.rsplit_once('/').unwrap().1)
        .collect();
    assert_eq!(
        told,
        [
            "00002_b.go` is a migration in Go, and is left out",
            "00002_b_test.go` is not named as goose names migrations, and is left out",
            "notes.sql` is not named as goose names migrations, and is left out",
        ]
    );
}

#[test]
fn every_tool_has_a_word_and_a_name() {
    for tool in MigrationTool::ALL {
        assert_eq!(MigrationTool::from_word(tool.as_str()), Some(tool));
        assert!(!tool.to_string().is_empty());
    }
    assert_eq!(MigrationTool::from_word("liquibase"), None);
}

fn names<'s>(sources: &'s Sources, root: &Path) -> Vec<&'s str> {
    let prefix = root.to_string_lossy().replace('\\', "/") + "/";
    let files = sources.files.iter();
    files
        .map(|file| file.name().strip_prefix(&prefix).unwrap())
        .collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
