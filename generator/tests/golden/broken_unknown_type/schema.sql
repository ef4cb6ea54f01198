CREATE TABLE hobby (
  id INTEGER PRIMARY KEY,
  caption TXT,
  started DATTE NOT NULL
);
