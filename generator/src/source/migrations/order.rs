//! Which migrations apply, in which order, and what a tool refuses.

use std::{collections::HashMap, path::PathBuf};

use super::{Migration, MigrationTool, Problem, Role};
use crate::diagnostic::Diagnostic;

/// The files that lead from nothing to the newest version.
pub(super) fn applied(mut migrations: Vec<Migration>, tool: MigrationTool) -> Vec<PathBuf> {
    migrations.retain(|migration| migration.named.role != Role::Down);
    migrations.sort_by(|left, right| {
        let behind = |migration: &Migration| migration.named.role == Role::Repeatable;
        let keys = behind(left).cmp(&behind(right));
        keys.then_with(|| left.named.order.cmp(&right.named.order))
            .then_with(|| left.path.cmp(&right.path))
    });
    let newest = |migration: &Migration| match tool {
        MigrationTool::Atlas => is_checkpoint(&migration.path),
        _ => migration.named.role == Role::Baseline,
    };
    if let Some(start) = migrations.iter().rposition(newest) {
        let order = migrations[start].named.order.clone();
        migrations.drain(..start);
        // A baseline stands for the migration of its own version, too.
        let mut first = true;
        migrations.retain(|migration| std::mem::take(&mut first) || migration.named.order != order);
    }
    migrations
        .into_iter()
        .map(|migration| migration.path)
        .collect()
}

/// Whether Atlas starts from this file where nothing is there yet.
fn is_checkpoint(path: &std::path::Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut head = text.lines().take_while(|line| line.starts_with("--"));
    head.any(|line| line.starts_with("-- atlas:checkpoint"))
}

/// What the tool itself would not accept.
pub(super) fn check(migrations: &[Migration], tool: MigrationTool) -> Vec<Problem> {
    let mut problems = same_versions(migrations, tool);
    if tool.is_without_gaps() {
        problems.extend(gap(migrations, tool));
    }
    problems
}

fn same_versions(migrations: &[Migration], tool: MigrationTool) -> Vec<Problem> {
    let Some(why) = tool.on_same_version() else {
        return Vec::new();
    };
    let mut seen: HashMap<(bool, &str), &Migration> = HashMap::new();
    let mut problems = Vec::new();
    let read = |migration: &&Migration| matches!(migration.named.role, Role::Up | Role::Repeatable);
    for migration in migrations.iter().filter(read) {
        let repeatable = migration.named.role == Role::Repeatable;
        let version = migration.named.version.as_str();
        if let Some(first) = seen.insert((repeatable, version), migration) {
            let message = match repeatable {
                true => format!("two repeatable migrations are called `{version}`"),
                false => format!("two migrations have the version {version}"),
            };
            let error = Diagnostic::error(message)
                .label("the second")
                .help(format!("{why}: give one of them another"));
            let other = Some((first.path.clone(), "the first"));
            problems.push(Problem::At(migration.path.clone(), error, other));
        }
    }
    problems
}

/// The first number that is left out.
fn gap(migrations: &[Migration], tool: MigrationTool) -> Option<Problem> {
    let mut sorted: Vec<&Migration> = migrations.iter().collect();
    sorted.sort_by(|left, right| left.named.order.cmp(&right.named.order));
    sorted.dedup_by(|left, right| left.named.order == right.named.order);
    let mut counted = sorted.iter().zip(1_usize..);
    let (behind, missing) =
        counted.find(|(migration, number)| migration.named.version != number.to_string())?;
    let error = Diagnostic::error(format!("there is no migration {missing}"))
        .label(format!("this is {} already", behind.named.version))
        .help(format!("{tool} counts from 1 and leaves no number out"));
    Some(Problem::At(behind.path.clone(), error, None))
}
