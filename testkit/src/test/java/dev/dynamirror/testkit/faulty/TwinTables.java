package dev.dynamirror.testkit.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A table in DynamoDB Local and one in our server, of which nothing may differ when the test ends. */
@WithLocalDynamoDb
@Timeout(300)
abstract class TwinTables {

    final FaultyDynamoDb db = FaultyDynamoDb.start();
    Twins twins = new Twins(db.endpoint(), db.endpoint());
    String table = "";

    @BeforeEach
    void makeTable(LocalDynamoDb local, @TableName String name) throws IOException {
        twins = new Twins(local.endpoint(), db.endpoint());
        table = name;
        // The hash is a string, the sort key a number, and an index is by a string and a binary.
        twins.send("CreateTable", """
                {'TableName': 'T', 'BillingMode': 'PAY_PER_REQUEST',
                 'AttributeDefinitions': [{'AttributeName': 'h', 'AttributeType': 'S'},
                    {'AttributeName': 'r', 'AttributeType': 'N'}, {'AttributeName': 'gh', 'AttributeType': 'S'},
                    {'AttributeName': 'gr', 'AttributeType': 'B'}],
                 'KeySchema': [{'AttributeName': 'h', 'KeyType': 'HASH'}, {'AttributeName': 'r', 'KeyType': 'RANGE'}],
                 'GlobalSecondaryIndexes': [{'IndexName': 'Ind', 'Projection': {'ProjectionType': 'ALL'},
                    'KeySchema': [{'AttributeName': 'gh', 'KeyType': 'HASH'},
                        {'AttributeName': 'gr', 'KeyType': 'RANGE'}]}]}""".replace("'T'", "'" + name + "'"));
    }

    @AfterEach
    void nothingDiffers() {
        db.close();
        assertThat(twins.differences()).isEmpty();
    }

    void put(String attributes) throws IOException {
        twins.send("PutItem", item(attributes));
    }

    String item(String attributes) {
        return "{'TableName': '" + table + "', 'Item': {'h': {'S': 'a'}, 'r': {'N': '1'}, " + attributes + "}}";
    }

    void get() throws IOException {
        get("a", "1");
    }

    void get(String partition, String sort) throws IOException {
        send("GetItem", "'Key': {'h': {'S': '" + partition + "'}, 'r': {'N': '" + sort + "'}}");
    }

    void batch(List<String> elements, String more) throws IOException {
        twins.send("BatchWriteItem", "{'RequestItems': {'" + table + "': " + elements + "}" + more + "}");
    }

    void batch(String elements) throws IOException {
        twins.send("BatchWriteItem", "{'RequestItems': {'" + table + "': [" + elements + "]}}");
    }

    void send(String operation, String members) throws IOException {
        twins.send(operation, "{'TableName': '" + table + "', " + members + "}");
    }
}
