CREATE TABLE shirts (
  id INT PRIMARY KEY,
  colours SET('red', 'dark blue') NOT NULL,
  status SET('new', 'sold'),
  -- Not to be told apart in the text of the column.
  marks SET('a', '')
);
CREATE TABLE trousers (
  id INT PRIMARY KEY,
  colours SET('red', '#'),
  sizes SET('S', 'L') NOT NULL
);
