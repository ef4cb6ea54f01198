-- MySQL dump 10.13
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `person`;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `person` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `hobby_id` int(10) unsigned DEFAULT NULL,
  `name` varchar(32) COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`name`),
  UNIQUE KEY `name_prefix` (`name`(4)),
  KEY `hobby` (`hobby_id`),
  CONSTRAINT `person_ibfk_1` FOREIGN KEY (`hobby_id`) REFERENCES `hobby` (`id`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `person` VALUES (1,NULL,'O\'Brien; DROP TABLE person;');
DROP TABLE IF EXISTS `hobby`;
CREATE TABLE `hobby` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
