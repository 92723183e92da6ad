package dev.dynamirror.testkit.faulty;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Expressions mean the same to DynamoDB Local and to our server, or are refused by both. */
final class ExpressionsAgainstDynamoDbLocalTest extends TwinTables {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void conditions() throws IOException {
        put("'s': {'S': 'abc'}, 'n': {'N': '5'}, 'b': {'B': 'AAEC'}, 't': {'BOOL': true}, 'z': {'NULL': true},"
                + " 'l': {'L': [{'N': '1'}, {'S': 'x'}]}, 'm': {'M': {'a': {'N': '1'}}}, 'ss': {'SS': ['p', 'q']},"
                + " 'ns': {'NS': ['1', '2']}");
        Map<String, String> values = Map.ofEntries(
                Map.entry(":s", "{'S': 'abc'}"),
                Map.entry(":p", "{'S': 'ab'}"),
                Map.entry(":n", "{'N': '5.0'}"),
                Map.entry(":m", "{'N': '6'}"),
                Map.entry(":b", "{'B': 'AAE='}"),
                Map.entry(":t", "{'BOOL': true}"),
                Map.entry(":z", "{'NULL': true}"),
                Map.entry(":l", "{'L': [{'N': '1'}, {'S': 'x'}]}"),
                Map.entry(":mm", "{'M': {'a': {'N': '1'}}}"),
                Map.entry(":ss", "{'SS': ['q', 'p']}"),
                Map.entry(":q", "{'S': 'q'}"),
                Map.entry(":one", "{'N': '1'}"));
        List<String> conditions = List.of(
                "attribute_exists(s)",
                "attribute_not_exists(s)",
                "attribute_exists(none)",
                "attribute_not_exists(none)",
                "s = :s",
                "s <> :s",
                "s = :n",
                "s <> :n",
                "none = :s",
                "none <> :s",
                "n = :n",
                "n < :m",
                "n > :m",
                "n <= :n",
                "n >= :n",
                "s < :n",
                "s > :p",
                "b > :b",
                "t = :t",
                "t < :t",
                "z = :z",
                "l = :l",
                "m = :mm",
                "ss = :ss",
                "m.a = :one",
                "l[0] = :one",
                "l[5] = :one",
                "l[1] = :q",
                "nil.a = :s",
                "s.a = :s",
                "n BETWEEN :n AND :m",
                "n BETWEEN :m AND :n",
                "n BETWEEN :p AND :m",
                "s BETWEEN :p AND :s",
                "s IN (:n, :s)",
                "s IN (:n)",
                "s IN ()",
                "begins_with(s, :p)",
                "begins_with(s, :s)",
                "begins_with(b, :b)",
                "begins_with(n, :p)",
                "begins_with(s, :n)",
                "contains(s, :p)",
                "contains(ss, :q)",
                "contains(l, :one)",
                "contains(ns, :one)",
                "attribute_type(s, :s)",
                "size(s) = :n",
                "size(l) < :m",
                "size(n) = :n",
                "size(s) BETWEEN :one AND :m",
                "NOT s = :s",
                "NOT (s = :s)",
                "NOT NOT s = :s",
                "s = :s AND n = :m",
                "s = :s OR n = :m",
                "s = :p OR n = :m AND t = :t",
                "(s = :p OR n = :n) AND t = :t",
                "((s = :s))",
                "(s = :s)",
                "((s = :s) AND (n = :n))",
                "s = :s and n = :n",
                "s = :s Or n = :m",
                "not s = :s",
                "s = s",
                "s = :s = :s",
                "s == :s",
                "s",
                "",
                " ",
                "s = ",
                "= :s",
                "s = :none",
                "#x = :s",
                "s = 'abc'",
                "s = 5",
                "Attribute_exists(s)",
                "foo(s)",
                "attribute_exists(:s)",
                "attribute_exists(s, n)",
                ":s = s",
                ":s = :p",
                ":s = :s",
                "s & :s",
                "s = :s)",
                "(s = :s",
                "m . a = :one",
                "_x = :s",
                "n < t",
                "l < :m",
                "s != :s",
                "n between :one and :m",
                "n in (:m, :n)",
                "attribute_exists(m.a)",
                "attribute_exists(l[0])",
                "attribute_exists(l[2])",
                "attribute_exists (s)",
                "h = :s",
                "attribute_exists(h)",
                "size(nil) = :n",
                "NOT attribute_exists(s) OR NOT attribute_exists(nil)",
                "s IN :s",
                "begins_with(:s, :p)",
                "contains(:s, :p)",
                "begins_with(s, s)",
                "s = (:s)",
                "(s) = :s",
                "n = :n AND",
                "AND n = :n");
        for (String condition : conditions) {
            String used = values.entrySet().stream()
                    .filter(value -> (condition + " ").matches(".*" + value.getKey() + "[^a-z].*"))
                    .map(value -> "'" + value.getKey() + "': " + value.getValue())
                    .collect(Collectors.joining(", "));
            String with = used.isBlank() ? "" : ", 'ExpressionAttributeValues': {" + used + "}";
            String text = condition.replace("'", "\\u0027");
            send(
                    "DeleteItem",
                    "'Key': {'h': {'S': 'a'}, 'r': {'N': '2'}}, 'ConditionExpression': '" + text + "'" + with);
            send(
                    "UpdateItem",
                    "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': '" + text + "'" + with
                            + ", 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD', 'ReturnValues': 'ALL_NEW'");
            send("Scan", "'FilterExpression': '" + text + "'" + with);
            send(
                    "Query",
                    "'KeyConditionExpression': 'h = :k', 'FilterExpression': '" + text
                            + "', 'ExpressionAttributeValues': {" + (used.isBlank() ? "" : used + ", ")
                            + "':k': {'S': 'a'}}");
        }
        String key = "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}, ";
        for (String extra : List.of(
                "'ExpressionAttributeValues': {}",
                "'ExpressionAttributeNames': {}",
                "'ExpressionAttributeValues': {':x': {'S': 'a'}}",
                "'ExpressionAttributeNames': {'#x': 'a'}",
                "'ConditionExpression': 's = :x', 'ExpressionAttributeValues': {':x': {'S': 'a'}, ':y': {'S': 'a'}}",
                "'ConditionExpression': '#s = :x', 'ExpressionAttributeNames': {'#s': 's', '#y': 'y'}, 'ExpressionAttributeValues': {':x': {'S': 'a'}}",
                "'ConditionExpression': '#s = :x', 'ExpressionAttributeNames': {'#s': 's'}, 'ExpressionAttributeValues': {':x': {'S': 'a'}}",
                "'ConditionExpression': '#s = :x', 'ExpressionAttributeNames': {'#s': 's'}, 'ExpressionAttributeValues': {':x': {'N': 'a'}}",
                "'ConditionExpression': '#s = :x', 'ExpressionAttributeNames': {'#s': 's'}, 'ExpressionAttributeValues': {':x': {}}",
                "'ConditionExpression': 's = x', 'ExpressionAttributeValues': {'x': {'S': 'a'}}",
                "'ConditionExpression': 's = :x', 'ExpressionAttributeNames': {'s': 's'}, 'ExpressionAttributeValues': {':x': {'S': 'a'}}",
                "'ReturnValues': 'ALL_NEW'",
                "'ReturnValues': 'x'",
                "'ReturnConsumedCapacity': 'x'",
                "'ReturnValuesOnConditionCheckFailure': 'x'",
                "'ReturnValues': 'UPDATED_OLD'")) {
            send("DeleteItem", key + extra);
            send("PutItem", "'Item': {'h': {'S': 'a'}, 'r': {'N': '1'}, 's': {'S': 'abc'}}, " + extra);
        }
    }

    @Test
    void updates() throws IOException {
        String key = "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}";
        String values = ", 'ExpressionAttributeValues': {':v': {'N': '1'}}";
        for (String update : List.of(
                "SET a = :v",
                "SET a = :v, b = :v",
                "set a = :v",
                "SET a = :v REMOVE b",
                "REMOVE b SET a = :v",
                "SET a = a + :v",
                "SET a = a - :v",
                "SET c = if_not_exists(c, :v)",
                "SET c = if_not_exists(a, :v)",
                "SET m.x = :v",
                "SET l[0] = :v",
                "SET l[9] = :v",
                "SET l[1].x = :v",
                "SET nil.x = :v",
                "SET a = nil, b = :v",
                "SET h = :v",
                "SET r = :v",
                "REMOVE h SET a = :v",
                "SET a = :v, a = :v",
                "SET m = :v, m.x = :v",
                "SET a = :v SET b = :v",
                "SET",
                "SET a",
                "SET a :v",
                "a = :v",
                "FOO a = :v",
                "SET a = :v,",
                "SET s = s + :v",
                "SET a = foo(:v)",
                "SET a = :v + s",
                "SET l = list_append(l, l), a = :v",
                "SET l = list_append(l, :v)",
                "SET a = (:v)",
                "SET :v = a",
                "SET a.b = :v",
                "SET gh = :v, a = :w")) {
            send(
                    "PutItem",
                    "'Item': {'h': {'S': 'a'}, 'r': {'N': '1'}, 'a': {'N': '5'}, 'b': {'S': 'b'}, 's': {'S': 's'},"
                            + " 'm': {'M': {'x': {'S': 'y'}}}, 'l': {'L': [{'S': 'p'}, {'M': {}}, {'S': 'q'}]}}");
            for (String wish : List.of("ALL_NEW", "UPDATED_OLD")) {
                send(
                        "UpdateItem",
                        key + ", 'UpdateExpression': '" + update + "', 'ReturnValues': '" + wish + "'" + values);
            }
            send(
                    "UpdateItem",
                    "'Key': {'h': {'S': 'new'}, 'r': {'N': '1'}}, 'UpdateExpression': '" + update
                            + "', 'ReturnValues': 'UPDATED_NEW'" + values);
            send("DeleteItem", "'Key': {'h': {'S': 'new'}, 'r': {'N': '1'}}, 'ReturnValues': 'ALL_OLD'");
        }
        for (String update : List.of(
                "REMOVE a",
                "REMOVE nil",
                "REMOVE m.x",
                "REMOVE l[0]",
                "REMOVE l[0], l[2]",
                "REMOVE l[2], l[0]",
                "REMOVE l[7]",
                "REMOVE nil.x",
                "REMOVE a.x",
                "REMOVE h",
                "REMOVE a, a",
                "SET a = b",
                "SET a = nil",
                "SET a = b, b = a",
                "")) {
            send(
                    "PutItem",
                    "'Item': {'h': {'S': 'a'}, 'r': {'N': '1'}, 'a': {'N': '5'}, 'b': {'S': 'b'},"
                            + " 'm': {'M': {'x': {'S': 'y'}}}, 'l': {'L': [{'S': 'p'}, {'M': {}}, {'S': 'q'}]}}");
            send("UpdateItem", key + ", 'UpdateExpression': '" + update + "', 'ReturnValues': 'ALL_NEW'");
            send(
                    "UpdateItem",
                    "'Key': {'h': {'S': 'new'}, 'r': {'N': '1'}}, 'UpdateExpression': '" + update
                            + "', 'ReturnValues': 'ALL_OLD'");
            send("DeleteItem", "'Key': {'h': {'S': 'new'}, 'r': {'N': '1'}}, 'ReturnValues': 'ALL_OLD'");
        }
    }

    @Test
    void queries() throws IOException {
        for (int i = -10; i < 20; i++) {
            send(
                    "PutItem",
                    "'Item': {'h': {'S': 'q'}, 'r': {'N': '" + i + (i % 2 == 0 ? ".0" : "") + "'}, 'v': {'N': '" + i % 3
                            + "'}, 'gh': {'S': 'g" + i % 2 + "'}, 'gr': {'B': 'A" + DIGITS.charAt(i + 10) + "A='}}");
        }
        for (String condition : List.of(
                "h = :q",
                "h = :q AND r = :n",
                "h = :q AND r < :n",
                "h = :q AND r <= :n",
                "h = :q AND r > :n",
                "h = :q AND r >= :n",
                "h = :q AND r BETWEEN :n AND :m",
                "h = :q AND r BETWEEN :m AND :n",
                "r > :n AND h = :q",
                "(h = :q) AND (r > :n)",
                "(h = :q AND r > :n)",
                "h = :q AND begins_with(r, :q)",
                "h = :q AND r <> :n",
                "h > :q",
                "r = :n",
                "h = :n",
                "h = :q AND r = :q",
                "h = :q AND v = :n",
                "h = :q OR r = :n",
                "NOT h = :q",
                "h = :q AND h = :q",
                "h = :q AND r > :n AND r < :m",
                "h = :none",
                "h = :q AND attribute_exists(r)",
                ":q = h",
                "h = :q AND r IN (:n)",
                "h = :e",
                "begins_with(h, :q)",
                "h BETWEEN :q AND :q",
                "")) {
            List<String> used =
                    List.of("':q': {'S': 'q'}", "':n': {'N': '3.0'}", "':m': {'N': '7'}", "':e': {'S': ''}").stream()
                            .filter(value -> condition.matches(".*" + value.substring(1, 3) + "\\b.*"))
                            .toList();
            String query = "'KeyConditionExpression': '" + condition + "'"
                    + (used.isEmpty() ? "" : ", 'ExpressionAttributeValues': {" + String.join(", ", used) + "}");
            send("Query", query);
            send("Query", query + ", 'ScanIndexForward': false, 'Limit': 3");
            send("Query", query + ", 'Select': 'COUNT', 'ReturnConsumedCapacity': 'INDEXES'");
        }
        String all = "'KeyConditionExpression': 'h = :q', 'ExpressionAttributeValues': {':q': {'S': 'q'}";
        for (String more : List.of(
                "}, 'ExclusiveStartKey': {'h': {'S': 'q'}, 'r': {'N': '4.0'}}",
                "}, 'ExclusiveStartKey': {'h': {'S': 'q'}, 'r': {'N': '4.5'}}, 'ScanIndexForward': false",
                "}, 'ExclusiveStartKey': {'h': {'S': 'other'}, 'r': {'N': '4'}}",
                "}, 'ExclusiveStartKey': {'h': {'S': 'q'}}",
                "}, 'Limit': 0",
                "}, 'Limit': 30",
                "}, 'Limit': 31",
                "}, 'ProjectionExpression': 'r, v'",
                "}, 'ProjectionExpression': 'r, r'",
                "}, 'ProjectionExpression': 'v', 'Select': 'COUNT'",
                "}, 'ProjectionExpression': 'v', 'Select': 'SPECIFIC_ATTRIBUTES'",
                "}, 'Select': 'SPECIFIC_ATTRIBUTES'",
                "}, 'Select': 'x'",
                "}, 'Select': 'ALL_ATTRIBUTES', 'ConsistentRead': true, 'ReturnConsumedCapacity': 'TOTAL'",
                ", ':v': {'N': '1'}}, 'FilterExpression': 'v = :v', 'Limit': 4",
                ", ':v': {'N': '1'}}, 'FilterExpression': 'v = :v', 'Select': 'COUNT'",
                ", ':v': {'N': '1'}}, 'FilterExpression': 'r = :v'",
                "}, 'IndexName': 'none'",
                "}, 'IndexName': 'Ind'")) {
            send("Query", all + more);
        }
        String index = "'IndexName': 'Ind', 'ExpressionAttributeValues': {':g': {'S': 'g1'}, ':b': {'B': 'AFA='}},"
                + " 'KeyConditionExpression': 'gh = :g AND ";
        send("Query", index + "gr > :b', 'ReturnConsumedCapacity': 'INDEXES'");
        send("Query", index.replace("AFA=", "AA==") + "begins_with(gr, :b)'");
        send("Query", index + "gr <= :b', 'ConsistentRead': true");
        for (String scan : List.of(
                "'Limit': 0",
                "'Segment': 0",
                "'TotalSegments': 1",
                "'Segment': 1, 'TotalSegments': 1",
                "'Segment': 0, 'TotalSegments': 0",
                "'Segment': -1, 'TotalSegments': 1",
                "'Segment': 0, 'TotalSegments': 1",
                "'Limit': 30",
                "'Limit': 31, 'Select': 'COUNT'",
                "'ReturnConsumedCapacity': 'TOTAL'",
                "'Limit': 5, 'ProjectionExpression': '#r', 'ExpressionAttributeNames': {'#r': 'r'}",
                "'ExclusiveStartKey': {'h': {'S': 'q'}, 'r': {'N': '15'}}",
                "'ExclusiveStartKey': {'h': {'S': 'q'}}",
                "'IndexName': 'Ind', 'Select': 'COUNT'",
                "'Select': 'ALL_PROJECTED_ATTRIBUTES'")) {
            send("Scan", scan);
        }
    }

    @Test
    void projections() throws IOException {
        put("'a': {'S': 'x'}, 'm': {'M': {'p': {'N': '1'}, 'q': {'L': [{'S': '0'}, {'S': '1'}, {'S': '2'}]}}},"
                + " 'l': {'L': [{'M': {'x': {'S': '1'}, 'y': {'S': '2'}}}, {'S': 'z'}]}");
        for (String projection : List.of(
                "a",
                "a, h",
                "m.p",
                "m.p, m.q",
                "m.q[1]",
                "m.q[2], m.q[0]",
                "l[0].x",
                "l[1], l[0].y",
                "l[5]",
                "m.nil",
                "nil",
                "nil.x",
                "a.x",
                "m, m.p",
                "a, a",
                "a,",
                ",a",
                "a b",
                "",
                "name",
                "m.name",
                "#a",
                "a.",
                "l[]",
                "l[x]",
                "l[-1]",
                "h, r",
                "m . p",
                "a[0]")) {
            send("GetItem", "'Key': {'h': {'S': 'a'}, 'r': {'N': '1'}}, 'ProjectionExpression': '" + projection + "'");
        }
    }

    @Test
    void reservedWords() throws IOException {
        for (String word : new TreeSet<>(ReservedWords.ALL)) {
            String scan = "{'TableName': '" + table + "', 'ProjectionExpression': '" + word + "'}";
            if (Set.of("CONVERT", "SIZE").contains(word)) {
                // DynamoDB's documentation has them among the others.
                twins.differ("Scan", scan, "200", "400 ValidationException");
            } else {
                twins.send("Scan", scan);
            }
        }
    }
}
