-- Work to be done, in its order.
CREATE TABLE job (
    id       INTEGER PRIMARY KEY,
    title    TEXT NOT NULL,
    status   INTEGER NOT NULL DEFAULT 0,
    priority SMALLINT NOT NULL DEFAULT 0,
    payload  JSON,
    cost     DECIMAL(12, 2) NOT NULL DEFAULT 0
);
