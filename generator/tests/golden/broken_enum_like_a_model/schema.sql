CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE moods (id integer PRIMARY KEY, mood mood);
