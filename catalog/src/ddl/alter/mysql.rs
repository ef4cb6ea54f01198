//! MySQL.

use super::super::{DdlError, Statement};
use super::Work;

pub(super) fn alter(_work: &Work<'_>) -> Result<Vec<Statement>, DdlError> {
    Err(DdlError::new("not yet"))
}
