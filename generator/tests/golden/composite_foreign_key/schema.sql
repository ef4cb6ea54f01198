CREATE TABLE orders (tenant int, number int, PRIMARY KEY (tenant, number));
CREATE TABLE order_lines (
  id int PRIMARY KEY,
  tenant int NOT NULL,
  number int NOT NULL,
  old_number int,
  CONSTRAINT order_lines_order_fkey FOREIGN KEY (tenant, number) REFERENCES orders,
  CONSTRAINT fk_order_lines_replaced_order FOREIGN KEY (tenant, old_number) REFERENCES orders (tenant, number)
);
CREATE TABLE invoices (
  id int PRIMARY KEY,
  tenant int NOT NULL,
  number int NOT NULL,
  FOREIGN KEY (tenant, number) REFERENCES orders
);
