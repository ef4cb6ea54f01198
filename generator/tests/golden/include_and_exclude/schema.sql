CREATE TABLE wp_users (id INTEGER PRIMARY KEY);
CREATE TABLE wp_posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES wp_users (id), audit_id INTEGER REFERENCES audit (id));
CREATE TABLE wp_post_users (post_id INTEGER NOT NULL REFERENCES wp_posts (id), user_id INTEGER NOT NULL REFERENCES wp_users (id), PRIMARY KEY (post_id, user_id));
CREATE TABLE wp_log (id INTEGER PRIMARY KEY);
CREATE TABLE audit (id INTEGER PRIMARY KEY);
