CREATE TABLE hobby (
  id INTEGER PRIMARY KEY,
  caption TEXT NOT NULL
);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  hobby_id INTEGER REFERENCES hobbies (id)
);
