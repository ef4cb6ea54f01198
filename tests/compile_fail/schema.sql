CREATE TABLE users (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    age   INTEGER NOT NULL DEFAULT 18,
    nick  TEXT UNIQUE,
    adult BOOLEAN NOT NULL DEFAULT 0,
    weight DOUBLE,
    upper_name TEXT GENERATED ALWAYS AS (upper(name)) STORED
);
CREATE TABLE post (
    id      INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    editor_id INTEGER REFERENCES users (id),
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,
    score   INTEGER
);
CREATE TABLE tag (id INTEGER PRIMARY KEY, label TEXT NOT NULL);
CREATE TABLE post_tag (post_id INTEGER NOT NULL REFERENCES post(id), tag_id INTEGER NOT NULL REFERENCES tag(id), PRIMARY KEY(post_id, tag_id));
CREATE TABLE employee (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    salary INTEGER NOT NULL,
    manager_id INTEGER REFERENCES employee (id)
);
CREATE VIEW writer AS SELECT users.id, name, count(post.id) AS posts FROM users JOIN post ON user_id = users.id GROUP BY users.id;
