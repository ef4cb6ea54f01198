CREATE TABLE `wp_users` (`id` int NOT NULL, PRIMARY KEY (`id`));
CREATE TABLE `wp_users` (`id` int NOT NULL, `spam` tinyint NOT NULL DEFAULT '0', PRIMARY KEY (`id`));
