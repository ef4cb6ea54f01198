-- A bookshop, which the queries of tests/fifty.rs ask about. Money is in cents.
CREATE TABLE writer (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    born INTEGER
);

CREATE TABLE category (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    parent_id INTEGER REFERENCES category (id)
);

CREATE TABLE book (
    id          INTEGER PRIMARY KEY,
    title       TEXT NOT NULL,
    category_id INTEGER NOT NULL REFERENCES category (id),
    price       INTEGER NOT NULL,
    isbn        TEXT UNIQUE
);

-- Which share of a book, in percent, is whose.
CREATE TABLE book_writer (
    book_id   INTEGER NOT NULL REFERENCES book (id),
    writer_id INTEGER NOT NULL REFERENCES writer (id),
    share     INTEGER NOT NULL,
    PRIMARY KEY (book_id, writer_id)
);

CREATE TABLE customer (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    town        TEXT,
    joined      DATE NOT NULL,
    referrer_id INTEGER REFERENCES customer (id)
);

CREATE TABLE purchase (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    placed      DATE NOT NULL,
    status      TEXT NOT NULL DEFAULT 'paid'
);

CREATE TABLE purchase_line (
    purchase_id INTEGER NOT NULL REFERENCES purchase (id),
    number      INTEGER NOT NULL,
    book_id     INTEGER NOT NULL REFERENCES book (id),
    quantity    INTEGER NOT NULL,
    price       INTEGER NOT NULL,
    PRIMARY KEY (purchase_id, number)
);

CREATE TABLE price_change (
    book_id INTEGER NOT NULL REFERENCES book (id),
    since   DATE NOT NULL,
    price   INTEGER NOT NULL,
    PRIMARY KEY (book_id, since)
);

CREATE TABLE stock_movement (
    id      INTEGER PRIMARY KEY,
    book_id INTEGER NOT NULL REFERENCES book (id),
    moved   DATE NOT NULL,
    change  INTEGER NOT NULL
);

CREATE TABLE stock (
    book_id INTEGER PRIMARY KEY REFERENCES book (id),
    on_hand INTEGER NOT NULL,
    counted INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE clerk (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    salary   INTEGER NOT NULL,
    chief_id INTEGER REFERENCES clerk (id)
);

CREATE TABLE shift (
    id       INTEGER PRIMARY KEY,
    clerk_id INTEGER NOT NULL REFERENCES clerk (id),
    starts   INTEGER NOT NULL,
    ends     INTEGER NOT NULL
);

-- How many people came in; there is no row where the shop was closed.
CREATE TABLE footfall (
    day      DATE PRIMARY KEY NOT NULL,
    visitors INTEGER NOT NULL
);

-- What a gift box is made of, down to what is bought.
CREATE TABLE part (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    cost INTEGER
);

CREATE TABLE component (
    whole_id INTEGER NOT NULL REFERENCES part (id),
    part_id  INTEGER NOT NULL REFERENCES part (id),
    quantity INTEGER NOT NULL,
    PRIMARY KEY (whole_id, part_id)
);

-- Addresses as they were imported, some of them more than once.
CREATE TABLE contact (
    id    INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    name  TEXT,
    seen  INTEGER NOT NULL
);

-- Which books a customer wishes to have.
CREATE TABLE wish (
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    book_id     INTEGER NOT NULL REFERENCES book (id),
    PRIMARY KEY (customer_id, book_id)
);
