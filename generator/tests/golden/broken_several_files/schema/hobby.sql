CREATE TABLE hobby (
  id INTEGER PRIMARY KEY,
  caption TXT
);
