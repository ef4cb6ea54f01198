-- Tables whose keys are not one counted integer.
CREATE TABLE country (
    code CHAR(2) NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE city (
    country_code CHAR(2) NOT NULL REFERENCES country (code),
    name         TEXT NOT NULL,
    population   INTEGER,
    PRIMARY KEY (country_code, name)
) WITHOUT ROWID;

CREATE TABLE street (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL,
    country_code CHAR(2) NOT NULL,
    city_name    TEXT NOT NULL,
    FOREIGN KEY (country_code, city_name) REFERENCES city (country_code, name)
);

CREATE TABLE device (
    token UUID NOT NULL PRIMARY KEY,
    name  TEXT
);

CREATE TABLE log_line (
    level INTEGER,
    body  TEXT
);

-- A table that refers to itself.
CREATE TABLE employee (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    salary     INTEGER NOT NULL DEFAULT 0,
    manager_id INTEGER REFERENCES employee (id)
);

-- Two tables that refer to each other.
CREATE TABLE team (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    captain_id INTEGER REFERENCES player (id)
);

CREATE TABLE player (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    team_id INTEGER NOT NULL REFERENCES team (id)
);
