CREATE TABLE person (id INTEGER PRIMARY KEY);
CREATE TABLE book (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  reviewer_id INTEGER REFERENCES person (id),
  translated_by INTEGER REFERENCES person (id)
);
