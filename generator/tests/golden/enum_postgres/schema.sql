CREATE TYPE mood AS ENUM ('happy', 'so-so', 'SAD');
COMMENT ON TYPE mood IS 'How it is going.';
CREATE TABLE day (id date PRIMARY KEY, mood mood NOT NULL DEFAULT 'so-so', evening mood);
