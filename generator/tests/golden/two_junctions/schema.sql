CREATE TABLE issues (id INTEGER PRIMARY KEY);
CREATE TABLE labels (id INTEGER PRIMARY KEY);
CREATE TABLE issue_labels (
  issue_id INTEGER NOT NULL REFERENCES issues (id),
  label_id INTEGER NOT NULL REFERENCES labels (id),
  PRIMARY KEY (issue_id, label_id)
);
CREATE TABLE issue_labels_to_exclude (
  excluding_issue_id INTEGER NOT NULL REFERENCES issues (id),
  label_id INTEGER NOT NULL REFERENCES labels (id),
  PRIMARY KEY (excluding_issue_id, label_id)
);
