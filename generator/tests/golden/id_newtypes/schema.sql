CREATE TABLE users (id bigserial PRIMARY KEY, manager_id bigint REFERENCES users (id));
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users (id), text text NOT NULL);
CREATE TABLE avatars (profile_id bigint PRIMARY KEY REFERENCES profiles (user_id));
CREATE TABLE countries (code char(2) PRIMARY KEY);
CREATE TABLE tokens (id uuid PRIMARY KEY, user_id bigint REFERENCES users (id), country_code char(2) REFERENCES countries (code));
CREATE TABLE members (
  user_id bigint NOT NULL REFERENCES users (id),
  country_code char(2) NOT NULL REFERENCES countries (code),
  PRIMARY KEY (user_id, country_code)
);
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE steps (level level PRIMARY KEY);
CREATE TABLE prices (price numeric PRIMARY KEY, day date NOT NULL UNIQUE);
