//! Creating and dropping, and what is there afterwards.
