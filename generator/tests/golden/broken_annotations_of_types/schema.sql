-- @nmae Feeling
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- @model Size
CREATE TYPE size AS ENUM ('S', 'M'); -- @storage check
COMMENT ON TYPE size IS '@values { Large: L }';
-- @name Short
CREATE DOMAIN short AS varchar(10);
-- @name Pair
CREATE TYPE pair AS (a int, b text);
COMMENT ON TYPE pair IS '@name Pair';
COMMENT ON COLUMN pair.a IS '@field first';
CREATE TABLE t OF pair (a WITH OPTIONS PRIMARY KEY);
CREATE INDEX by_b ON t (b);
COMMENT ON INDEX by_b IS '@finder by_b';
COMMENT ON TYPE mod IS '@name Mod';
