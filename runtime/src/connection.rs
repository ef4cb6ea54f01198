use crate::{dialect::Dialect, driver::EachRow, error::Result, value::Value};
pub struct Connection;
impl Connection {
    pub(crate) fn execute_sql(&self, _sql: &str, _parameters: &[Value]) -> Result<u64> {
        Ok(0)
    }
    pub(crate) fn query_sql(
        &self,
        _sql: &str,
        _parameters: &[Value],
        _writes: bool,
        _each: EachRow<'_>,
    ) -> Result<()> {
        Ok(())
    }
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        &crate::dialect::Sqlite
    }
}
