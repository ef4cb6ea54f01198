//! What is often written where it cannot stand.
//!
//! A trait is implemented for such a type under a condition that never holds. Then the compiler reports the condition, with words
//! that fit the mistake, where it would else list all types that could stand there.

use std::marker::PhantomData;

/// Carries what was written by mistake.
pub struct Mistaken<T>(PhantomData<T>);

/// Is a plain value an expression? Never implemented.
#[diagnostic::on_unimplemented(
    message = "a plain value is not an SQL expression",
    label = "expected a column, or something computed from columns",
    note = "a value becomes an expression by `func::value::<i64>(3)`; a column is written as `User::name`"
)]
pub trait IsExpression {}

/// Can a relationship be selected? Never implemented.
#[diagnostic::on_unimplemented(
    message = "a relationship cannot be selected",
    label = "expected columns, expressions, `Model::entity()`, or a tuple of these",
    note = "`.with(relationship)` gives the rows it leads to beside each row; `.join(relationship)` reads their table"
)]
pub trait IsSelection {}

/// Has a window function a window? Never implemented.
#[diagnostic::on_unimplemented(
    message = "a window function needs a window",
    label = "its window is missing",
    note = "say `.over(window())`, or which rows: `.over(window().order_by(User::id))`"
)]
pub trait HasWindow {}
