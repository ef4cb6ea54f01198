-- Views over all that FROM can hold, with rows that show what can be NULL.
CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL, nick VARCHAR(40), doc JSON NOT NULL);
CREATE TABLE pet (id BIGINT PRIMARY KEY, person_id INT NOT NULL, name VARCHAR(40) NOT NULL, weight DOUBLE);
INSERT INTO person VALUES (1, 'Ann', NULL, '[1]'), (2, 'Bob', 'b', '[]');
INSERT INTO pet VALUES (10, 1, 'Rex', NULL);
CREATE VIEW named (n, t) AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW codes AS WITH v (id, code) AS (VALUES (1, 'a'), (3, NULL)) SELECT v.id, v.code FROM v;
CREATE VIEW known_codes AS WITH v (id, code) AS (VALUES (1, 'a')) SELECT p.name, v.code FROM person p LEFT JOIN v ON v.id = p.id;
CREATE VIEW right_only AS SELECT p.id AS mine, id AS either FROM person p RIGHT JOIN (SELECT 9 AS id) v USING (id) WHERE id > 0;
CREATE VIEW beside_table AS SELECT p.id, p.nick, t.name FROM person p LEFT JOIN pet t ON t.person_id = p.id JOIN JSON_TABLE(p.doc, '$[*]' COLUMNS (n INT PATH '$')) AS j;
CREATE VIEW parts AS SELECT p.name, j.* FROM person p, JSON_TABLE(p.doc, '$[*]' COLUMNS (place FOR ORDINALITY, n INT PATH '$', t VARCHAR(10) PATH '$.t' DEFAULT '1' ON EMPTY, is_there INT EXISTS PATH '$', NESTED PATH '$.d[*]' COLUMNS (inner_place FOR ORDINALITY, d DECIMAL(5,2) PATH '$'))) AS j;
CREATE VIEW parts_or_none AS SELECT p.id, j.place, j.at FROM person p LEFT JOIN JSON_TABLE(p.doc, '$[*]' COLUMNS (place FOR ORDINALITY, at DATETIME PATH '$.at')) AS j ON true;
