# What stands between tables, beside them and in their parts.
SET NAMES utf8mb4;
CREATE TABLE `core_store` (
  `store_id` smallint(5) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Store ID; the "main" one, it''s \\ back\nline',
  `code` varchar(32) DEFAULT NULL,
  `group` smallint(5) unsigned NOT NULL DEFAULT 1,
  `select` varchar(10) CHARACTER SET ascii COLLATE ascii_bin DEFAULT 'a''b\\c',
  `key` int(11) DEFAULT NULL, `primary` int, `check` int, `constraint` int, `index` int, `unique` int, `foreign` int, `fulltext` int, `period` int, `partition` int,
  `ünï` varchar(3), `a b` int, `x``y` int, `dot.ted` int, `1st` int,
  `bits` bit(5) DEFAULT b'101', `cur` timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  `ts` timestamp, `uuid_` uuid DEFAULT uuid(), `ip4` inet4, `expr` varchar(50) DEFAULT (concat('a;', substr(uuid(), 1, 5))),
  `e1` enum('','a,b','it''s','back\\slash','x''','ü') NOT NULL DEFAULT '',
  `s1` set('a','b c','(') DEFAULT 'a,b c',
  `inv` int INVISIBLE DEFAULT 5,
  `js` json DEFAULT '{}' CHECK (json_valid(js) and json_length(js) < 5),
  `geo` geometry REF_SYSTEM_ID=101, `pt` point NOT NULL, `gc` geometrycollection,
  `comp` text COMPRESSED, `tb` tinyblob, `tt` tinytext, `mt` mediumtext,
  `v1` int GENERATED ALWAYS AS (`group` + 1) VIRTUAL, `v2` varchar(40) GENERATED ALWAYS AS (concat(`code`,';',"q")) STORED COMMENT 'gen; col', `v3` int AS (json_value(js, '$.a')) INVISIBLE,
  `fl` float(5,2) unsigned, `re` real, `fx` fixed(5,1), `bl` bool, `i1` int1, `i8` int8, `mid` middleint, `ch` char, `nch` nchar(5), `bin` binary, `yr` year,
  `neg` int DEFAULT -5, `sci` double DEFAULT 1e5, `nullish` varchar(4) DEFAULT 'NULL',
  PRIMARY KEY (`store_id`),
  UNIQUE KEY `CORE_STORE_CODE` (`code`),
  UNIQUE KEY `with``tick` (`group`,`select`(5) DESC) USING HASH,
  KEY `ix_ign` (`group`) IGNORED COMMENT 'not; used',
  KEY `ix_bs` (`key`) KEY_BLOCK_SIZE=4 USING BTREE,
  FULLTEXT KEY `ft` (`tt`), FULLTEXT `ft2` (`mt`),
  SPATIAL KEY `sp` (`pt`),
  KEY `pref` (`tb`(10),`mt`(20)),
  KEY (`mid`), KEY (`mid`,`i8`),
  CONSTRAINT `chk; odd` CHECK (`key` >= 0 and `code` <> 'a)b;'),
  CHECK (`neg` < 0),
  CONSTRAINT `CORE_STORE_SELF` FOREIGN KEY (`group`) REFERENCES `core_store` (`store_id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Stores; with ''quotes'' \\ and ); DROP' ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 STATS_PERSISTENT=1 `PAGE_COMPRESSED`='OFF' CHECKSUM=1;
CREATE TABLE parts_range (id int NOT NULL, d date NOT NULL, v varchar(10), PRIMARY KEY (id, d), KEY (v))
 PARTITION BY RANGE COLUMNS (d) SUBPARTITION BY HASH (to_days(d)) SUBPARTITIONS 2
 (PARTITION p0 VALUES LESS THAN ('2020-01-01') COMMENT = 'old; one', PARTITION `p 1` VALUES LESS THAN (MAXVALUE) ENGINE = InnoDB);
CREATE TABLE parts_list (id int NOT NULL, r int) PARTITION BY LIST (r) (PARTITION a VALUES IN (1,2,NULL), PARTITION b VALUES IN (3), PARTITION c DEFAULT);
CREATE TABLE versions (id int, row_s timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE, row_e timestamp(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (row_s, row_e)) WITH SYSTEM VERSIONING;
CREATE TABLE mem (id int, PRIMARY KEY USING HASH (id), KEY by_id USING BTREE (id)) ENGINE=MEMORY MAX_ROWS=1000;
CREATE TABLE my (id int AUTO_INCREMENT, g int NOT NULL, t text, PRIMARY KEY (g, id), KEY (id), FULLTEXT (t)) ENGINE=MyISAM PACK_KEYS=1 DELAY_KEY_WRITE=1 INSERT_METHOD=LAST;
CREATE TABLE no_key (a int UNIQUE, b int NOT NULL UNIQUE);
CREATE TABLE two (a smallint unsigned, b int unsigned, UNIQUE KEY ab (a, b));
CREATE TABLE child (id int unsigned NOT NULL, sid smallint unsigned, PRIMARY KEY (id),
  CONSTRAINT fk1 FOREIGN KEY ix_named (sid) REFERENCES core_store (store_id) ON DELETE RESTRICT ON UPDATE NO ACTION, FOREIGN KEY (sid, id) REFERENCES two (a, b));
CREATE TABLE long_unique (b blob UNIQUE, t longtext, UNIQUE KEY tt (t));
CREATE SEQUENCE s_neg START WITH -5 INCREMENT BY -1 MINVALUE -9223372036854775807 MAXVALUE -1 NOCACHE CYCLE;
CREATE SEQUENCE s_none START 5 NOMINVALUE NO MAXVALUE NOCYCLE;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `v 2` (`a b`, c) AS SELECT a, b FROM no_key WITH LOCAL CHECK OPTION;
DELIMITER //
CREATE TRIGGER tr1 BEFORE INSERT ON no_key FOR EACH ROW BEGIN
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET @x = 1;
  -- it's a comment; with "quotes
  # another; it's
  IF NEW.a IS NULL THEN SET NEW.a = CASE WHEN NEW.b = 1 THEN 2 ELSE 3 END; ELSEIF NEW.a = 1 THEN SET @y = 'CREATE TABLE never (id int);'; END IF;
  lbl: WHILE @x < 5 DO SET @x = @x + 1; LEAVE lbl; END WHILE lbl;
  CASE NEW.a WHEN 1 THEN SET @z = 1; ELSE BEGIN END; END CASE;
END//
CREATE PROCEDURE pr(IN a int, OUT `b c` varchar(10)) COMMENT 'proc; ' SQL SECURITY INVOKER
BEGIN
  FOR i IN 1..5 DO SET @a = i; END FOR;
  FOR r IN (SELECT a FROM no_key) DO SET @a = r.a; END FOR;
  LOOP SELECT 1; END LOOP;
END//
CREATE AGGREGATE FUNCTION agg(x int) RETURNS int BEGIN DECLARE s int DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s; LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP; END//
CREATE EVENT ev ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'e; v' DO BEGIN DELETE FROM no_key WHERE a = 1; END//
DELIMITER ;
INSERT INTO long_unique VALUES (x'00275c22000a0d1a3b2f2a', 'it''s; \\ " /* -- # ` \Z \0');
