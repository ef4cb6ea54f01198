//! How generated models come into a crate.

/// Declares a module with the models that `aludel-build` generated in the build script: `models`, or another name that was
/// given to the builder's `module`.
///
/// ```ignore
/// aludel::include_models!();
/// aludel::include_models!(schema);
/// ```
#[macro_export]
macro_rules! include_models {
    () => {
        $crate::include_models!(models);
    };
    ($name:ident) => {
        /// Models generated from the schema.
        #[doc = include_str!(concat!(env!("OUT_DIR"), "/", stringify!($name), "/diagram.md"))]
        pub mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), "/mod.rs"));
        }
    };
}
