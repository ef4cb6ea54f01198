/*M!999999\- enable the sandbox mode */
-- MariaDB dump
/*!40101 SET NAMES utf8mb4 */;
USE `shop`;
# a comment; with a semicolon
DROP TABLE IF EXISTS `customer`;
CREATE TABLE `customer` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `Name` varchar(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'it\'s' COMMENT 'who; they "are"',
  `kind` enum('new','it''s old') NOT NULL DEFAULT 'new',
  `flags` set('a','b') DEFAULT NULL,
  `active` tinyint(1) NOT NULL DEFAULT '1',
  `truth` bool DEFAULT b'0',
  `bits` bit(12) DEFAULT NULL,
  `tiny` tinyint(3) unsigned DEFAULT 0,
  `small` smallint zerofill,
  `medium` mediumint,
  `big` bigint(20) NOT NULL DEFAULT '-7',
  `price` decimal(10,2) DEFAULT 0.00, `money` decimal,
  `f` float, `d` double(8,3), `r` real,
  `born` year(4), `day` date, `at` time(3),
  `made` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `seen` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `c` char(2) BINARY, `b` binary(16), `vb` varbinary(20), `blob` longblob, `t` mediumtext,
  `data` json DEFAULT (json_object()),
  `whole` varchar(100) GENERATED ALWAYS AS (concat(`Name`,'; ',`kind`)) VIRTUAL,
  `kept` int AS (`tiny` + 1) PERSISTENT INVISIBLE,
  `place` point /*!80003 SRID 4326 */ NOT NULL,
  `token` uuid DEFAULT uuid(),
  `hex` int DEFAULT 0x10,
  shop_id INT NOT NULL,
  PRIMARY KEY (`id`) USING BTREE,
  UNIQUE KEY `by_name` (`Name`, `kind`),
  UNIQUE KEY `by_start` (`Name`(10)) COMMENT 'only the start',
  KEY `by_price` (`price` DESC, `day`) USING BTREE,
  INDEX (`tiny`),
  FULLTEXT KEY `words` (`t`) /*!50100 WITH PARSER `ngram` */,
  SPATIAL INDEX (`place`),
  KEY `expr` ((lower(`Name`)), `big`),
  CONSTRAINT `positive` CHECK (`price` >= 0),
  CONSTRAINT `at_shop` FOREIGN KEY by_shop (`SHOP_ID`) REFERENCES `Shop` (`ID`) ON DELETE CASCADE ON UPDATE NO ACTION
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci ROW_FORMAT=DYNAMIC COMMENT='Who; buys'
/*!50100 PARTITION BY RANGE (`id`)
(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,
 PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */;

CREATE TABLE shop.shop (
  id SERIAL,
  owner INT UNSIGNED UNIQUE KEY COMMENT "double 'quoted'",
  nick VARCHAR(20) KEY
) ENGINE InnoDB;

DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON customer FOR EACH ROW BEGIN
  IF NEW.id > 3 THEN SET NEW.tiny = 1; END IF;
END ;;
CREATE TABLE between_delimiters (a INT) ;;
DELIMITER ;

/*!50001 CREATE VIEW `v` AS SELECT
 1 AS `id` */;
/*!50001 DROP VIEW IF EXISTS `v`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `v` AS select `customer`.`id` AS `id` from `customer` */;

ALTER TABLE customer
  ADD COLUMN (x INT, y INT),
  ADD COLUMN first_one INT FIRST,
  ADD z VARCHAR(5) NOT NULL AFTER id,
  MODIFY COLUMN f DOUBLE NOT NULL DEFAULT 1,
  CHANGE d dd DOUBLE,
  DROP COLUMN r,
  ADD UNIQUE INDEX xy (x, y),
  ADD FULLTEXT INDEX more_words (t),
  DROP INDEX by_price,
  ENGINE=InnoDB;
CREATE FULLTEXT INDEX names ON customer (`Name`);
CREATE UNIQUE INDEX prefixed USING BTREE ON customer (`Name`(3) DESC) COMMENT 'start';
ALTER TABLE shop ADD CONSTRAINT owned FOREIGN KEY (owner) REFERENCES customer (id);
RENAME TABLE between_delimiters TO after_delimiters;
LOCK TABLES `customer` WRITE;
INSERT INTO `customer` VALUES (1,'a;b\'c');
UNLOCK TABLES;
