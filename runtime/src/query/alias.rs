//! Other names for a table, so that a query can read it twice.

/// Declares names under which a query reads a model once more; with `pub` in front, for other modules too.
///
/// ```
/// # mod schema {
/// #     use aludel::{model::{ColumnInfo, Model, Source, TableInfo}, query::{Column, Optional, Relationship, ToItself}};
/// #     pub struct Employee { pub id: i64, pub name: String, pub manager_id: Option<i64> }
/// #     static TABLE: TableInfo = TableInfo { schema: None, name: "employee", primary_key: &[0], unique_keys: &[], foreign_keys: &[], relations: &[], instances: None,
/// #         columns: &[ColumnInfo::new("id"), ColumnInfo::new("name"), ColumnInfo::nullable("manager_id")] };
/// #     impl Source for Employee {
/// #         type Row = Self;
/// #         const TABLE: &'static TableInfo = &TABLE;
/// #         const ALIAS: &'static str = "employee";
/// #         fn decode(row: &aludel::Row<'_>, at: usize) -> aludel::Result<Self> {
/// #             Ok(Employee { id: row.get(at)?, name: row.get(at + 1)?, manager_id: row.get(at + 2)? })
/// #         }
/// #     }
/// #     impl Model for Employee {}
/// #     #[allow(non_upper_case_globals)]
/// #     impl Employee {
/// #         pub const name: Column<Employee, String, 1> = Column::new();
/// #         pub const manager: Relationship<Employee, Employee, ToItself<Optional>> = Relationship::new(&[(2, 0)], 0);
/// #     }
/// # }
/// # use schema::Employee;
/// use aludel::prelude::*;
///
/// aludel::alias!(manager = Employee);
///
/// // Pairs of an employee's name and the manager's, where there is one.
/// let query = select::<Employee>()
///     .left_join(Employee::manager.to(manager))
///     .select((Employee::name, manager.col(Employee::name)));
/// ```
#[macro_export]
macro_rules! alias {
    ($($visibility:vis $name:ident = $model:ty),+ $(,)?) => { $(
        #[doc = concat!("`", stringify!($model), "` under another name.")]
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        $visibility struct $name;

        impl $crate::model::Source for $name {
            type Row = $model;
            const TABLE: &'static $crate::model::TableInfo = <$model as $crate::model::Source>::TABLE;
            const ALIAS: &'static str = stringify!($name);
            const DERIVED: bool = <$model as $crate::model::Source>::DERIVED;

            fn decode(row: &$crate::Row<'_>, at: usize) -> $crate::Result<$model> {
                <$model as $crate::model::Source>::decode(row, at)
            }
        }

        #[allow(dead_code)]
        impl $name {
            /// A column of the table, read under this name.
            pub const fn col<T, const I: usize, A>(
                self,
                _: $crate::query::Column<$model, T, I, A>,
            ) -> $crate::query::Column<$name, T, I, A> {
                $crate::query::Column::new()
            }

            /// The whole row, read under this name.
            pub fn entity(self) -> $crate::query::WholeRow<$name> {
                $crate::generated::whole_row()
            }
        }
    )+ };
}
