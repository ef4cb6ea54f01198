CREATE TABLE job (
  id INT PRIMARY KEY,
  status ENUM('open', 'in progress', 'done') NOT NULL DEFAULT 'open',
  size ENUM('x-small', 'small')
);
