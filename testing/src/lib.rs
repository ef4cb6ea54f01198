//! What the tests of Aludel share: throw-away packages and servers, a judge of compile errors, and a reader of sources.

pub mod club;
pub mod company;
mod compile_fail;
mod compile_message;
pub mod counted;
pub mod library;
pub mod money;
pub mod notebook;
pub mod scan;
mod scratch;
pub mod shop;
pub mod site;
pub mod stall;
mod tree;
pub mod village;

use std::path::{Path, PathBuf};

pub use aludel_testing_macros::each_database;
pub use aludel_testing_servers as server;
pub use compile_fail::{Case, CompileFail, Outcome};
pub use compile_message::Message;
pub use scratch::{ALUDEL, Output, Scratch};
pub use tree::{File, Tree};

aludel::include_models!();
aludel::include_models!(with_jiff);
aludel::include_models!(with_time);

/// The folder of the workspace that these tests belong to.
pub fn workspace() -> PathBuf {
    let testing = Path::new(env!("CARGO_MANIFEST_DIR"));
    testing
        .parent()
        .expect("the crate lies in a folder of the workspace")
        .to_owned()
}
