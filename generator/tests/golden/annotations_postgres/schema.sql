CREATE TYPE mood AS ENUM ('sad', 'happy');
-- @name Size @keep_unknown
-- @doc Left out: the database has a comment.
CREATE TYPE size AS ENUM ('S', 'M'); -- @values { Small: S, Medium: M }
-- @name: Colour @doc: Of what is worn.
CREATE DOMAIN colours AS text CHECK (VALUE IN ('red', 'blue'));
ALTER DOMAIN colours RENAME TO colour;
COMMENT ON TYPE size IS 'How big.';
-- @model Inline
CREATE TABLE users (
    id bigint NOT NULL, -- @field inline
    name text, -- @field inline_name
    mood mood,
    size size,
    colour colour,
    balance numeric(12, 2) NOT NULL
);
ALTER TABLE ONLY users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
COMMENT ON TABLE users IS 'Who can log in.
@model Account
It is not all.';
COMMENT ON COLUMN users.id IS '@field number';
COMMENT ON COLUMN users.balance IS E'It''s money.\n@rust std::string::String';
CREATE MATERIALIZED VIEW rich AS SELECT id, secret(name) AS clue, balance FROM users WHERE balance > 1000 WITH NO DATA;
COMMENT ON MATERIALIZED VIEW rich IS '@model RichUser @key id';
COMMENT ON COLUMN rich.clue IS '@type text @null';
COMMENT ON COLUMN rich.id IS '@references users.id';
COMMENT ON TYPE mood IS 'How it is.
@name Feeling';
