-- Types of the schema's own, and what depends on them.

-- Tables of a composite type.
CREATE TYPE public.address AS (
	street character varying(80),
	"Zip" integer,
	note text COLLATE pg_catalog."C"
);
ALTER TYPE public.address OWNER TO aludel;
COMMENT ON TYPE public.address IS 'Where somebody lives';
COMMENT ON COLUMN public.address.street IS 'With its number';
CREATE TABLE public.home OF public.address (
    street WITH OPTIONS NOT NULL,
    "Zip" WITH OPTIONS DEFAULT 12 NOT NULL,
    CONSTRAINT home_zip CHECK (("Zip" > 0))
);
COMMENT ON COLUMN public.home.note IS 'Of the table';
ALTER TABLE ONLY public.home
    ADD CONSTRAINT home_pkey PRIMARY KEY (street);
CREATE TABLE bare OF address;
CREATE TABLE keyed OF address (PRIMARY KEY (street, "Zip"), note UNIQUE DEFAULT 'none', UNIQUE ("Zip")) WITH (fillfactor = 70);
CREATE TABLE IF NOT EXISTS inline OF address (street WITH OPTIONS PRIMARY KEY, "Zip" CONSTRAINT to_keyed REFERENCES keyed ("Zip") ON DELETE CASCADE);
CREATE TABLE parted OF address (street NOT NULL) PARTITION BY LIST (street);
CREATE TABLE parted_rest PARTITION OF parted DEFAULT;

-- What becomes of the type, before and after it has tables.
CREATE TYPE point3 AS (x int, y int, gone text, q real);
ALTER TYPE point3 ADD ATTRIBUTE z int, DROP ATTRIBUTE gone, ALTER ATTRIBUTE x SET DATA TYPE bigint, DROP ATTRIBUTE IF EXISTS nothing;
ALTER TYPE point3 RENAME ATTRIBUTE q TO quality;
CREATE TABLE spot OF point3 (x NOT NULL, y DEFAULT 3, PRIMARY KEY (x), UNIQUE (y));
CREATE INDEX spot_z ON spot (z);
CREATE TABLE near_spot (spot_x bigint REFERENCES spot);
ALTER TYPE point3 ADD ATTRIBUTE label varchar(10) COLLATE "C" CASCADE, ALTER ATTRIBUTE y TYPE numeric(6, 2) CASCADE;
ALTER TYPE point3 DROP ATTRIBUTE z CASCADE;
ALTER TYPE point3 RENAME ATTRIBUTE x TO across CASCADE;
ALTER TYPE point3 RENAME TO place;
CREATE SCHEMA geo;
ALTER TYPE place SET SCHEMA geo;
ALTER TYPE geo.place ADD ATTRIBUTE late date CASCADE;
ALTER TABLE spot ALTER COLUMN quality SET NOT NULL;
CREATE TABLE geo.other OF geo.place;
ALTER SCHEMA geo RENAME TO world;
ALTER TYPE world.place ADD ATTRIBUTE later date CASCADE;
SET search_path = world, public;
CREATE TABLE found_by_path OF place;
RESET search_path;

-- Tables that become of a type, or cease to be.
CREATE TYPE pair AS (a int, b text);
CREATE TABLE becomes (a int, b text);
ALTER TABLE ONLY becomes OF pair;
ALTER TYPE pair ADD ATTRIBUTE c int CASCADE;
CREATE TABLE ceases OF pair;
ALTER TABLE ceases NOT OF;
ALTER TYPE pair ADD ATTRIBUTE d int CASCADE;

-- What goes with a type.
CREATE TYPE passing AS (a int);
CREATE TABLE goes_with_type OF passing;
DROP TYPE passing CASCADE;
CREATE TYPE size AS ENUM ('S', 'M');
CREATE DOMAIN sizes AS size;
CREATE TABLE loses_columns (id int PRIMARY KEY, a size NOT NULL, b text, c size[], d sizes);
CREATE INDEX loses_index ON loses_columns (b, a);
CREATE TYPE unrelated AS (a int);
DROP TYPE size, unrelated CASCADE;
CREATE TYPE nothing_in_it AS ();
DROP TYPE nothing_in_it;

-- Types within types.
CREATE TYPE old_mood AS ENUM ('sad', 'ok');
CREATE TYPE feeling AS (how old_mood, since timestamp with time zone, moods old_mood[]);
CREATE DOMAIN old_text AS varchar(20);
CREATE DOMAIN above AS old_text;
ALTER TYPE old_mood RENAME TO mood;
ALTER DOMAIN old_text RENAME TO plain_text;
CREATE TABLE diary OF feeling (how WITH OPTIONS DEFAULT 'ok' NOT NULL);
CREATE TABLE of_above (a above);

-- Constraints of domains.
CREATE DOMAIN named AS text CONSTRAINT not_empty CHECK (VALUE <> '') NOT NULL DEFAULT 'x' CONSTRAINT short CHECK (length(VALUE) < 10);
CREATE DOMAIN unnamed AS int CHECK (VALUE > 0) CHECK (VALUE < 10) CHECK (VALUE <> 5);
ALTER DOMAIN unnamed DROP CONSTRAINT unnamed_check1;
ALTER DOMAIN unnamed RENAME TO renamed;
ALTER DOMAIN renamed DROP CONSTRAINT unnamed_check CASCADE;
ALTER DOMAIN renamed ADD CHECK (VALUE <> 7);
ALTER DOMAIN renamed DROP CONSTRAINT IF EXISTS nothing;
CREATE DOMAIN changed AS text CONSTRAINT first CHECK (VALUE <> 'a');
ALTER DOMAIN changed ADD CONSTRAINT second CHECK (VALUE <> 'b') NOT VALID;
ALTER DOMAIN changed VALIDATE CONSTRAINT second;
ALTER DOMAIN changed RENAME CONSTRAINT first TO third;
ALTER DOMAIN changed DROP CONSTRAINT third;
ALTER DOMAIN changed SET NOT NULL;
ALTER DOMAIN changed SET DEFAULT 'c';
CREATE DOMAIN relaxed AS text DEFAULT 'a' NOT NULL;
ALTER DOMAIN relaxed DROP NOT NULL;
ALTER DOMAIN relaxed DROP DEFAULT;
CREATE DOMAIN without_default AS text DEFAULT NULL;
CREATE DOMAIN said_null AS text CONSTRAINT n NULL CONSTRAINT d DEFAULT 'y';
ALTER DOMAIN said_null OWNER TO CURRENT_USER;
ALTER DOMAIN said_null SET SCHEMA world;
COMMENT ON DOMAIN named IS 'A name';
CREATE TABLE of_domains (a named, b renamed, c changed, d relaxed, e world.said_null);
