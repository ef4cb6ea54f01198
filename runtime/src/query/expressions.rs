//! Lists of expressions: the arguments of functions, the keys of windows.

use super::{
    expr::Expression,
    uses::{NoColumns, pairs},
};
use crate::{sql::Node, value::ToValue};

/// An expression, a text, number or truth value, or a tuple of these; `()` for none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL expression",
    label = "expected a column, an expression, or a tuple of these"
)]
pub trait Expressions {
    /// The columns they use.
    type Uses;

    #[doc(hidden)]
    fn collect_expressions(self, into: &mut Vec<Node>);
}

#[diagnostic::do_not_recommend]
impl<E: Expression> Expressions for E {
    type Uses = E::Uses;

    fn collect_expressions(self, into: &mut Vec<Node>) {
        into.push(self.into_node());
    }
}

macro_rules! literal_arguments {
    ($($ty:ty, $value:ident => $convert:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Expressions for $ty {
            type Uses = NoColumns;

            fn collect_expressions(self, into: &mut Vec<Node>) {
                let $value = self;
                into.push(Node::Parameter($convert));
            }
        }
    )* };
}

literal_arguments! {
    &str, text => text.to_owned().to_value();
    String, text => text.to_value();
    i32, number => number.to_value();
    i64, number => number.to_value();
    f64, number => number.to_value();
    bool, truth => truth.to_value();
}

#[diagnostic::do_not_recommend]
impl Expressions for () {
    type Uses = NoColumns;

    fn collect_expressions(self, _into: &mut Vec<Node>) {}
}

macro_rules! expression_tuples {
    ($(($($part:ident)+))+) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($part: Expressions),+> Expressions for ($($part,)+) {
            type Uses = pairs!($($part::Uses),+);

            #[allow(non_snake_case)]
            fn collect_expressions(self, into: &mut Vec<Node>) {
                let ($($part,)+) = self;
                $($part.collect_expressions(into);)+
            }
        }
    )+ };
}

expression_tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }
