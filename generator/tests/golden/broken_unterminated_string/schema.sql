CREATE TABLE hobby (
  id INTEGER PRIMARY KEY,
  caption TEXT DEFAULT 'none
);
