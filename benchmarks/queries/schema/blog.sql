CREATE TABLE user (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    hair_color TEXT
);

CREATE TABLE post (
    id      INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES user (id),
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,
    status  TEXT NOT NULL
);

CREATE INDEX post_user ON post (user_id);
