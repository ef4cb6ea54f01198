//! Views.

use super::{
    additions::Additions,
    relations::{Kind, Relation, Relations},
};
use crate::dialect::declaration::{Declaration, Declared};

pub(super) fn declarations(relations: &Relations, additions: &mut Additions) -> Vec<Declaration> {
    let mut all = Vec::new();
    for view in relations.views() {
        let of = Declared::View(view.name.clone());
        all.push(Declaration::new(of.clone(), create(view)));
        all.extend(additions.indexes(&of, &view.number));
        all.extend(additions.comments(&of, &view.number));
    }
    all
}

fn create(view: &Relation) -> String {
    let what = match view.kind {
        Kind::MaterializedView => "MATERIALIZED VIEW",
        _ => "VIEW",
    };
    let options = view.options.as_ref();
    let options = options.map(|options| format!(" WITH ({options})"));
    let options = options.unwrap_or_default();
    format!("CREATE {what} {}{options} AS\n{}", view.shown, view.query)
}
