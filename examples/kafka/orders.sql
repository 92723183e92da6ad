-- Changes of a table of orders as Debezium writes them to Kafka, and the DynamoDB table that follows them.

CREATE TABLE changes (
  id BIGINT,
  item STRING,
  price DOUBLE,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'kafka',
  'topic' = 'shop.public.orders',
  'properties.bootstrap.servers' = '127.0.0.1:19092',
  'scan.startup.mode' = 'earliest-offset',
  -- Ends when all is read that is there now. Without this line the table follows the topic until Ctrl-C.
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'debezium-json'
);

CREATE TABLE orders (
  id BIGINT,
  item STRING,
  price DOUBLE,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'dynamirror',
  'table-name' = 'orders',
  'init-mode' = 'replace'
);

INSERT INTO orders SELECT id, item, price FROM changes;
