-- Tables that inherit: what is done to a table is done to its heirs.
CREATE TABLE parent (id int, shared int, kept int);
CREATE TABLE child (own int, shared int) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child);
CREATE TABLE ahead (later int) INHERITS (parent);
CREATE TABLE behind_ahead () INHERITS (ahead);

-- Columns come, unless they are there: then they stay as they are.
ALTER TABLE parent ADD COLUMN later int NOT NULL DEFAULT 3 CHECK (later > 1);
ALTER TABLE parent ADD COLUMN fresh text NOT NULL DEFAULT 'x' UNIQUE, ADD counted serial, ADD IF NOT EXISTS id text;
COMMENT ON COLUMN parent.fresh IS 'said of the parent alone';
CREATE INDEX parent_shared ON parent (shared);
CREATE TABLE target (id int PRIMARY KEY);
ALTER TABLE parent ADD COLUMN target_id int REFERENCES target, ADD FOREIGN KEY (shared) REFERENCES target;
ALTER TABLE parent ADD PRIMARY KEY (id);
CREATE TABLE keyed_from_the_start (id int);
CREATE TABLE heir_of_keyed () INHERITS (keyed_from_the_start);
ALTER TABLE keyed_from_the_start ADD COLUMN key int PRIMARY KEY;
CREATE TABLE keyed_alone (id int);
CREATE TABLE heir_of_keyed_alone () INHERITS (keyed_alone);
ALTER TABLE ONLY keyed_alone ADD PRIMARY KEY (id);
CREATE TABLE keyed_by_index (id int NOT NULL, a int);
CREATE TABLE heir_of_keyed_by_index () INHERITS (keyed_by_index);
CREATE UNIQUE INDEX index_of_keyed ON keyed_by_index (a);
ALTER TABLE keyed_by_index ADD PRIMARY KEY USING INDEX index_of_keyed;

-- Columns change.
ALTER TABLE parent ALTER shared SET NOT NULL, ALTER shared SET DEFAULT 5;
ALTER TABLE parent ALTER COLUMN kept TYPE bigint, ALTER kept SET NOT NULL;
ALTER TABLE parent ALTER kept DROP NOT NULL;
ALTER TABLE parent RENAME COLUMN fresh TO renamed;
ALTER TABLE child ALTER shared DROP DEFAULT;
ALTER TABLE ONLY child ALTER renamed DROP DEFAULT, ALTER kept SET NOT NULL;
ALTER TABLE ONLY parent ALTER kept SET DEFAULT 1;
ALTER TABLE parent ALTER counted DROP DEFAULT;
CREATE INDEX child_renamed ON child (renamed);
ALTER TABLE parent RENAME renamed TO renamed_again;

-- Columns go where nothing else makes a table have them.
CREATE TABLE losing (stays int, a int, b int, c int, d int, e int);
CREATE TABLE losing_child (b int, z int) INHERITS (losing);
CREATE TABLE other_parent (c int, y int);
CREATE TABLE of_both (x int) INHERITS (losing, other_parent);
CREATE TABLE of_of_both () INHERITS (of_both);
ALTER TABLE losing DROP COLUMN a, DROP COLUMN b, DROP IF EXISTS c;
ALTER TABLE ONLY losing DROP COLUMN d;
ALTER TABLE losing ADD COLUMN d int;
ALTER TABLE losing DROP COLUMN d;
ALTER TABLE other_parent RENAME y TO why;
ALTER TABLE other_parent DROP COLUMN why;
ALTER TABLE other_parent DROP COLUMN c;
ALTER TABLE other_parent ADD COLUMN e int;
ALTER TABLE losing DROP COLUMN e;

-- Links end and begin.
CREATE TABLE left_behind (stays int, a int);
CREATE TABLE leaving (b int) INHERITS (left_behind);
CREATE TABLE with_the_leaving () INHERITS (leaving);
ALTER TABLE leaving NO INHERIT left_behind;
ALTER TABLE left_behind ADD COLUMN missed int;
ALTER TABLE left_behind DROP COLUMN a;
ALTER TABLE leaving ADD COLUMN missed int;
ALTER TABLE leaving INHERIT left_behind;
ALTER TABLE left_behind ADD COLUMN reached int;
ALTER TABLE left_behind DROP COLUMN missed;
ALTER TABLE leaving NO INHERIT left_behind, ADD COLUMN last int;
ALTER TABLE leaving DROP COLUMN a;
ALTER TABLE leaving INHERIT left_behind;
ALTER TABLE left_behind DROP COLUMN reached;

-- Links follow the names of tables and of their schemas.
CREATE SCHEMA one;
CREATE TABLE one.first_name (id int);
CREATE TABLE heir_of_renamed () INHERITS (one.first_name);
ALTER TABLE one.first_name RENAME TO second_name;
ALTER TABLE one.second_name ADD COLUMN a int;
ALTER SCHEMA one RENAME TO two;
ALTER TABLE two.second_name ADD COLUMN b int;
ALTER TABLE two.second_name SET SCHEMA public;
ALTER TABLE second_name ADD COLUMN c int;
CREATE TABLE first_name (id int);
ALTER TABLE first_name ADD COLUMN stranger int;

-- Types of tables reach further than the tables of them.
CREATE TYPE pair AS (a int, b int);
CREATE TABLE typed OF pair;
CREATE TABLE heir_of_typed (z int) INHERITS (typed);
ALTER TYPE pair ADD ATTRIBUTE c int CASCADE;
ALTER TYPE pair ALTER ATTRIBUTE b TYPE bigint CASCADE;
ALTER TYPE pair DROP ATTRIBUTE a CASCADE;
ALTER TYPE pair RENAME ATTRIBUTE c TO d CASCADE;

-- Computed columns.
CREATE TABLE computing (a int, twice int GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE heir_of_computing () INHERITS (computing);
ALTER TABLE computing ALTER twice DROP EXPRESSION;
ALTER TABLE computing ALTER a SET NOT NULL, ALTER a ADD GENERATED ALWAYS AS IDENTITY;

-- A copy is no heir.
CREATE TABLE copy (LIKE child);
ALTER TABLE parent ADD COLUMN not_copied int;
CREATE TABLE heir_of_copy () INHERITS (copy);
ALTER TABLE copy DROP COLUMN id;
CREATE TABLE copy_and_heir (LIKE child) INHERITS (parent);
ALTER TABLE parent DROP COLUMN not_copied;

-- What is gone takes its heirs along.
CREATE TABLE gone (id int PRIMARY KEY);
CREATE TABLE gone_too () INHERITS (gone);
CREATE TABLE gone_as_well (a int UNIQUE) INHERITS (gone_too);
CREATE TABLE key_to_what_is_gone (a int REFERENCES gone_as_well (a));
DROP TABLE gone, gone_too CASCADE;
CREATE TABLE listed (id int);
CREATE TABLE listed_too () INHERITS (listed);
DROP TABLE listed, listed_too;
CREATE TABLE listed (id int);
CREATE SCHEMA leaves;
CREATE TABLE leaves.base (id int);
CREATE TABLE of_what_leaves () INHERITS (leaves.base);
DROP SCHEMA leaves CASCADE;
CREATE TYPE leaving_type AS (a int);
CREATE TABLE of_leaving_type OF leaving_type;
CREATE TABLE heir_of_leaving_type () INHERITS (of_leaving_type);
DROP TYPE leaving_type CASCADE;
CREATE TYPE colour AS ENUM ('red');
CREATE TABLE coloured (id int, hue colour);
CREATE TABLE heir_of_coloured (hue colour) INHERITS (coloured);
DROP TYPE colour CASCADE;
