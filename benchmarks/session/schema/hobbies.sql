CREATE TABLE hobby (
    id      INTEGER PRIMARY KEY,
    caption TEXT NOT NULL
);

CREATE TABLE person (
    id       INTEGER PRIMARY KEY,
    hobby_id INTEGER NOT NULL REFERENCES hobby (id),
    name     TEXT NOT NULL
);

CREATE INDEX person_hobby ON person (hobby_id);
