-- Who writes what: relationships of every kind, for queries.
CREATE TABLE author (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    nick   TEXT,
    age    INTEGER NOT NULL DEFAULT 30,
    weight DOUBLE,
    active BOOLEAN NOT NULL DEFAULT TRUE
);

CREATE TABLE article (
    id        INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES author (id),
    editor_id INTEGER REFERENCES author (id),
    title     TEXT NOT NULL,
    body      TEXT,
    score     INTEGER
);

CREATE TABLE topic (
    id    INTEGER PRIMARY KEY,
    label TEXT NOT NULL UNIQUE
);

CREATE TABLE article_topic (
    article_id INTEGER NOT NULL REFERENCES article (id),
    topic_id   INTEGER NOT NULL REFERENCES topic (id),
    PRIMARY KEY (article_id, topic_id)
);

-- A key of two columns that may be NULL, each by itself.
CREATE TABLE parcel (
    id           INTEGER PRIMARY KEY,
    price        DECIMAL(12, 2) NOT NULL DEFAULT 0,
    country_code CHAR(2),
    city_name    TEXT,
    FOREIGN KEY (country_code, city_name) REFERENCES city (country_code, name)
);
