//! The driver by itself.
