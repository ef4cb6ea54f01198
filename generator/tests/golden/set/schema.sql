CREATE TABLE shirt (
  id INT PRIMARY KEY,
  colours SET('red', 'green', 'blue') NOT NULL DEFAULT ''
);
