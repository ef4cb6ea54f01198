-- Views over all that FROM can hold, with rows that show what can be NULL.
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE person (
    id integer PRIMARY KEY,
    name varchar(40) NOT NULL,
    nick text,
    small smallint NOT NULL,
    born date NOT NULL,
    seen timestamp,
    at timestamptz NOT NULL,
    doc jsonb NOT NULL,
    plain json,
    tags varchar(20)[] NOT NULL,
    moods mood[] NOT NULL,
    prices numeric(10,2)[],
    grid integer[] NOT NULL
);
CREATE TABLE pet (id bigint PRIMARY KEY, person_id integer NOT NULL REFERENCES person, name text NOT NULL, weight real);
INSERT INTO person VALUES
    (1, 'Ann', NULL, 2, '2020-01-01', '2020-01-01', '2020-01-01', '{"a": 1, "b": null}', '[1, null]', '{x,NULL}', '{ok,NULL}', '{1.5,NULL}', '{{1,2},{3,NULL}}'),
    (2, 'Bob', 'b', 1, '2020-01-02', NULL, '2020-01-03', '{}', NULL, '{}', '{}', NULL, '{}');
INSERT INTO pet VALUES (10, 1, 'Rex', NULL), (11, 1, 'Tom', 3.5);

-- Subqueries that look at what stands before them.
CREATE VIEW newest AS SELECT p.id, n.name, n.weight, n.owner FROM person p, LATERAL (SELECT t.name, t.weight, p.name AS owner FROM pet t WHERE t.person_id = p.id LIMIT 1) n;
CREATE VIEW newest_or_none AS SELECT p.id, p.nick, n.* FROM person p LEFT JOIN LATERAL (SELECT t.id AS pet_id, t.name AS pet, p.born FROM pet t WHERE t.person_id = p.id) AS n ON true;
CREATE VIEW counts AS SELECT p.name, c.n, c.heaviest FROM person p CROSS JOIN LATERAL (SELECT count(*) AS n, max(t.weight) AS heaviest FROM pet t WHERE t.person_id = p.id) c;
CREATE VIEW nested AS SELECT p.id, outside.twice, inside.thrice FROM person p JOIN LATERAL (SELECT p.id * 2 AS twice) outside ON true JOIN LATERAL (SELECT outside.twice + p.id AS thrice) inside ON true;
CREATE VIEW after_left AS SELECT l.pet, l.owner FROM person p LEFT JOIN pet t ON t.person_id = p.id CROSS JOIN LATERAL (SELECT t.name AS pet, p.name AS owner) l;
CREATE VIEW lateral_renamed AS SELECT x.a, x.b FROM person p, LATERAL (SELECT p.id, p.nick) AS x (a, b);
CREATE VIEW in_parentheses AS SELECT p.id, e.value FROM (person p CROSS JOIN LATERAL jsonb_each_text(p.doc) e(key, value));
CREATE VIEW joined_alias AS SELECT j.name, j.weight FROM (person p LEFT JOIN pet t USING (name)) AS j (name, id, nick, small, born, seen, at, doc, plain, tags, moods, prices, grid, pet_id, person_id, weight);
CREATE VIEW correlated AS SELECT p.id, (SELECT count(*) FROM (SELECT t.id FROM pet t WHERE t.person_id = p.id) AS own) AS pets, (SELECT max(u.twice) FROM (SELECT p.id * 2 AS twice) u) AS twice FROM person p;

-- Numbers and moments between two.
CREATE VIEW numbers AS
    SELECT a, b.b AS big, c.n AS exact, generate_series AS own_name, s.place FROM generate_series(1, 2) AS a, generate_series(1, 2::bigint) AS b, generate_series(1, 2.5, 0.5) AS c (n), generate_series(1, 1), generate_series(1::smallint, 3) WITH ORDINALITY AS s (n, place);
CREATE VIEW days AS
    SELECT d AS of_dates, t.t AS of_moments, z.at AS of_zoned, m AS mixed FROM person p, generate_series(p.born, p.born, interval '1 day') d, generate_series(p.seen, p.seen, interval '1 day') t, generate_series(p.at, p.at, '1 day') z (at), LATERAL generate_series(p.born, p.seen, interval '1 day') m;
CREATE VIEW every_day AS SELECT d::date AS day, p.id, p.name FROM generate_series('2020-01-01'::date, '2020-01-03'::date, '1 day'::interval) AS d LEFT JOIN person p ON p.born = d::date;

-- Elements of arrays.
CREATE VIEW tagged AS SELECT p.id, tag, m AS mood, c.price, c.place, g FROM person p, unnest(p.tags) AS tag, LATERAL unnest(p.moods) m, unnest(p.prices) WITH ORDINALITY AS c (price, place), pg_catalog.unnest(p.grid) AS g;
CREATE VIEW tagged_or_not AS SELECT p.id, t.tag, t.place FROM person p LEFT JOIN LATERAL unnest(p.tags) WITH ORDINALITY AS t (tag, place) ON true;
CREATE VIEW literal AS SELECT there, missing, word FROM unnest(ARRAY[1, 2]) there, unnest(ARRAY['a', NULL]) missing, unnest('{a,NULL}'::text[]) word;
CREATE VIEW side_by_side AS SELECT z.n, z.t FROM unnest(ARRAY[1, 2], ARRAY['a']) AS z (n, t);
CREATE VIEW all_of_it AS SELECT * FROM unnest(ARRAY[1, 2]) WITH ORDINALITY;
CREATE VIEW subscripts AS SELECT s AS place, p.tags[s] IS NULL AS is_missing FROM person p, generate_subscripts(p.tags, 1) s;

-- Parts of JSON and of texts.
CREATE VIEW members AS SELECT p.id, e.key, e.value, t.value AS text, k, o.json_object_keys AS named FROM person p, jsonb_each(p.doc) e, jsonb_each_text(p.doc) t, jsonb_object_keys(p.doc) k, json_object_keys('{"z": 1}') AS o (json_object_keys);
CREATE VIEW elements AS SELECT e.value, e AS whole, t AS text, x.place, y FROM person p, json_array_elements(p.plain) e, json_array_elements_text(p.plain) t, jsonb_array_elements('[1]') WITH ORDINALITY AS x (value, place), jsonb_array_elements('[2]') AS y (item);
CREATE VIEW elements_or_none AS SELECT p.id, e.value, e ->> 'a' AS a FROM person p LEFT JOIN json_array_elements(p.plain) AS e ON true;
CREATE VIEW words AS SELECT w, regexp_split_to_table AS own, s, n.part, m FROM regexp_split_to_table('a b', ' ') w, regexp_split_to_table('c', ','), string_to_table('a,b', ',') s, string_to_table('a,b', ',', 'b') AS n (part), regexp_matches('ab', '(.)', 'g') m;
CREATE VIEW listed AS SELECT r.a, r.b, r.c, r.d FROM json_to_recordset('[{"a": 1}]') AS r (a int, b varchar(10), c mood, d numeric(5,1)[]);
CREATE VIEW listed_and_joined AS SELECT p.name, r.a FROM person p JOIN LATERAL jsonb_to_record(p.doc) AS r(a bigint) ON true;

-- Rows that are written down.
CREATE VIEW codes AS SELECT id, name, rate FROM (VALUES (1, 'a', 1.5), (2, NULL, 2)) AS v (id, name, rate);
CREATE VIEW unnamed AS SELECT * FROM (VALUES (1, 'a'::text)) AS v;
CREATE VIEW alone (n, t) AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW melted AS SELECT p.id, v.what, v.value FROM person p CROSS JOIN LATERAL (VALUES ('name', p.name), ('nick', p.nick)) AS v (what, value);
CREATE VIEW known_codes AS SELECT p.name, v.code FROM person p LEFT JOIN (VALUES (1, 10)) AS v (id, code) USING (id);
CREATE VIEW right_only AS SELECT p.id AS mine, id AS either, v.code FROM person p RIGHT JOIN (VALUES (1, 10), (9, 90)) AS v (id, code) USING (id) WHERE id > 0;

-- What is not known leaves the rest as it is.
CREATE FUNCTION pairs(n int) RETURNS TABLE (a int, b text) LANGUAGE sql AS 'SELECT n, NULL::text WHERE n > 1';
CREATE VIEW beside_unknown AS SELECT p.id, p.name, p.nick FROM person p, pairs(p.id) f;
CREATE VIEW before_unknown AS SELECT p.id, t.name FROM person p LEFT JOIN pet t ON t.person_id = p.id LEFT JOIN LATERAL pairs(p.id) f ON true;
CREATE VIEW behind_unknown AS SELECT p.id, p.name, l.one, l.id AS inner_id FROM pairs(2) f RIGHT JOIN person p ON p.id = f.a + 7 LEFT JOIN LATERAL (SELECT 1 AS one, p.id FROM pairs(p.id) g) l ON true;
CREATE VIEW naturally AS SELECT p.a, p.c FROM (VALUES (1, 'x')) p (a, c) NATURAL FULL JOIN pairs(2) f;
CREATE VIEW unknown AS SELECT p.id, f.b FROM person p, pairs(p.id) f;

-- Kept rows.
CREATE MATERIALIZED VIEW totals AS SELECT p.id, p.name, count(t.id) AS pets, max(t.weight) AS heaviest FROM person p LEFT JOIN pet t ON t.person_id = p.id GROUP BY p.id;
CREATE UNIQUE INDEX totals_id ON totals (id);
CREATE INDEX totals_name ON public.totals USING btree (lower(name), pets DESC) WHERE pets > 0;
CREATE MATERIALIZED VIEW IF NOT EXISTS later (id, day) USING heap WITH (fillfactor = 70) AS SELECT p.id, d FROM person p, generate_series(p.born, p.born, '1 day') AS d WITH NO DATA;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS later_id ON later (id);
ALTER INDEX later_id RENAME TO later_key;
CREATE INDEX later_gone ON later (day);
DROP INDEX later_gone;
COMMENT ON INDEX later_key IS 'an index';
COMMENT ON MATERIALIZED VIEW totals IS 'kept';
COMMENT ON COLUMN totals.pets IS 'how many';
ALTER MATERIALIZED VIEW totals CLUSTER ON totals_id;
ALTER MATERIALIZED VIEW totals RENAME TO sums;
ALTER MATERIALIZED VIEW sums OWNER TO CURRENT_USER;
CREATE SCHEMA kept;
ALTER MATERIALIZED VIEW later SET SCHEMA kept;
CREATE VIEW over_kept AS SELECT s.name, s.pets, l.day FROM sums s LEFT JOIN kept.later l USING (id);
CREATE MATERIALIZED VIEW with_data AS SELECT n FROM generate_series(1, 3) AS n WITH DATA;
REFRESH MATERIALIZED VIEW CONCURRENTLY sums;
CREATE MATERIALIZED VIEW gone_kept AS SELECT 1 AS one;
DROP MATERIALIZED VIEW IF EXISTS gone_kept;
