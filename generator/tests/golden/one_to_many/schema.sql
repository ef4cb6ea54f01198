CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  hobby_id INTEGER REFERENCES hobby (id),
  birth_place_uuid TEXT NOT NULL REFERENCES place (uuid),
  currency TEXT NOT NULL REFERENCES currency (currency),
  homeId INTEGER REFERENCES place (id)
);
CREATE TABLE place (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE);
CREATE TABLE currency (currency TEXT PRIMARY KEY NOT NULL);
