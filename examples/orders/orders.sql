-- Two tables from one file, by one job: each order, and what each customer has ordered in all.
-- Run it in this folder's parent's parent:  bin/dynamirror sql examples/orders/orders.sql --local

CREATE TABLE orders_file (id BIGINT, customer STRING, item STRING, amount BIGINT, price DOUBLE) WITH (
  'connector' = 'filesystem', 'path' = 'examples/orders/orders.csv', 'format' = 'csv'
);

CREATE TABLE orders (id BIGINT, customer STRING, item STRING, amount BIGINT, price DOUBLE, PRIMARY KEY (id) NOT ENFORCED) WITH (
  'connector' = 'dynamirror', 'table-name' = 'orders', 'init-mode' = 'create_if_not_exists'
);

CREATE TABLE customers (customer STRING, orders BIGINT, total DOUBLE, PRIMARY KEY (customer) NOT ENFORCED) WITH (
  'connector' = 'dynamirror', 'table-name' = 'customers', 'init-mode' = 'create_if_not_exists'
);

INSERT INTO orders SELECT * FROM orders_file ON CONFLICT DO DEDUPLICATE;

INSERT INTO customers SELECT customer, COUNT(*), SUM(amount * price) FROM orders_file GROUP BY customer;
