-- People who sign in.
CREATE TABLE users (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       VARCHAR(32) NOT NULL,
    email      VARCHAR(64) UNIQUE,
    age        INTEGER NOT NULL DEFAULT 18,
    first_name VARCHAR(32) NOT NULL DEFAULT '',
    last_name  VARCHAR(32) NOT NULL DEFAULT '',
    full_name  TEXT GENERATED ALWAYS AS (first_name || ' ' || last_name) VIRTUAL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT users_name_age UNIQUE (name, age),
    CONSTRAINT users_age CHECK (age >= 0)
);

CREATE INDEX users_last_first ON users (last_name, first_name);
