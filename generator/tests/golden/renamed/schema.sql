CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  user_id INTEGER REFERENCES users (id),
  tenant INTEGER,
  number INTEGER,
  FOREIGN KEY (tenant, number) REFERENCES contract (tenant, number)
);
CREATE TABLE contract (tenant INTEGER, number INTEGER, PRIMARY KEY (tenant, number));
