//! What holds of the sources of this workspace, whoever writes them. Each invariant is tried on small texts that break it
//! before it is tried on the workspace's own files, so that none can hold by not looking.

#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/form.rs"]
mod form;
#[path = "tidy/generated.rs"]
mod generated;
#[path = "tidy/invariant.rs"]
mod invariant;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/manifests.rs"]
mod manifests;
