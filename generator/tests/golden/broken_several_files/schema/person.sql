CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  hobby_id INTEGER REFERENCES hoby (id),
  city_id INTEGER REFERENCES city (id)
);
CREATE INDEX by_name ON person (name);
