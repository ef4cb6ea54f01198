-- Values to compute with.
CREATE TABLE sample (
    id    INTEGER PRIMARY KEY,
    a     INTEGER NOT NULL,
    b     INTEGER NOT NULL,
    c     INTEGER NOT NULL,
    n     INTEGER,
    x     DOUBLE NOT NULL,
    p     BOOLEAN NOT NULL,
    q     BOOLEAN NOT NULL,
    r     BOOLEAN,
    t     TEXT NOT NULL,
    u     TEXT,
    twice INTEGER GENERATED ALWAYS AS (a * 2) STORED
);

-- A column for each kind of constraint.
CREATE TABLE rule (
    id       INTEGER PRIMARY KEY,
    code     TEXT UNIQUE,
    region   TEXT,
    number   INTEGER,
    amount   INTEGER CONSTRAINT rule_amount CHECK (amount > 0),
    required TEXT NOT NULL DEFAULT '',
    rule_id  INTEGER REFERENCES rule (id),
    CONSTRAINT rule_region_number UNIQUE (region, number)
);
