ALTER TABLE person RENAME COLUMN name TO full_name;
