CREATE TABLE language (code TEXT PRIMARY KEY NOT NULL);
CREATE TABLE film (
  id INTEGER PRIMARY KEY,
  language TEXT NOT NULL REFERENCES language (code),
  original TEXT REFERENCES language (code)
);
