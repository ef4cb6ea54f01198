//! The bookkeeping by itself.
