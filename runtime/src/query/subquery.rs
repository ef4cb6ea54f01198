//! Queries within expressions.

use super::{expr::Expr, rows::IntoQuery};
use crate::{
    sql::Node,
    value::{Scalar, SqlType},
};

/// `EXISTS (…)`: whether a query gives a row. It may refer to the query around it: see
/// [`correlate`](super::Select::correlate).
///
/// ```ignore
/// let of_user = select::<Post>().correlate::<User>().filter(Post::user_id.eq(User::id));
/// let busy = select::<User>().filter(exists(of_user));
/// ```
pub fn exists<U, Q: IntoQuery<Outside = U>>(query: Q) -> Expr<bool, U> {
    Expr::new(Node::Exists(Box::new(query.into_query())))
}

/// The value of a query that selects one column and gives at most one row; NULL where it gives none.
///
/// Several rows are an error of the database, except on SQLite, which takes the first.
pub fn scalar<B: Scalar, Q: IntoQuery<Output: OneColumn<B>>>(
    query: Q,
) -> Expr<Option<B>, Q::Outside> {
    Expr::new(Node::Subquery(Box::new(query.into_query())))
}

/// Is it a single column, whose scalar type is `B`?
#[diagnostic::on_unimplemented(
    message = "one column is wanted, but this query selects `{Self}`",
    label = "select one column first"
)]
pub trait OneColumn<B> {
    #[doc(hidden)]
    fn into_scalar(self) -> Option<B>;
}

#[diagnostic::do_not_recommend]
impl<B, T: SqlType<Base = B>> OneColumn<B> for T {
    fn into_scalar(self) -> Option<B> {
        self.into_option()
    }
}
