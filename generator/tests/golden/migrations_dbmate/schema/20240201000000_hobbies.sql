-- migrate:up
CREATE TABLE hobby (id SERIAL PRIMARY KEY);
ALTER TABLE person ADD COLUMN hobby_id INT REFERENCES hobby (id);
-- migrate:down
ALTER TABLE person DROP COLUMN hobby_id;
DROP TABLE hobby;
