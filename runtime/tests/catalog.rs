//! Catalogs: creating and dropping, seen from outside.

use aludel::{Catalog, Engine};

#[test]
fn text_that_is_no_catalog_asks_to_generate_again() {
    for text in ["", "{}", r#"{"format": 999}"#] {
        let catalog = Catalog::from_json(text);
        let error = catalog.get().unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        assert!(error.message().contains("generate them again"), "{error}");
        assert!(catalog.tables().is_err());
        assert!(
            catalog
                .create_all(&Engine::new("sqlite://").unwrap())
                .is_err()
        );
    }
}
