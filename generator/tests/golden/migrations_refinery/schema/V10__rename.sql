ALTER TABLE person RENAME COLUMN name TO full_name;
ALTER TABLE person DROP COLUMN old;
