//! Stub.
use super::*;
use crate::{connection::Connection, error::Result, value::ValueRef, model::TableInfo};
#[derive(Clone, Copy)]
pub(crate) enum QueryRef<'t> { Select(&'t Select), Compound(&'t Compound) }
pub(crate) enum Statement<'t> { Select { query: QueryRef<'t>, at_most: Option<u64> }, Count(QueryRef<'t>), Exists(QueryRef<'t>), Insert(&'t Insert), Update(&'t Update), Delete(&'t Delete) }
/// Sql.
pub struct Sql;
impl Sql { pub(crate) fn of(_: Statement<'_>, _: crate::Dialect) -> Result<Sql> { unimplemented!() } }
type ReadRow<O> = fn(&crate::Row<'_>, &mut usize) -> Result<O>;
impl Connection {
    pub(crate) fn fetch<O>(&self, _: Statement<'_>, _: ReadRow<O>) -> Result<Vec<O>> { unimplemented!() }
    pub(crate) fn each(&self, _: Statement<'_>, _: &mut dyn FnMut(&crate::Row<'_>) -> Result<()>) -> Result<()> { unimplemented!() }
    pub(crate) fn change(&self, _: Statement<'_>) -> Result<u64> { unimplemented!() }
    pub(crate) fn explain(&self, _: Statement<'_>) -> Result<String> { unimplemented!() }
    pub(crate) fn stream<O>(&self, _: Statement<'_>, _: ReadRow<O>) -> Result<crate::connection::Rows<'_, O>> { unimplemented!() }
    pub(crate) fn find<O>(&self, _: &'static TableInfo, _: &[ValueRef<'_>], _: impl FnOnce() -> Select, _: ReadRow<O>) -> Result<Option<O>> { unimplemented!() }
}
