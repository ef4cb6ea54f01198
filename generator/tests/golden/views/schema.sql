CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    mentor_id INTEGER REFERENCES author,
    kind TEXT NOT NULL CHECK (kind IN ('poet', 'other'))
);
CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES author,
    title TEXT NOT NULL,
    price REAL,
    pages INTEGER NOT NULL
);
CREATE VIEW poet AS SELECT * FROM author WHERE kind = 'poet' AND mentor_id IS NOT NULL;
CREATE VIEW shelf (author, kind, title, mentor) AS
    SELECT a.name, a.kind, b.title, m.name
    FROM author a
    LEFT JOIN book AS b ON b.author_id = a.id
    LEFT JOIN author m ON m.id = a.mentor_id;
CREATE VIEW sales AS
    WITH cheap AS (SELECT author_id, pages, price FROM book WHERE price < 10)
    SELECT author.id AS author_id,
        count(*) AS n,
        sum(cheap.pages) AS pages,
        max(cheap.price) AS dearest,
        coalesce(author.name, '?') AS name,
        CASE WHEN count(*) > 1 THEN 'many' ELSE 'one' END AS how_many,
        CAST(author.id AS TEXT) AS text,
        cheap.price IS NULL AS free,
        cheap.pages + 1 AS more,
        (SELECT count(*) FROM book WHERE book.author_id = author.id) AS all_books,
        author.id / 2 AS half
    FROM author JOIN cheap ON cheap.author_id = author.id
    GROUP BY author.id;
CREATE VIEW of_views AS SELECT s.*, p.kind FROM sales s JOIN poet p ON p.id = s.author_id;
CREATE VIEW both AS SELECT id, title AS text FROM book UNION ALL SELECT id, NULL FROM author;
CREATE VIEW once AS SELECT * FROM book JOIN (SELECT id AS author_id, name FROM author) USING (author_id);
CREATE VIEW tree AS
    WITH RECURSIVE up(id, depth) AS (
        SELECT id, 0 FROM author WHERE mentor_id IS NULL
        UNION ALL SELECT a.id, up.depth + 1 FROM author a JOIN up ON a.mentor_id = up.id
    )
    SELECT id, depth FROM up;
-- These say too little.
CREATE VIEW odd AS SELECT id, my_function(title) AS x, other(pages) AS y FROM book;
CREATE VIEW nameless AS SELECT count(*) FROM book;
CREATE VIEW foreign_rows AS SELECT * FROM elsewhere;
CREATE VIEW broken AS SELECT FROM WHERE;
