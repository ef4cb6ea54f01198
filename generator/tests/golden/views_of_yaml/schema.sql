CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author, title TEXT NOT NULL);
CREATE VIEW author_stats AS
    SELECT author.id, count(book.id) AS books, my_score(author.id) AS score
    FROM author LEFT JOIN book ON book.author_id = author.id GROUP BY author.id;
