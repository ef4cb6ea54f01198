//! How generated models come into a crate.

/// Declares a module with the models that `aludel-build` generated in the build script: `models`, or another name.
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
        #[doc = include_str!(concat!(env!("OUT_DIR"), "/models/diagram.md"))]
        pub mod $name {
            include!(concat!(env!("OUT_DIR"), "/models/mod.rs"));
        }
    };
}
