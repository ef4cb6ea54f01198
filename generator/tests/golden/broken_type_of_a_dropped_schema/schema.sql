CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok');
DROP SCHEMA app CASCADE;
CREATE TABLE person (
    id integer PRIMARY KEY,
    mood app.mood NOT NULL
);
