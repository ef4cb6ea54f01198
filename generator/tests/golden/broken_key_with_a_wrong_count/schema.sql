CREATE TABLE seat (
  room INTEGER,
  number INTEGER,
  PRIMARY KEY (room, number)
);
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  room INTEGER,
  FOREIGN KEY (room) REFERENCES seat (room, number)
);
