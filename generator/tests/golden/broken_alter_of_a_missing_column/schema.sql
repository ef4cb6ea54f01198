CREATE TABLE `orders` (
  `id` int(11) NOT NULL,
  `amount` int(11) NOT NULL
) ENGINE=InnoDB;

ALTER TABLE `orders`
  ADD PRIMARY KEY (`id`),
  MODIFY `amout` bigint(20) NOT NULL;
