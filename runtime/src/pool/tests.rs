//! The pool with a driver that only counts.
