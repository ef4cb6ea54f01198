-- A person has at most one hobby, a hobby any number of persons.
CREATE TABLE hobby (
    id      INTEGER PRIMARY KEY,
    caption VARCHAR(50) NOT NULL DEFAULT '篮球'
);

CREATE TABLE person (
    nid      INTEGER PRIMARY KEY,
    name     VARCHAR(32) NOT NULL,
    hobby_id INTEGER REFERENCES hobby (id) ON DELETE SET NULL
);

CREATE INDEX person_name ON person (name);
