CREATE TABLE category (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES category (id));
CREATE TABLE employee (
  id INTEGER PRIMARY KEY,
  manager_id INTEGER REFERENCES employee (id),
  mentor_id INTEGER REFERENCES employee (id),
  deputy_id INTEGER UNIQUE REFERENCES employee (id)
);
CREATE TABLE nodes (id INTEGER PRIMARY KEY, next_node_id INTEGER REFERENCES nodes (id));
