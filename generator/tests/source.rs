//! Schema files are read from disk.

use std::{fs, path::Path};

use aludel_build::{
    Dialect,
    source::{Position, SourceFile, read},
};

#[test]
fn a_folder_stands_for_its_sql_files_in_the_order_of_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "10_c.sql",
        "2_b.sql",
        "2_a/9.sql",
        "2_a/10.sql",
        "readme.md",
        ".hidden.sql",
        ".git/x.sql",
        "LAST.SQL",
    ] {
        write(folder.path(), name, b"SELECT 1;");
    }
    let sources = read(&[folder.path().to_path_buf()]).unwrap();
    let prefix = folder.path().to_string_lossy().replace('\\', "/") + "/";
    let names: Vec<&str> = sources
        .files
        .iter()
        .map(|file| file.name().strip_prefix(&prefix).unwrap())
        .collect();
    assert_eq!(
        names,
        ["2_a/9.sql", "2_a/10.sql", "2_b.sql", "10_c.sql", "LAST.SQL"]
    );
    // The folders are watched too: a new file is noticed by them.
    assert_eq!(sources.watched.len(), 2 + 5);
    assert!(sources.watched.contains(&folder.path().join("2_a")));
}

#[test]
fn a_file_that_is_named_twice_is_read_once_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "schema.ddl", b"\xef\xbb\xbfSELECT 1;");
    let path = folder.path().join("schema.ddl");
    let sources = read(&[path.clone(), folder.path().join("./schema.ddl")]).unwrap();
    assert_eq!(sources.files.len(), 1);
    assert_eq!(sources.files[0].text(), "SELECT 1;");
    assert_eq!(sources.watched, [path]);
}

#[test]
fn what_cannot_be_read_is_told_all_at_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "bad.sql", "ab\ncdé".as_bytes());
    write(folder.path(), "worse.yaml", b"ok\n\tno: \xff\xfe;\n");
    write(folder.path(), "utf_16.sql", b"\xff\xfe-\0-\0\n\0");
    fs::create_dir(folder.path().join("empty")).unwrap();
    let paths =
        ["missing.sql", "bad.sql", "worse.yaml", "utf_16.sql"].map(|name| folder.path().join(name));
    let text = read(&paths)
        .unwrap_err()
        .to_string()
        .replace(&*folder.path().to_string_lossy(), "…");
    insta::assert_snapshot!(text);
    let text = read(&[folder.path().join("empty")])
        .unwrap_err()
        .to_string();
    let text = text.replace(&*folder.path().to_string_lossy(), "…");
    insta::assert_snapshot!(text);
}

#[test]
fn places_are_counted_in_lines_and_characters() {
    let file = SourceFile::new("a.sql", "\u{feff}é1\r\n\n年\tx");
    let cases = [
        (0, 1, 1),
        (1, 1, 1),
        (2, 1, 2),
        (3, 1, 3),
        (5, 2, 1),
        (6, 3, 1),
        (9, 3, 2),
        (10, 3, 3),
        (11, 3, 4),
        (99, 3, 4),
    ];
    for (offset, line, column) in cases {
        assert_eq!(file.position(offset), Position { line, column }, "{offset}");
    }
    for (line, column, offset) in [
        (1, 1, 0),
        (1, 2, 2),
        (1, 9, 3),
        (2, 1, 5),
        (3, 3, 10),
        (3, 9, 11),
        (9, 1, 11),
    ] {
        assert_eq!(file.offset(line, column), offset, "{line}:{column}");
    }
}

fn write(folder: &Path, name: &str, content: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it lies in the folder"))
        .expect("the folder can be made");
    fs::write(path, content).expect("the file can be written");
}

#[test]
fn bytes_of_any_kind_in_the_rows_of_a_dump_do_no_harm() {
    let read = |declared: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let mut dump =
            b"INSERT INTO `a` VALUES (_binary '\xff\\'\xc3','\xe4;');\nCREATE TABLE `a` (".to_vec();
        dump.extend(declared);
        dump.extend(b");\nINSERT INTO `a` VALUES ('\xf6');\n");
        write(folder.path(), "dump.sql", &dump);
        aludel_build::inspect(&[folder.path().join("dump.sql")], Dialect::Mysql)
    };
    let inspected = read(b"id int, data blob").unwrap();
    assert_eq!(inspected.catalog.tables[0].columns.len(), 2);
    let text = read(b"id int, gr\xf6\xdfe int").unwrap_err().to_string();
    assert!(
        text.contains("dump.sql:2:29: error: this file is not valid UTF-8"),
        "{text}"
    );
    assert_eq!(text.matches(": error").count(), 1, "{text}");
}

#[test]
fn of_a_default_of_raw_bytes_only_the_default_is_lost() {
    let cases: [(&[u8], &str); 4] = [
        (b"DEFAULT '\x80\\'\xff' COMMENT 'k'", "2:29"),
        (b"NOT NULL DEFAULT _binary '\xc3\\0'", "2:46"),
        (b"DEFAULT 'a\xe4' CHECK (`key` <> 'DEFAULT')", "2:30"),
        (b"DEFAULT \"\xf6\"", "2:29"),
    ];
    for (options, place) in cases {
        let folder = tempfile::tempdir().unwrap();
        let mut dump = b"CREATE TABLE `a` (`id` int,\n  `key` binary(16) ".to_vec();
        dump.extend(options);
        dump.extend(b",\n  `n` int DEFAULT 5);\n");
        write(folder.path(), "dump.sql", &dump);
        let path = folder.path().join("dump.sql");
        let inspected = aludel_build::inspect(&[path], Dialect::Mysql).unwrap();
        let columns = &inspected.catalog.tables[0].columns;
        let defaults: Vec<bool> = columns
            .iter()
            .map(|column| column.default.is_some())
            .collect();
        assert_eq!(defaults, [false, false, true], "{options:?}");
        let text = inspected.warnings.to_string();
        let told = format!("dump.sql:{place}: warning: this default is left out");
        assert!(text.contains(&told), "{text}");
    }
}
