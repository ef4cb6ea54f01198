CREATE TABLE hobby (
  id SERIAL PRIMARY KEY,
  tags TEXT[] NOT NULL,
  code VARCHAR(3) COMMENT 'short'
);
