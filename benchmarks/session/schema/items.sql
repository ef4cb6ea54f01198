CREATE TABLE item (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    note   TEXT,
    amount INTEGER NOT NULL
);
