package dev.dynamirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithLocalDynamoDb
final class WithLocalDynamoDbTest {

    private static long pid;

    @BeforeAll
    static void remember(LocalDynamoDb database) {
        pid = database.pid();
    }

    @Test
    void theDatabaseAnswers(LocalDynamoDb database) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(database.endpoint())
                                .header("Content-Type", "application/x-amz-json-1.0")
                                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request,"
                                                + " SignedHeaders=host, Signature=0")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("{\"TableNames\":[]}");
    }

    @Test
    void isOneForAllTests(LocalDynamoDb database) {
        assertThat(database.pid()).isEqualTo(pid);
    }

    @Test
    void tableNamesSayWhoseTheyAreAndNeverComeTwice(@TableName String one, @TableName String other) {
        assertThat(one).matches("WithLocalDynamoDbTest\\.tableNamesSayWhoseTheyAreAndNeverComeTwice-\\d+");
        assertThat(other).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void goesTogetherWithOtherParameters(String value, @TableName String table) {
        assertThat(table).startsWith("WithLocalDynamoDbTest.goesTogetherWithOtherParameters-");
        assertThat(value).hasSize(1);
    }

    @Nested
    final class InNestedClasses {

        @Test
        void isTheSameOne(LocalDynamoDb database, @TableName String table) {
            assertThat(database.pid()).isEqualTo(pid);
            assertThat(table).startsWith("InNestedClasses.isTheSameOne-");
        }
    }
}
