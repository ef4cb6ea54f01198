CREATE TABLE issue (id INTEGER PRIMARY KEY);
CREATE TABLE label (id INTEGER PRIMARY KEY);
CREATE TABLE issue_label (
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  label_id INTEGER NOT NULL REFERENCES label (id),
  PRIMARY KEY (issue_id, label_id)
);
CREATE TABLE tagged (
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  label_id INTEGER NOT NULL REFERENCES label (id),
  PRIMARY KEY (issue_id, label_id)
);
