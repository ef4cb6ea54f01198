CREATE SEQUENCE order_number START WITH 1000 INCREMENT BY 5;
CREATE TABLE orders (
  id integer PRIMARY KEY DEFAULT nextval('order_number'),
  paid boolean NOT NULL
);
CREATE VIEW unpaid_orders AS SELECT id FROM orders WHERE NOT paid;
