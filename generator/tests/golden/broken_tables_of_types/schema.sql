CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TYPE pair AS (a int, b text, a int, c serial, d);
CREATE TYPE address AS (street text, zip integer);
CREATE TYPE unused AS (a int);
CREATE TABLE of_nothing OF adress (PRIMARY KEY (street));
CREATE INDEX of_nothing_zip ON of_nothing (zip);
CREATE TABLE refers (street text REFERENCES of_nothing);
CREATE TABLE of_enum OF mood;
CREATE TABLE of_range OF span;
CREATE TABLE of_table OF refers;
CREATE TABLE of_pair OF pair (e WITH OPTIONS NOT NULL);
CREATE TABLE home OF address (
    stret WITH OPTIONS NOT NULL,
    zip WITH OPTIONS NOT NUL,
    CHECK (zip > 0),
    PRIMARY KEY (strret)
);
ALTER TYPE address DROP ATTRIBUTE zap CASCADE;
ALTER TYPE address ADD ATTRIBUTE zip text CASCADE;
ALTER TYPE address ADD ATTRIBUT town text;
ALTER TYPE address RENAME ATTRIBUTE street town;
ALTER TYPE address DORP ATTRIBUTE zip;
ALTER TABLE home OF adress;
CREATE DOMAIN short AS text CHECK (VALUE <> '');
ALTER DOMAIN short DROP CONSTRAINT not_empty;
ALTER DOMAIN short RENAME CONSTRAINT not_empty TO empty;
ALTER DOMAIN short DORP NOT NULL;
ALTER DOMAIN short SHRINK BY 3;
ALTER DOMAIN short SET NOT NULL NOW;
