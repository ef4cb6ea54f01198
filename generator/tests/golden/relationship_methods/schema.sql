-- Relationships that are called like what objects, or other relationships, have already.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  edit_id INTEGER NOT NULL REFERENCES person (id),
  column_id INTEGER NOT NULL REFERENCES person (id),
  clone_id INTEGER REFERENCES person (id),
  type_id INTEGER NOT NULL REFERENCES person (id),
  hobby_id INTEGER NOT NULL REFERENCES l (id),
  set_hobby_id INTEGER NOT NULL REFERENCES l (id)
);
-- It is called like the parameter of a trait's implementation.
CREATE TABLE l (id INTEGER PRIMARY KEY, handle_id INTEGER REFERENCES l (id));
-- It is called like the trait of another.
CREATE TABLE bonds (id INTEGER PRIMARY KEY, person_id INTEGER UNIQUE REFERENCES person (id));
-- Sessions hold no rows without a key: nothing leads there, or from there.
CREATE TABLE note (person_id INTEGER NOT NULL REFERENCES person (id));
