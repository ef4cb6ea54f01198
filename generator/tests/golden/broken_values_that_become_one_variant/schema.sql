CREATE TYPE answer AS ENUM ('yes', 'no', 'Yes');
CREATE TABLE vote (id integer PRIMARY KEY, answer answer NOT NULL);
