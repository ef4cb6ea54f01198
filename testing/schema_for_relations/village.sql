-- A village: every way in which rows of tables lead to each other.

-- A chain: hobby, people, posts, tags.
CREATE TABLE hobby (
    id      INTEGER PRIMARY KEY,
    caption VARCHAR(40) NOT NULL
);

CREATE TABLE person (
    id       INTEGER PRIMARY KEY,
    name     VARCHAR(40) NOT NULL,
    hobby_id INTEGER NOT NULL REFERENCES hobby (id),
    chief_id INTEGER REFERENCES person (id)
);

CREATE TABLE post (
    id        INTEGER PRIMARY KEY,
    title     VARCHAR(40) NOT NULL,
    published BOOLEAN NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (id)
);

CREATE TABLE tag (
    id   INTEGER PRIMARY KEY,
    word VARCHAR(40) NOT NULL UNIQUE
);

-- Pairs, and nothing else.
CREATE TABLE post_tag (
    post_id INTEGER NOT NULL REFERENCES post (id),
    tag_id  INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (post_id, tag_id)
);

-- At most one for each person.
CREATE TABLE passport (
    id        INTEGER PRIMARY KEY,
    number    VARCHAR(40) NOT NULL,
    person_id INTEGER NOT NULL UNIQUE REFERENCES person (id)
);

CREATE TABLE club (
    id   INTEGER PRIMARY KEY,
    name VARCHAR(40) NOT NULL
);

-- Pairs that say more, and have a key of their own.
CREATE TABLE membership (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    club_id   INTEGER NOT NULL REFERENCES club (id),
    role      VARCHAR(40),
    UNIQUE (person_id, club_id)
);

-- What may hang at a club, so much of it that the club never loads it.
CREATE TABLE notice (
    id      INTEGER PRIMARY KEY,
    words   VARCHAR(40) NOT NULL,
    club_id INTEGER REFERENCES club (id)
);

-- Two foreign keys to one table.
CREATE TABLE message (
    id          INTEGER PRIMARY KEY,
    body        VARCHAR(40) NOT NULL,
    sender_id   INTEGER NOT NULL REFERENCES person (id),
    receiver_id INTEGER NOT NULL REFERENCES person (id)
);

-- A foreign key of two columns.
CREATE TABLE flat (
    house  VARCHAR(40) NOT NULL,
    number INTEGER NOT NULL,
    rent   INTEGER NOT NULL,
    PRIMARY KEY (house, number)
);

CREATE TABLE tenant (
    id     INTEGER PRIMARY KEY,
    name   VARCHAR(40) NOT NULL,
    house  VARCHAR(40),
    number INTEGER,
    CONSTRAINT tenant_flat_fkey FOREIGN KEY (house, number) REFERENCES flat (house, number)
);

-- A foreign key to a unique column that is not the primary key.
CREATE TABLE country (
    id   INTEGER PRIMARY KEY,
    code VARCHAR(2) NOT NULL UNIQUE,
    name VARCHAR(40) NOT NULL
);

CREATE TABLE town (
    id           INTEGER PRIMARY KEY,
    name         VARCHAR(40) NOT NULL,
    country_code VARCHAR(2) NOT NULL REFERENCES country (code) ON UPDATE CASCADE
);

-- What the database deletes or unsets by itself.
CREATE TABLE album (
    id    INTEGER PRIMARY KEY,
    title VARCHAR(40) NOT NULL
);

CREATE TABLE photo (
    id       INTEGER PRIMARY KEY,
    motif    VARCHAR(40) NOT NULL,
    album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE
);

CREATE TABLE poster (
    id       INTEGER PRIMARY KEY,
    wall     VARCHAR(40) NOT NULL,
    photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL
);

-- What the session deletes together.
CREATE TABLE folder (
    id        INTEGER PRIMARY KEY,
    name      VARCHAR(40) NOT NULL,
    parent_id INTEGER REFERENCES folder (id)
);

CREATE TABLE document (
    id        INTEGER PRIMARY KEY,
    name      VARCHAR(40) NOT NULL,
    folder_id INTEGER NOT NULL REFERENCES folder (id)
);

-- What is deleted together along foreign keys, and through pairs.
CREATE TABLE troupe (
    id   INTEGER PRIMARY KEY,
    name VARCHAR(40) NOT NULL
);

CREATE TABLE actor (
    id   INTEGER PRIMARY KEY,
    name VARCHAR(40) NOT NULL
);

CREATE TABLE casting (
    troupe_id INTEGER NOT NULL REFERENCES troupe (id),
    actor_id  INTEGER NOT NULL REFERENCES actor (id),
    PRIMARY KEY (troupe_id, actor_id)
);

CREATE TABLE play (
    id        INTEGER PRIMARY KEY,
    title     VARCHAR(40) NOT NULL,
    troupe_id INTEGER REFERENCES troupe (id)
);

-- What is deleted when it belongs to nothing any more.
CREATE TABLE orders (
    id     INTEGER PRIMARY KEY,
    buyer  VARCHAR(40) NOT NULL,
    status VARCHAR(10) NOT NULL
);

CREATE TABLE order_line (
    id       INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    place    INTEGER NOT NULL,
    article  VARCHAR(40) NOT NULL,
    amount   INTEGER NOT NULL
);
