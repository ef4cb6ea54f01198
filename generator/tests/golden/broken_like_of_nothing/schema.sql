CREATE TABLE base (id integer PRIMARY KEY);
CREATE TABLE person (
    name text,
    LIKE bse INCLUDING ALL
);
