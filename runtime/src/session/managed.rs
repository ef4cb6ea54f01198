//! What a row of a query becomes in a session: models become entities, all else stays what it is.

use super::load::Loading;
use crate::value::Scalar;

/// What queries through a [`Session`](super::Session) give for something that queries on a connection give.
#[diagnostic::on_unimplemented(
    message = "a session cannot give `{Self}`",
    label = "expected models, columns, options or tuples of these; or say `.plain()`"
)]
pub trait Managed: Sized {
    /// An [`Entity`](super::Entity) for a model with a primary key; the same for all else.
    type Output;

    #[doc(hidden)]
    fn manage(self, loading: &mut Loading<'_>) -> Self::Output;
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> Managed for T {
    type Output = T;

    #[inline]
    fn manage(self, _loading: &mut Loading<'_>) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Managed> Managed for Option<T> {
    type Output = Option<T::Output>;

    fn manage(self, loading: &mut Loading<'_>) -> Option<T::Output> {
        self.map(|value| value.manage(loading))
    }
}

macro_rules! managed_tuples {
    ($(($($part:ident)+))+) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($part: Managed),+> Managed for ($($part,)+) {
            type Output = ($($part::Output,)+);

            #[allow(non_snake_case)]
            fn manage(self, loading: &mut Loading<'_>) -> Self::Output {
                let ($($part,)+) = self;
                ($($part.manage(loading),)+)
            }
        }
    )+ };
}

managed_tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
    (A B C D E F G H I J K L M)
    (A B C D E F G H I J K L M N)
    (A B C D E F G H I J K L M N O)
    (A B C D E F G H I J K L M N O P)
}
