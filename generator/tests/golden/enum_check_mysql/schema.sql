CREATE TABLE `job` (
  `id` int NOT NULL AUTO_INCREMENT,
  `status` varchar(10) NOT NULL DEFAULT 'open',
  `size` char(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `job_chk_1` CHECK ((`status` in (_utf8mb4'open',_utf8mb4'done'))),
  CONSTRAINT `job_chk_2` CHECK (`size` in ('S','XXL'))
) ENGINE=InnoDB;
