CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN email AS text;
CREATE DOMAIN tags AS text[];

-- What a list of items has the name of.
CREATE TABLE vec (
  id int PRIMARY KEY,
  numbers integer[] NOT NULL DEFAULT '{}',
  matrix double precision[][] NOT NULL,
  names text[],
  blobs bytea[],
  moods mood[],
  emails email[],
  tags tags,
  days date[],
  documents jsonb[],
  nets inet[],
  spans int8range[],
  prices money[]
);

CREATE TABLE net (
  id int PRIMARY KEY,
  host inet NOT NULL,
  net cidr,
  small int4range NOT NULL,
  big int8range,
  exact numrange,
  days daterange,
  local tsrange,
  instants tstzrange,
  several int4multirange,
  gaps integer[]
);
