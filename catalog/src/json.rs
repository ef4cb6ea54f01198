//! The catalog as text: what the generator writes beside the models, and the runtime reads when tables are created.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Catalog;

/// The version of the format; a catalog of another version is refused.
const FORMAT: u32 = 1;

#[derive(Deserialize)]
struct Stored {
    catalog: Catalog,
}

#[derive(Serialize)]
struct Storing<'c> {
    format: u32,
    catalog: &'c Catalog,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Catalog {
    /// The catalog as JSON, over several lines; the same catalog gives the same bytes.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(&Storing {
            format: FORMAT,
            catalog: self,
        })
        .expect("a catalog holds nothing that JSON cannot say");
        text.push('\n');
        text
    }

    /// Reads what [`Catalog::to_json`] wrote.
    ///
    /// # Errors
    /// When `text` is not such JSON, or was written in a format that this version does not know.
    pub fn from_json(text: &str) -> Result<Catalog, JsonError> {
        let format: Format =
            serde_json::from_str(text).map_err(|error| JsonError(error.to_string()))?;
        if format.format != FORMAT {
            return Err(JsonError(format!(
                "it has format {}, this version reads {FORMAT}",
                format.format
            )));
        }
        let stored: Stored =
            serde_json::from_str(text).map_err(|error| JsonError(error.to_string()))?;
        Ok(stored.catalog)
    }
}

/// Why a text is not a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError(String);

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not a catalog: {}", self.0)
    }
}

impl std::error::Error for JsonError {}
