CREATE TABLE owner (id INTEGER PRIMARY KEY);
CREATE TABLE account (
  id INTEGER PRIMARY KEY UNIQUE,
  -- The names of these keys are taken: by a column, a relationship, a finder, and what every model has.
  email TEXT NOT NULL UNIQUE,
  email_key TEXT,
  code INTEGER NOT NULL UNIQUE,
  code_key_id INTEGER REFERENCES owner (id),
  nick TEXT NOT NULL UNIQUE,
  "primary" INTEGER UNIQUE,
  -- Two keys of one name, and the same one in another order and once more.
  a INTEGER,
  b INTEGER,
  a_and_b INTEGER UNIQUE,
  UNIQUE (a, b),
  UNIQUE (b, a),
  UNIQUE (email),
  "type" TEXT
);
CREATE UNIQUE INDEX account_code ON account (code);
CREATE UNIQUE INDEX account_type ON account ("type" COLLATE NOCASE DESC);
-- No keys: each leaves rows out, or is over something else than columns.
CREATE UNIQUE INDEX account_partial ON account (email_key) WHERE a > 0;
CREATE UNIQUE INDEX account_lower ON account (lower(email_key));
CREATE UNIQUE INDEX account_mixed ON account (b, lower(email_key));
CREATE INDEX account_nick ON account (nick);
-- So many keys that they stand on lines of their own.
CREATE TABLE many (
  id INTEGER PRIMARY KEY,
  k1 INTEGER UNIQUE, k2 INTEGER UNIQUE, k3 INTEGER UNIQUE, k4 INTEGER UNIQUE, k5 INTEGER UNIQUE, k6 INTEGER UNIQUE,
  k7 INTEGER UNIQUE, k8 INTEGER UNIQUE, k9 INTEGER UNIQUE, k10 INTEGER UNIQUE, k11 INTEGER UNIQUE
);
-- One key of so many columns that rustfmt would break their list.
CREATE TABLE wide (
  c1 INTEGER, c2 INTEGER, c3 INTEGER, c4 INTEGER, c5 INTEGER, c6 INTEGER, c7 INTEGER, c8 INTEGER, c9 INTEGER,
  c10 INTEGER, c11 INTEGER, c12 INTEGER, c13 INTEGER, c14 INTEGER, c15 INTEGER, c16 INTEGER, c17 INTEGER, c18 INTEGER,
  c19 INTEGER, c20 INTEGER, c21 INTEGER, c22 INTEGER,
  UNIQUE (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22)
);
