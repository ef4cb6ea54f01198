CREATE TABLE country (code char(2) PRIMARY KEY, name text NOT NULL);
CREATE TABLE device (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  country_code char(2) NOT NULL REFERENCES country
);
