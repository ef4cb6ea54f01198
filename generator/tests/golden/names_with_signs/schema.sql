CREATE TABLE "order details" (
  id INTEGER PRIMARY KEY,
  "unit price" REAL NOT NULL,
  "2nd-hand" BOOLEAN NOT NULL,
  "say ""hi""" TEXT,
  "a\b" TEXT,
  "per cent %" REAL,
  "100%" REAL,
  "{braces}" TEXT,
  "back`tick" TEXT,
  _private INTEGER,
  "_" INTEGER,
  double__underscore INTEGER,
  trailing_ INTEGER,
  "it's" TEXT UNIQUE
);
CREATE TABLE "2fa" (id INTEGER PRIMARY KEY, "order details_id" INTEGER REFERENCES "order details" (id));
