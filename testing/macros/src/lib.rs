//! `#[each_database]`, the attribute of a test that runs on each database.

use proc_macro::{TokenStream, TokenTree};

/// Makes tests of a function without arguments: one for each database, in a module of the function's name. The function is run
/// by `crate::backend::run`, which says to what connections are opened.
///
/// # Panics
/// While compiling, where it does not stand on a function.
#[proc_macro_attribute]
pub fn each_database(_arguments: TokenStream, function: TokenStream) -> TokenStream {
    let name = name_of(&function).expect("`#[each_database]` stands on a function");
    let tests = format!(
        "mod {name} {{
            #[test] fn sqlite() {{ crate::backend::run(crate::backend::Backend::Sqlite, super::{name}); }}
            #[test] fn postgres() {{ crate::backend::run(crate::backend::Backend::Postgres, super::{name}); }}
            #[test] fn mariadb() {{ crate::backend::run(crate::backend::Backend::MariaDb, super::{name}); }}
            #[test] fn mysql() {{ crate::backend::run(crate::backend::Backend::Mysql, super::{name}); }}
        }}"
    );
    let tests: TokenStream = tests.parse().expect("this is Rust");
    function.into_iter().chain(tests).collect()
}

/// What stands behind `fn`.
fn name_of(function: &TokenStream) -> Option<String> {
    let mut tokens = function.clone().into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(word) if word.to_string() == "fn"))?;
    match tokens.next()? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}
