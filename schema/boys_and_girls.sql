-- Boys and girls meet through a table that has a key and columns of its own.
CREATE TABLE boy (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    hostname VARCHAR(64) NOT NULL UNIQUE
);

CREATE TABLE girl (
    id   INTEGER PRIMARY KEY,
    name VARCHAR(64) NOT NULL UNIQUE
);

CREATE TABLE boy2girl (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    boy_id  INTEGER NOT NULL,
    girl_id INTEGER NOT NULL,
    since   DATE
);

ALTER TABLE boy2girl ADD CONSTRAINT boy2girl_boy FOREIGN KEY (boy_id) REFERENCES boy (id) ON DELETE CASCADE;
ALTER TABLE boy2girl ADD CONSTRAINT boy2girl_girl FOREIGN KEY (girl_id) REFERENCES girl (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX boy2girl_pair ON boy2girl (boy_id, girl_id);
