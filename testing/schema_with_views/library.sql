-- Views that every database can hold, and a column whose check lists its values.
CREATE TABLE author (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind VARCHAR(10) NOT NULL CHECK (kind IN ('poet', 'novelist')),
    form VARCHAR(10) CHECK (form = 'short' OR form = 'long' OR form IS NULL)
);

CREATE TABLE book (
    id        INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES author (id),
    title     VARCHAR(40) NOT NULL,
    pages     INTEGER
);

-- @key author_id
-- @columns { author_id: { references: author.id } }
CREATE VIEW author_works AS
    SELECT a.id AS author_id, a.name, a.kind, count(b.id) AS works, max(b.pages) AS longest,
        coalesce(max(b.title), '?') AS last_title, max(b.pages) IS NULL AS is_unknown
    FROM author AS a LEFT JOIN book AS b ON b.author_id = a.id
    GROUP BY a.id, a.name, a.kind;

CREATE VIEW shelf AS
    SELECT b.id, b.title, b.pages, a.name AS by_whom, CASE WHEN b.pages > 500 THEN 'long' ELSE 'short' END AS size
    FROM book AS b JOIN author AS a ON a.id = b.author_id
    WHERE b.pages IS NOT NULL;
