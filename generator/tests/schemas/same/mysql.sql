CREATE TABLE `customer` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `Name` varchar(45) COLLATE utf8mb4_bin NOT NULL DEFAULT 'it\'s' COMMENT '谁; they "are"',
  `kind` enum('new','it''s old') NOT NULL DEFAULT 'new',
  `flags` set('a','b') DEFAULT NULL,
  `active` tinyint(1) NOT NULL DEFAULT '1',
  `tiny` tinyint(3) unsigned DEFAULT 0,
  `price` decimal(10,2) NOT NULL DEFAULT 0.00,
  `made` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `b` binary(16) NOT NULL,
  `t` mediumtext NOT NULL,
  `data` json NOT NULL DEFAULT (json_object()),
  `whole` varchar(100) GENERATED ALWAYS AS (concat(`Name`,'; ',`kind`)) VIRTUAL,
  `code` varchar(255) NOT NULL CHECK (`code` IN ('A', 'B\\C')),
  shop_id INT NOT NULL,
  UNIQUE KEY `by_name` (`Name`, `kind`),
  UNIQUE KEY `by_start` (`Name`(10)) COMMENT 'only the start',
  KEY `by_price` (`price` DESC, `tiny`) USING BTREE,
  FULLTEXT KEY `words` (`t`),
  KEY `expr` ((lower(`Name`)), `id`),
  CONSTRAINT `positive` CHECK (`price` >= 0),
  CONSTRAINT `at_shop` FOREIGN KEY (`shop_id`) REFERENCES `shop` (`id`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COMMENT='Who; buys';
CREATE TABLE shop (
  id INT PRIMARY KEY,
  owner INT UNSIGNED UNIQUE KEY,
  nick VARCHAR(20) NOT NULL
) ENGINE InnoDB;
