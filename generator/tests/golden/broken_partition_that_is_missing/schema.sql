CREATE TABLE measure (day date NOT NULL, peak integer) PARTITION BY RANGE (day);
CREATE TABLE measure_2020 (day date NOT NULL, peak integer);
ALTER TABLE ONLY measure ATTACH PARTITION measure_2021 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
