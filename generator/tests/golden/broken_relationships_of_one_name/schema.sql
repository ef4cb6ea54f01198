CREATE TABLE person (id INTEGER PRIMARY KEY);
CREATE TABLE book (
  id INTEGER PRIMARY KEY,
  author_id INTEGER REFERENCES person (id),
  author_uuid INTEGER REFERENCES person (id)
);
