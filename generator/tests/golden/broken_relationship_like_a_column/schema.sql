CREATE TABLE hobby (
  id INTEGER PRIMARY KEY,
  caption TEXT NOT NULL
);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  hobby TEXT,
  hobby_id INTEGER REFERENCES hobby (id)
);
