CREATE TYPE odd AS ENUM ('', '1st', '2', 'self', 'Some', 'größe', '日本', 'a "quote"', 'it''s', 'two
lines', 'ALL', 'tab	stop', '+');
CREATE TABLE t (odd odd PRIMARY KEY);
