CREATE TABLE person (id INTEGER PRIMARY KEY);
CREATE TABLE passport (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL UNIQUE REFERENCES person (id)
);
CREATE TABLE biography (
  person_id INTEGER PRIMARY KEY REFERENCES person (id),
  text TEXT NOT NULL
);
CREATE TABLE nickname (
  id INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES person (id)
);
CREATE UNIQUE INDEX nickname_person ON nickname (person_id) WHERE person_id > 9;
