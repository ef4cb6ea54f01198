CREATE TABLE shirts (id INT PRIMARY KEY, colours SET('red', 'blue') NOT NULL);
