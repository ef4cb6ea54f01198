CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE follows (
  follower_id INTEGER NOT NULL REFERENCES users (id),
  followed_id INTEGER NOT NULL REFERENCES users (id),
  PRIMARY KEY (follower_id, followed_id)
);
