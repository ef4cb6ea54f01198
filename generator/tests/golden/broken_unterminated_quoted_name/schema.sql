CREATE TABLE `person` (
  `id` int NOT NULL,
  `name varchar(20),
  PRIMARY KEY (id)
);
