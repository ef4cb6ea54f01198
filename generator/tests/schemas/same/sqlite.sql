CREATE TABLE hobby (
    hobby_id INTEGER PRIMARY KEY AUTOINCREMENT,
    caption VARCHAR(80) NOT NULL DEFAULT '篮球' COLLATE NOCASE UNIQUE,
    kind TEXT NOT NULL DEFAULT 'sport' CHECK ("kind" IN ('sport', 'it''s art')),
    level INTEGER CHECK ("level" IN (0, 1)),
    rank UNSIGNED BIG INT DEFAULT 5,
    since DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    day DATE NOT NULL DEFAULT CURRENT_DATE,
    other DATE DEFAULT (date('now', 'localtime')),
    active BOOLEAN NOT NULL DEFAULT 1,
    ratio DOUBLE PRECISION NOT NULL,
    upper_caption TEXT NOT NULL GENERATED ALWAYS AS (upper(caption)) STORED,
    half INT GENERATED ALWAYS AS (rank / 2) VIRTUAL,
    CHECK (ratio >= 0 AND ratio IS NOT 7)
);
CREATE TABLE person (
    nid INT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    hobby_id INTEGER REFERENCES hobby (hobby_id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    boss INT REFERENCES person (nid),
    token UUID NOT NULL,
    settings JSON NOT NULL DEFAULT '{}',
    PRIMARY KEY (nid),
    UNIQUE (email, hobby_id)
) WITHOUT ROWID, STRICT;
CREATE TABLE both (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b));
CREATE TABLE numbered (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE UNIQUE INDEX person_by_hobby ON person (hobby_id DESC, lower(email), nid COLLATE BINARY) WHERE hobby_id IS NOT NULL;
CREATE INDEX hobby_by_caption ON hobby (caption);
CREATE VIEW fans AS SELECT caption, count(*) AS fans FROM hobby JOIN person USING (hobby_id) GROUP BY 1;
