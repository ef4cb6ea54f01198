CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  phone TEXT UNIQUE,
  tenant INTEGER NOT NULL,
  number INTEGER NOT NULL,
  type TEXT NOT NULL,
  hidden BOOLEAN NOT NULL,
  UNIQUE (tenant, number)
);
CREATE UNIQUE INDEX account_type ON account (type);
CREATE UNIQUE INDEX account_visible ON account (number) WHERE NOT hidden;
CREATE UNIQUE INDEX account_lower ON account (lower(email));
CREATE INDEX account_plain ON account (hidden);
