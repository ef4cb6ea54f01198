//! Aludel.
