CREATE TABLE person (id integer NOT NULL);
CREATE UNIQUE INDEX person_id ON person (id);
ALTER TABLE person ADD CONSTRAINT person_pkey PRIMARY KEY USING INDEX person_idx;
