CREATE TABLE hobby (
  id INTEGER PRIMARY KEY,
  caption TEXT NOT NULL
);
CREATE UNIQUE INDEX by_caption ON hobby (captain);
