CREATE TABLE tbl_user (id INTEGER PRIMARY KEY);
CREATE TABLE tbl_post (id INTEGER PRIMARY KEY, tbl_user_id INTEGER REFERENCES tbl_user (id), user_id INTEGER REFERENCES tbl_user (id));
