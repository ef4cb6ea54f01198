//! Plans of small flushes, step by step, by topic; random ones are in `random`.

mod circles;
mod order;
mod random;
mod scenario;
mod schema;
mod simulation;
mod unique;
