CREATE SCHEMA app;
CREATE SCHEMA archive;
CREATE TABLE archive.person (id integer PRIMARY KEY);
SET search_path = app, public;
CREATE TABLE pet (
    id integer PRIMARY KEY,
    owner integer REFERENCES person
);
