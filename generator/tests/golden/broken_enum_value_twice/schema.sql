CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood ADD VALUE 'happy';
ALTER TYPE mood ADD VALUE 'ok' BEFORE 'happy';
CREATE TABLE person (id integer PRIMARY KEY, mood mood);
