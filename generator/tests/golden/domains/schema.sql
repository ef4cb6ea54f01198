CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN work_email AS email NOT NULL;
CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0);
CREATE TABLE contact (
  id integer PRIMARY KEY,
  email email NOT NULL,
  other_email email,
  work work_email,
  amount positive NOT NULL
);
