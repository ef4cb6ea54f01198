CREATE TABLE `customer` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key',
  `name` varchar(40) CHARACTER SET utf8mb4 NOT NULL,
  `active` tinyint(1) NOT NULL DEFAULT '1',
  `mood` enum('sad','it''s ok') DEFAULT NULL,
  `flags` set('a','b') NOT NULL DEFAULT '',
  `changed` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `price` decimal(10,2) unsigned DEFAULT 1.50,
  `twice` decimal(12,2) GENERATED ALWAYS AS (`price` * 2) VIRTUAL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `name_mood` (`name`,`mood`),
  KEY `name_start` (`name`(10)),
  KEY `lowered` ((lower(`name`)))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Who buys';

CREATE TABLE `orders` (
  `id` binary(16) NOT NULL PRIMARY KEY,
  `customer_id` int unsigned,
  CONSTRAINT `orders_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`) ON DELETE SET NULL
);

CREATE VIEW `names` AS SELECT `name` FROM `customer`;
