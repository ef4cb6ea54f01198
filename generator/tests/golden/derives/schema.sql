CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE day (id integer PRIMARY KEY, name text, mood mood NOT NULL, data bytea NOT NULL);
