CREATE TABLE hobby (
  id INTEGER PRIMARY KEY,
  caption TEXT,
  Caption TEXT NOT NULL
);
