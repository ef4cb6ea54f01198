CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  firstName TEXT,
  first_name TEXT
);
