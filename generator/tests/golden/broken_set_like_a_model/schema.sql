CREATE TABLE shirts (id INT PRIMARY KEY, colours SET('red', 'blue') NOT NULL);
CREATE TABLE shirts_colours (id INT PRIMARY KEY);
