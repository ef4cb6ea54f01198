CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE day (
  id date PRIMARY KEY,
  mood moood NOT NULL
);
