CREATE TABLE `user` (
  `id` int NOT NULL AUTO_INCREMENT COMMENT 'the `key`',
  `state` enum('on','off') DEFAULT NULL COMMENT 'on, or off',
  `at` timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=5 COMMENT='Nutzer: \'die\' aus der \\Datei';
