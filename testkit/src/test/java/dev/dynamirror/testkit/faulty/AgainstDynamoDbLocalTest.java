package dev.dynamirror.testkit.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same requests to DynamoDB Local and to our server have the same status, exception and contents. */
final class AgainstDynamoDbLocalTest extends TwinTables {

    @Test
    void attributeValues() throws IOException {
        List<String> values = List.of(
                "{'S': ''}",
                "{'S': 'é€😀'}",
                "{'N': '1.50'}",
                "{'N': '-0'}",
                "{'N': '0.0'}",
                "{'N': '1e3'}",
                "{'N': '1E-130'}",
                "{'N': '1E-131'}",
                "{'N': '9.9999999999999999999999999999999999999E+125'}",
                "{'N': '1E126'}",
                "{'N': '-1E126'}",
                "{'N': '12345678901234567890123456789012345678'}",
                "{'N': '123456789012345678901234567890123456789'}",
                "{'N': '0.00012300'}",
                "{'N': '+5'}",
                "{'N': '5.'}",
                "{'N': '.5'}",
                "{'N': ' 5'}",
                "{'N': ''}",
                "{'N': 'abc'}",
                "{'N': 'NaN'}",
                "{'N': 'Infinity'}",
                "{'N': '0x10'}",
                "{'N': '007'}",
                "{'N': '1234567890123456789012345678901234567800'}",
                "{'N': '-123.4500'}",
                "{'N': '1e-5'}",
                "{'N': '1000000000000000000000'}",
                "{'B': ''}",
                "{'B': 'AAE='}",
                "{'B': 'AA=='}",
                "{'BOOL': true}",
                "{'BOOL': false}",
                "{'NULL': true}",
                "{'NULL': false}",
                "{}",
                "{'X': 'x'}",
                "{'S': 'a', 'N': '1'}",
                "{'M': {}}",
                "{'M': {'': {'S': 'x'}}}",
                "{'M': {'a': {}}}",
                "{'L': []}",
                "{'L': [{'N': '1'}, {'S': 'x'}]}",
                "{'L': [{'X': 1}]}",
                "{'SS': []}",
                "{'SS': ['b', 'a']}",
                "{'SS': ['a', 'a']}",
                "{'SS': ['']}",
                "{'NS': []}",
                "{'NS': ['2', '1.0']}",
                "{'NS': ['1', '1.0']}",
                "{'NS': ['x']}",
                "{'BS': []}",
                "{'BS': ['AAE=', 'AA==']}",
                "{'BS': ['AA==', 'AA==']}",
                "null",
                "{'S': null}",
                "{'N': null}",
                "{'L': [null]}",
                "{'M': {'a': null}}",
                "{'NULL': null}",
                "{'N': '1 '}",
                "{'N': '1_000'}",
                "{'N': '1d'}",
                "{'N': '1f'}",
                "{'N': '--1'}",
                "{'N': '1e+2'}",
                "{'N': '١'}");
        int number = 0;
        for (String value : values) {
            send("PutItem", "'Item': {'h': {'S': 'a'}, 'r': {'N': '" + ++number + "'}, 'v': " + value + "}");
            get("a", Integer.toString(number));
        }
    }

    /** DynamoDB calls this a SerializationException; DynamoDB Local has it as a fault of its own, or takes it. */
    @Test
    void jsonOfTheWrongForm() throws IOException {
        for (String value :
                List.of("{'B': 'AAE'}", "{'B': '!!'}", "{'NULL': 'x'}", "{'M': []}", "{'L': {}}", "[]", "5")) {
            twins.differ("PutItem", item("'v': " + value), "500 InternalFailure", "400 SerializationException");
        }
        for (String value : List.of("{'N': 5}", "{'S': 5}", "{'BOOL': 'true'}", "{'SS': [1]}", "'x'")) {
            twins.differ("PutItem", item("'v': " + value), "200", "400 SerializationException");
        }
        twins.differ("Scan", "{'TableName': 5}", "400 ValidationException", "400 SerializationException");
        twins.differ("Scan", "no JSON", "500 InternalFailure", "400 SerializationException");
        twins.differ("Scan", "[]", "500 InternalFailure", "400 SerializationException");
        String segment = "{'TableName': '" + table + "', 'Segment': 'x', 'TotalSegments': 2}";
        twins.differ("Scan", segment, "500 InternalFailure", "400 SerializationException");
        String element = "{'RequestItems': {'" + table + "': [5]}}";
        twins.differ("BatchWriteItem", element, "500 InternalFailure", "400 SerializationException");
        twins.differ("BatchWriteItem", "{'RequestItems': []}", "500 InternalFailure", "400 SerializationException");
    }

    /** DynamoDB trims the zeros of every number; DynamoDB Local leaves those in lists and maps. */
    @Test
    void numbersInListsAreCanonical() throws IOException {
        put("'v': {'L': [{'N': '01.50'}, {'M': {'a': {'N': '1E1'}}}]}");
        assertThat(db.items(table))
                .singleElement()
                .asString()
                .contains("\"v\":{\"L\":[{\"N\":\"1.5\"},{\"M\":{\"a\":{\"N\":\"10\"}}}]}");
    }

    @Test
    void nesting() throws IOException {
        for (int depth = 28; depth <= 36; depth++) {
            put("'v': " + "{'L': [".repeat(depth) + "]}".repeat(depth));
            put("'v': " + "{'M': {'a': ".repeat(depth) + "{'S': ''}" + "}}".repeat(depth));
            put("'v': " + "{'L': [".repeat(depth) + "{'SS': ['a']}" + "]}".repeat(depth));
        }
        get();
    }

    /** The item is filled up with a text, so that each value's size is seen to the byte. */
    @Test
    void sizes() throws IOException {
        List<String> values = List.of(
                "{'S': 'é€😀'}",
                "{'N': '0'}",
                "{'N': '1'}",
                "{'N': '-1'}",
                "{'N': '10'}",
                "{'N': '12'}",
                "{'N': '123'}",
                "{'N': '1234'}",
                "{'N': '-1234'}",
                "{'N': '1.5'}",
                "{'N': '12.5'}",
                "{'N': '0.05'}",
                "{'N': '0.005'}",
                "{'N': '100'}",
                "{'N': '1000'}",
                "{'N': '12345678901234567890123456789012345678'}",
                "{'N': '-12345678901234567890123456789012345678'}",
                "{'N': '1234567890123456789012345678901234567.8'}",
                "{'B': 'AAEC'}",
                "{'BOOL': true}",
                "{'NULL': true}",
                "{'L': []}",
                "{'L': [{'S': 'a'}, {'L': []}]}",
                "{'M': {}}",
                "{'M': {'a': {'S': 'b'}, 'bb': {'M': {}}}}",
                "{'SS': ['a', 'bb']}",
                "{'NS': ['1', '22']}",
                "{'BS': ['AA==']}");
        for (String value : values) {
            Item item = ItemChecks.attributes(
                    Json.read(("{'h': {'S': 'a'}, 'r': {'N': '1'}, 'f': {'S': ''}, 'v': " + value + "}")
                            .replace('\'', '"')
                            .getBytes(StandardCharsets.UTF_8)));
            int fill = ItemChecks.LARGEST_ITEM - item.size();
            for (int more = -2; more <= 2; more++) {
                put("'f': {'S': '" + "x".repeat(fill + more) + "'}, 'v': " + value);
            }
        }
    }

    @Test
    void keys() throws IOException {
        List<String> keys = List.of(
                "'h': {'S': 'a'}",
                "'r': {'N': '1'}",
                "'h': {'S': ''}, 'r': {'N': '1'}",
                "",
                "'h': {'N': '1'}, 'r': {'N': '1'}",
                "'h': {'S': 'a'}, 'r': {'S': '1'}",
                "'h': {'S': 'a'}, 'r': {'N': 'x'}",
                "'h': {'S': 'a'}, 'r': {'N': '1.0'}",
                "'h': {'S': 'a'}, 'r': {'N': '1E0'}",
                "'h': {'S': 'a'}, 'r': {'N': '-0'}",
                "'h': {'NULL': true}, 'r': {'N': '1'}",
                "'h': {'S': 'a'}, 'r': {'N': '1'}, 'x': {'S': 'y'}",
                "'h': {'S': '" + "x".repeat(2048) + "'}, 'r': {'N': '1'}",
                "'h': {'S': '" + "x".repeat(2049) + "'}, 'r': {'N': '1'}",
                "'h': {'S': '" + "é".repeat(1024) + "'}, 'r': {'N': '1'}",
                "'h': {'S': '" + "é".repeat(1025) + "'}, 'r': {'N': '1'}",
                "'h': {}, 'r': {'N': '1'}",
                "'h': {'S': 'a'}, 'r': {'N': '1', 'S': 'x'}");
        for (String key : keys) {
            send("PutItem", "'Item': {" + key + "}");
            send("GetItem", "'Key': {" + key + "}");
            send("DeleteItem", "'Key': {" + key + "}, 'ReturnValues': 'ALL_OLD'");
            send("UpdateItem", "'Key': {" + key + "}");
            batch("{'PutRequest': {'Item': {" + key + "}}}");
            batch("{'DeleteRequest': {'Key': {" + key + "}}}");
            twins.send("BatchGetItem", "{'RequestItems': {'" + table + "': {'Keys': [{" + key + "}]}}}");
        }
        for (String index : List.of(
                "'gh': {'S': ''}",
                "'gh': {'N': '1'}",
                "'gr': {'S': 'x'}",
                "'gr': {'B': ''}",
                "'gh': {'S': 'x'}",
                "'gh': {'S': '" + "x".repeat(2049) + "'}",
                "'gr': {'B': '" + "AAAA".repeat(341) + "AAAA'}",
                "'gr': {'B': '" + "AAAA".repeat(341) + "AA=='}",
                "'gh': {'NULL': true}")) {
            put(index);
        }
        // DynamoDB checks these in updates too; DynamoDB Local only that they are not empty.
        for (String value : List.of("{'N': '1'}", "{'S': '" + "x".repeat(2049) + "'}")) {
            twins.differ("UpdateItem", setIndexKey(value), "200", "400 ValidationException");
        }
        twins.send("UpdateItem", setIndexKey("{'S': ''}"));
        twins.send("UpdateItem", setIndexKey("{'S': 'x'}"));
    }

    private String setIndexKey(String value) {
        return "{'TableName': '" + table + "', 'Key': {'h': {'S': 'u'}, 'r': {'N': '1'}}, 'UpdateExpression':"
                + " 'SET gh = :v', 'ExpressionAttributeValues': {':v': " + value + "}}";
    }

    @Test
    void batches() throws IOException {
        String put = "{'PutRequest': {'Item': {'h': {'S': 'a'}, 'r': {'N': '%s'}}}}";
        batch("");
        batch(put.formatted("1"));
        batch(put.formatted("1") + "," + put.formatted("1.0"));
        batch(put.formatted("1") + ", {'DeleteRequest': {'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}}}");
        batch(put.formatted("1") + ", {'DeleteRequest': {'Key': {'h': {'S': 'a'}, 'r': {'N': '2'}}}}");
        batch("{}");
        batch("{'PutRequest': {}}");
        batch("{'DeleteRequest': {}}");
        batch("{'PutRequest': {'Item': {'h': {'S': 'a'}, 'r': {'N': '1'}}},"
                + " 'DeleteRequest': {'Key': {'h': {'S': 'a'}, 'r': {'N': '2'}}}}");
        batch(numbers(25, put));
        batch(numbers(26, put));
        batch(put.formatted("100") + ", {'PutRequest': {'Item': {'h': {'S': 'a'}}}}");
        get("a", "100");
        batch(put.formatted("100")
                + ", {'PutRequest': {'Item': {'h': {'S': 'a'}, 'r': {'N': '101'}, 'v': {'N': 'x'}}}}");
        get("a", "100");
        twins.send("BatchWriteItem", "{}");
        twins.send("BatchWriteItem", "{'RequestItems': {}}");
        twins.send("BatchWriteItem", "{'RequestItems': {'NoSuchTable': [" + put.formatted("1") + "]}}");
        twins.send("BatchWriteItem", "{'RequestItems': {'x': [" + put.formatted("1") + "]}}");
        // Each item is small enough.
        String large = "{'PutRequest': {'Item': {'h': {'S': 'a'}, 'r': {'N': '%s'}, 'v': {'B': '"
                + "AAAA".repeat(135_000) + "'}}}}";
        batch(numbers(25, large));
        String keys = numbers(100, "{'h': {'S': 'a'}, 'r': {'N': '%s'}}");
        twins.send(
                "BatchGetItem",
                "{'RequestItems': {'" + table + "': {'Keys': [" + keys + ",{'h': {'S': 'b'}, 'r': {'N': '1'}}]}}}");
        twins.send("BatchGetItem", "{'RequestItems': {'" + table + "': {'Keys': []}}}");
        twins.send("BatchGetItem", "{'RequestItems': {}}");
        twins.send("BatchGetItem", "{'RequestItems': {'NoSuchTable': {'Keys': [{'h': {'S': 'b'}}]}}}");
        String twice = "{'RequestItems': {'" + table
                + "': {'Keys': [{'h': {'S': 'a'}, 'r': {'N': '1'}}, {'h': {'S': 'a'}, 'r': {'N': '%s'}}]}}}";
        twins.send("BatchGetItem", twice.formatted("1"));
        // It compares the texts of numbers here, though not in BatchWriteItem.
        twins.differ("BatchGetItem", twice.formatted("1.0"), "200", "400 ValidationException");
        twins.send(
                "BatchGetItem",
                "{'RequestItems': {'" + table
                        + "': {'Keys': [{'h': {'S': 'a'}, 'r': {'N': '1'}}], 'ProjectionExpression': '#r', 'ExpressionAttributeNames': {'#r': 'r'}, 'ConsistentRead': true}}, 'ReturnConsumedCapacity': 'TOTAL'}");
    }

    @Test
    void capacity() throws IOException {
        for (String wish : List.of("TOTAL", "INDEXES", "NONE")) {
            String told = ", 'ReturnConsumedCapacity': '" + wish + "'";
            for (int size : List.of(1, 900, 1100, 3000, 200, 200)) {
                for (String index : List.of(
                        "",
                        "'gh': {'S': 'x'}, ",
                        "'gh': {'S': 'x'}, 'gr': {'B': 'AA=='}, ",
                        "'gh': {'S': 'y'}, 'gr': {'B': 'AA=='}, ")) {
                    String item =
                            "{'h': {'S': 'a'}, 'r': {'N': '1'}, " + index + "'v': {'S': '" + "x".repeat(size) + "'}}";
                    send("PutItem", "'Item': " + item + told);
                    batch(List.of("{'PutRequest': {'Item': " + item + "}}"), told);
                    send(
                            "UpdateItem",
                            "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET v = :v',"
                                    + " 'ExpressionAttributeValues': {':v': {'S': '" + "y".repeat(size) + "'}}" + told);
                    send("GetItem", "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}" + told);
                    send("GetItem", "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}, 'ConsistentRead': true" + told);
                }
            }
            send("DeleteItem", "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}" + told);
            send("DeleteItem", "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}" + told);
            send("GetItem", "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}" + told);
        }
    }

    @Test
    void tables() throws IOException {
        String name = "'TableName': '" + table + "-x'";
        String keys = ", 'AttributeDefinitions': [{'AttributeName': 'k', 'AttributeType': 'S'}],"
                + " 'KeySchema': [{'AttributeName': 'k', 'KeyType': 'HASH'}]";
        String onDemand = ", 'BillingMode': 'PAY_PER_REQUEST'";
        for (String create : List.of(
                "",
                name,
                name + keys,
                name + onDemand,
                "'TableName': 'x'" + keys + onDemand,
                "'TableName': 'a/b/c'" + keys + onDemand,
                name + keys.replace("'k', 'KeyType'", "'j', 'KeyType'") + onDemand,
                name + keys.replace("HASH", "RANGE") + onDemand,
                name + keys.replace("'S'", "'BOOL'") + onDemand,
                name + keys.replace("'S'}", "'S'}, {'AttributeName': 'j', 'AttributeType': 'S'}") + onDemand,
                name + keys.replace("'S'}", "'S'}, {'AttributeName': 'k', 'AttributeType': 'S'}") + onDemand,
                name + keys.replace("'HASH'}", "'HASH'}, {'AttributeName': 'k', 'KeyType': 'RANGE'}") + onDemand,
                name + keys + onDemand + ", 'GlobalSecondaryIndexes': []",
                name + keys + onDemand
                        + ", 'DeletionProtectionEnabled': true, 'StreamSpecification': {'StreamEnabled': true,"
                        + " 'StreamViewType': 'NEW_AND_OLD_IMAGES'}",
                name + keys + onDemand)) {
            twins.send("CreateTable", "{" + create.replaceFirst("^, ", "") + "}");
        }
        // DynamoDB has no third mode, and an on-demand table no throughput.
        twins.differ(
                "CreateTable",
                "{" + name.replace("-x", "-y") + keys + ", 'BillingMode': 'x'}",
                "500 InternalFailure",
                "400 ValidationException");
        twins.differ(
                "CreateTable",
                "{" + name.replace("-x", "-y") + keys + onDemand
                        + ", 'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}}",
                "200",
                "400 ValidationException");
        twins.send("DescribeTable", "{" + name + "}");
        twins.send("DeleteTable", "{" + name + "}");
        String timeToLive = "{" + name + ", 'TimeToLiveSpecification': {'AttributeName': 'ttl', 'Enabled': %s}}";
        twins.send("DescribeTimeToLive", "{" + name + "}");
        twins.send("UpdateTimeToLive", timeToLive.formatted("true"));
        twins.send("UpdateTimeToLive", timeToLive.formatted("true"));
        twins.send("DescribeTimeToLive", "{" + name + "}");
        twins.send("UpdateTimeToLive", timeToLive.formatted("false"));
        twins.send("DescribeTimeToLive", "{" + name + "}");
        twins.send("UpdateTable", "{" + name + ", 'DeletionProtectionEnabled': false}");
        twins.send(
                "UpdateTable",
                "{" + name + ", 'BillingMode': 'PROVISIONED', 'ProvisionedThroughput':"
                        + " {'ReadCapacityUnits': 5, 'WriteCapacityUnits': 7}}");
        twins.send("DescribeTable", "{" + name + "}");
        // In DynamoDB it is DELETING from now on; DynamoDB Local calls it ACTIVE once more.
        twins.differ("DeleteTable", "{" + name + "}", "200", "200");
        for (String operation : List.of(
                "DescribeTable", "DeleteTable", "DescribeTimeToLive", "Scan", "UpdateTable", "NoSuchOperation")) {
            twins.send(operation, "{" + name + "}");
            twins.send(operation, "{}");
            twins.send(operation, "{'TableName': 'x'}");
        }
        for (String provisioned : List.of("1", "0", "-1")) {
            twins.send(
                    "CreateTable",
                    "{" + name + keys + ", 'ProvisionedThroughput': {'ReadCapacityUnits': " + provisioned
                            + ", 'WriteCapacityUnits': 1}}");
        }
    }

    /** Random writes to few keys, some with conditions; what is left in the end is the same. */
    @Test
    void randomItems() throws IOException {
        RandomItems random = new RandomItems(20_260_101);
        for (int i = 0; i < 400; i++) {
            String key = "'h': {'S': 'h" + random.below(4) + "'}, 'r': {'N': '" + random.below(3) + "'}";
            String condition = random.condition() + ", 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'";
            switch (random.below(5)) {
                case 0 -> send("PutItem", "'Item': {" + key + random.attributes() + "}, 'ReturnValues': 'ALL_OLD'");
                case 1 -> send("PutItem", "'Item': {" + key + random.attributes() + "}, " + condition);
                case 2 -> send("DeleteItem", "'Key': {" + key + "}, 'ReturnValues': 'ALL_OLD', " + condition);
                case 3 ->
                    batch(
                            List.of("{'PutRequest': {'Item': {" + key + random.attributes() + "}}}"),
                            ", 'ReturnConsumedCapacity': 'TOTAL'");
                default -> send("GetItem", "'Key': {" + key + "}");
            }
        }
        for (int partition = 0; partition < 4; partition++) {
            send(
                    "Query",
                    "'KeyConditionExpression': 'h = :h', 'ExpressionAttributeValues': {':h': {'S': 'h" + partition
                            + "'}}");
        }
    }

    private static String numbers(int count, String template) {
        return IntStream.range(0, count).mapToObj(i -> template.formatted(i)).collect(Collectors.joining(","));
    }
}
