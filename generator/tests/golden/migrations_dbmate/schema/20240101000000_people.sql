-- migrate:up
CREATE TABLE person (
    id SERIAL PRIMARY KEY, -- @field number
    name TEXT NOT NULL
);

-- migrate:down
DROP TABLE person;
