CREATE TABLE `users` (
  `id` int NOT NULL AUTO_INCREMENT COMMENT 'The number.\n@field number',
  `name` varchar(20) NOT NULL COMMENT '@field login', # @field inline
  `note` text, # @doc What is noted.
  PRIMARY KEY (`id`)
) ENGINE=InnoDB COMMENT='@model Account';
