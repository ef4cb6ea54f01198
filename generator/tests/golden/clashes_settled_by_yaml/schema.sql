CREATE TYPE answer AS ENUM ('yes', 'no', 'Yes');
CREATE TYPE ballot AS ENUM ('open', 'secret');
CREATE TABLE ballots (
  id integer PRIMARY KEY,
  kind ballot NOT NULL,
  "voterName" text,
  voter_name text,
  answer answer NOT NULL
);
