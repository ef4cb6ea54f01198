//! Lists of expressions: the arguments of functions, the keys of windows.

use super::{
    expr::Expression,
    uses::{NoColumns, pairs},
};
use crate::{sql::Node, value::ToValue};

/// An expression, or a tuple of them.
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

/// An expression, a text, number or truth value, or a tuple of these; `()` for none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an argument of an SQL function",
    label = "expected a column, an expression, a value, or a tuple of these"
)]
pub trait Arguments {
    /// The columns they use.
    type Uses;

    #[doc(hidden)]
    fn collect_arguments(self, into: &mut Vec<Node>);
}

macro_rules! tuples {
    ($Trait:ident $collect:ident: $(($($part:ident)+))+) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($part: $Trait),+> $Trait for ($($part,)+) {
            type Uses = pairs!($($part::Uses),+);

            #[allow(non_snake_case)]
            fn $collect(self, into: &mut Vec<Node>) {
                let ($($part,)+) = self;
                $($part.$collect(into);)+
            }
        }
    )+ };
}

macro_rules! lists {
    ($($Trait:ident $collect:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<E: Expression> $Trait for E {
            type Uses = E::Uses;

            fn $collect(self, into: &mut Vec<Node>) {
                into.push(self.into_node());
            }
        }

        tuples! {
            $Trait $collect:
            (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
        }
    )* };
}

lists! { Expressions collect_expressions Arguments collect_arguments }

#[diagnostic::do_not_recommend]
impl Arguments for () {
    type Uses = NoColumns;

    fn collect_arguments(self, _into: &mut Vec<Node>) {}
}

macro_rules! literal_arguments {
    ($($ty:ty, $value:ident => $convert:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Arguments for $ty {
            type Uses = NoColumns;

            fn collect_arguments(self, into: &mut Vec<Node>) {
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
