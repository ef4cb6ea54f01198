//! The texts of `SHOW CREATE`, without what belongs to one database on one server.

use aludel_catalog::Dialect;

/// Leaves out the name of the database before functions and sequences, where MySQL puts it even for its own.
pub(super) fn without_database(sql: &str, database: &str) -> String {
    let mut prefix = quoted(database);
    prefix.push('.');
    let mut kept = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(start) = rest.find(['\'', '"', '`']) {
        kept.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some(name) = rest.strip_prefix(prefix.as_str()) {
            let (_, behind) = split_quoted(name);
            let is_sequence = kept.ends_with("val(");
            if name.starts_with('`') && (is_sequence || behind.starts_with('(')) {
                rest = name;
            }
        }
        let (text, behind) = split_quoted(rest);
        kept.push_str(text);
        rest = behind;
    }
    kept + rest
}

/// Leaves out the number that a table has counted up to.
pub(super) fn without_counter(sql: &str) -> String {
    const COUNTER: &str = " AUTO_INCREMENT=";
    // The options follow the list of columns; a comment may say anything.
    let options = sql.rfind("\n)").unwrap_or_default();
    let comment = sql[options..].find(" COMMENT=").unwrap_or(usize::MAX);
    match sql[options..].find(COUNTER) {
        Some(start) if start < comment => {
            let (before, counter) = sql.split_at(options + start);
            let number =
                counter[COUNTER.len()..].trim_start_matches(|digit: char| digit.is_ascii_digit());
            format!("{before}{number}")
        }
        _ => sql.to_owned(),
    }
}

/// Takes the foreign keys with these names out of a table: what is left of it, and the keys.
pub(super) fn without_keys(sql: &str, keys: &[&str]) -> (String, Vec<String>) {
    if keys.is_empty() {
        return (sql.to_owned(), Vec::new());
    }
    let starts: Vec<String> = keys
        .iter()
        .map(|key| format!("  CONSTRAINT {} FOREIGN KEY ", quoted(key)))
        .collect();
    let end = sql.rfind("\n)").unwrap_or(sql.len());
    let (list, options) = sql.split_at(end);
    let (parted, kept): (Vec<&str>, Vec<&str>) = list
        .lines()
        .partition(|line| starts.iter().any(|start| line.starts_with(start)));
    let kept = kept.join("\n");
    let key = |line: &str| line.trim().trim_end_matches(',').to_owned();
    (
        kept.trim_end_matches(',').to_owned() + options,
        parted.into_iter().map(key).collect(),
    )
}

/// Leaves out who made a view, and what is said of every view of which nothing was said.
pub(super) fn without_definer(sql: &str) -> String {
    let Some(rest) = sql.strip_prefix("CREATE ") else {
        return sql.to_owned();
    };
    let rest = rest.strip_prefix("ALGORITHM=UNDEFINED ").unwrap_or(rest);
    let (algorithm, rest) = match rest.find("DEFINER=") {
        Some(end) if rest.starts_with("ALGORITHM=") || end == 0 => rest.split_at(end),
        _ => ("", rest),
    };
    let rest = rest.strip_prefix("DEFINER=").map_or(rest, without_user);
    let rest = rest.strip_prefix("SQL SECURITY DEFINER ").unwrap_or(rest);
    format!("CREATE {algorithm}{rest}")
}

/// What follows a user: `` `root`@`localhost` ``.
fn without_user(rest: &str) -> &str {
    let (_, rest) = split_quoted(rest);
    let rest = rest
        .strip_prefix('@')
        .map_or(rest, |host| split_quoted(host).1);
    rest.trim_start()
}

/// Whether a view reads what has this name. Columns stand behind the name of their table, or behind AS.
pub(super) fn reads(view: &str, name: &str) -> bool {
    let name = quoted(name);
    let found = view.match_indices(&name);
    let mut tables = found.filter(|(start, _)| {
        let (before, behind) = (&view[..*start], &view[start + name.len()..]);
        let is_own = before.ends_with("VIEW ");
        !is_own
            && !before.ends_with(['.', '`'])
            && !before.ends_with(" AS ")
            && !behind.starts_with(['.', '`'])
    });
    tables.next().is_some()
}

/// A text or name in quotes at the beginning, and what follows it.
fn split_quoted(sql: &str) -> (&str, &str) {
    let Some(quote) = sql.chars().next().filter(|first| "'\"`".contains(*first)) else {
        return ("", sql);
    };
    let mut letters = sql.char_indices().skip(1).peekable();
    while let Some((place, letter)) = letters.next() {
        if letter == '\\' && quote != '`' {
            letters.next();
        } else if letter == quote && letters.next_if(|(_, next)| *next == quote).is_none() {
            return sql.split_at(place + quote.len_utf8());
        }
    }
    (sql, "")
}

fn quoted(name: &str) -> String {
    let mut sql = String::new();
    Dialect::Mysql.quoting().push(&mut sql, name);
    sql
}

#[cfg(test)]
mod tests {
    use super::{reads, without_counter, without_database, without_definer, without_keys};

    #[test]
    fn the_counter_of_a_table_is_left_out_and_nothing_that_looks_like_it() {
        let table = |options: &str| {
            format!("CREATE TABLE `t` (\n  `a` int COMMENT ') AUTO_INCREMENT=1'\n){options}")
        };
        for (shown, kept) in [
            (
                " ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4",
                " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
            ),
            (
                " ENGINE=InnoDB COMMENT='x AUTO_INCREMENT=5'",
                " ENGINE=InnoDB COMMENT='x AUTO_INCREMENT=5'",
            ),
            (
                " ENGINE=InnoDB AUTO_INCREMENT=7\n PARTITION BY HASH (`a`)\n(PARTITION p0)",
                " ENGINE=InnoDB\n PARTITION BY HASH (`a`)\n(PARTITION p0)",
            ),
        ] {
            assert_eq!(without_counter(&table(shown)), table(kept));
        }
    }

    #[test]
    fn the_database_is_left_out_before_functions_and_sequences_alone() {
        for (shown, kept) in [
            (
                "DEFAULT nextval(`shop`.`s`), `shop`.`shop` '`shop`.`f`(`'",
                "DEFAULT nextval(`s`), `shop`.`shop` '`shop`.`f`(`'",
            ),
            (
                "select `shop`.`f``n`(`shop`.`id`) from `shop`",
                "select `f``n`(`shop`.`id`) from `shop`",
            ),
            (
                "nextval(`other`.`s`) 'it''s \\' `shop`.`f`(' `shop`.`f`(1)",
                "nextval(`other`.`s`) 'it''s \\' `shop`.`f`(' `f`(1)",
            ),
        ] {
            assert_eq!(without_database(shown, "shop"), kept);
        }
    }

    #[test]
    fn who_made_a_view_is_left_out() {
        for (shown, kept) in [
            (
                "ALGORITHM=UNDEFINED DEFINER=`ro``ot`@`%` SQL SECURITY DEFINER VIEW `v` AS select 1",
                "VIEW `v` AS select 1",
            ),
            (
                "ALGORITHM=MERGE DEFINER=`role` SQL SECURITY INVOKER VIEW `v` AS select 1",
                "ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `v` AS select 1",
            ),
        ] {
            assert_eq!(
                without_definer(&format!("CREATE {shown}")),
                format!("CREATE {kept}")
            );
        }
    }

    #[test]
    fn keys_are_taken_out_by_name() {
        let sql = "CREATE TABLE `t` (\n  `a` int,\n  KEY `k` (`a`),\n  CONSTRAINT `k` FOREIGN KEY (`a`) REFERENCES `u` (`a`),\n  CONSTRAINT `l` FOREIGN KEY (`a`) REFERENCES `t` (`a`)\n) ENGINE=InnoDB";
        let (rest, keys) = without_keys(sql, &["l"]);
        assert_eq!(
            keys,
            ["CONSTRAINT `l` FOREIGN KEY (`a`) REFERENCES `t` (`a`)"]
        );
        assert!(
            rest.ends_with("REFERENCES `u` (`a`)\n) ENGINE=InnoDB"),
            "{rest}"
        );
        let (rest, keys) = without_keys(sql, &["k", "l"]);
        assert_eq!(keys.len(), 2);
        assert!(rest.ends_with("KEY `k` (`a`)\n) ENGINE=InnoDB"), "{rest}");
    }

    #[test]
    fn a_view_reads_what_stands_in_its_from() {
        let view = "CREATE VIEW `v` AS select `a`.`b` AS `c` from (`a` join `d` `e` on(`a`.`b` = `e`.`f`))";
        let names = ["v", "a", "b", "c", "d", "e", "f"];
        let read: Vec<&str> = names.into_iter().filter(|name| reads(view, name)).collect();
        // An alias is taken for a table, which does no harm: it changes an order.
        assert_eq!(read, ["a", "d", "e"]);
    }
}
