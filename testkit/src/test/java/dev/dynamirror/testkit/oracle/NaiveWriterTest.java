package dev.dynamirror.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.Violation.Kind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers of one request at a time on a server that fails: a right one, and some that are wrong each in its way. */
@Timeout(60)
final class NaiveWriterTest {

    private static final ItemForm FORM = new ItemForm("p", "s", "v");

    private final FaultyDynamoDb db = FaultyDynamoDb.start();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LiveTableScript script = LiveTableScript.seeded(11)
            .changes(500)
            .keys(30)
            .rows(40)
            .keyForm(KeyForm.STRING_AND_SORT)
            .build();
    private final PermittedStates permitted = PermittedStates.of(script);
    private final HistoryChecker checker = new HistoryChecker(permitted);

    @BeforeEach
    void makeTable() throws IOException {
        assertThat(send("CreateTable", """
                        {"TableName": "Live", "BillingMode": "PAY_PER_REQUEST",
                         "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"},
                                       {"AttributeName": "s", "KeyType": "RANGE"}],
                         "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"},
                                                  {"AttributeName": "s", "AttributeType": "N"}]}
                        """)).isTrue();
    }

    @AfterEach
    void stop() {
        db.close();
    }

    @Test
    void aWriterThatTakesItsTime() throws IOException {
        db.faults(Faults.seeded(1).with(Fault.THROTTLE, 0.1).with(Fault.CLOSED_AFTER, 0.1));
        for (Commit commit : script) {
            for (Write write : Write.of(commit)) {
                while (!send(write)) {
                    // Again, before anything else.
                }
            }
            checker.acknowledged(db.appliedWrites(), commit.number());
        }
        Findings findings = findings();
        findings.requireClean();
        assertThat(findings.writes()).isGreaterThan(400);
        assertThat(FORM.table(db.items("Live"))).isEqualTo(permitted.table());
    }

    @Test
    void aWriterThatTriesAgainLater() throws IOException {
        db.faults(Faults.seeded(1).with(Fault.THROTTLE, 0.1));
        Deque<Write> again = new ArrayDeque<>();
        for (Commit commit : script) {
            for (Write write : Write.of(commit)) {
                if (!send(write)) {
                    again.add(write);
                }
            }
            for (int i = again.size(); i > 2; i--) {
                Write write = again.remove();
                if (!send(write)) {
                    again.add(write);
                }
            }
            checker.acknowledged(db.appliedWrites(), commit.number());
        }
        assertThat(findings().counts())
                .containsKeys(Kind.OLDER_AFTER_NEWER, Kind.ACKNOWLEDGED_TOO_EARLY, Kind.LOST)
                .doesNotContainKey(Kind.NEVER_WAS);
    }

    @Test
    void aWriterWhoseLostRequestsAreAppliedLater() throws IOException {
        db.faults(Faults.seeded(1).with(Fault.LATE, 0.1));
        for (Commit commit : script) {
            for (Write write : Write.of(commit)) {
                while (!send(write)) {
                    // Again, though the first may still come.
                }
            }
            if (commit.number() % 10 == 0) {
                db.applyLate();
            }
        }
        assertThat(findings().counts())
                .containsKeys(Kind.OLDER_AFTER_NEWER)
                .doesNotContainKeys(Kind.NEVER_WAS, Kind.ACKNOWLEDGED_TOO_EARLY);
    }

    @Test
    void aWriterThatUpdatesByDeleteAndPut() throws IOException {
        for (Commit commit : script) {
            for (Write write : Write.of(commit)) {
                send(new Write(write.key(), Optional.empty()));
                send(write);
            }
        }
        assertThat(findings().counts()).containsOnlyKeys(Kind.DELETE_INSIDE_UPDATE);
    }

    private Findings findings() {
        return checker.check(FORM.observed(db.history("Live")));
    }

    /** What a commit leaves of an item. */
    private record Write(RowKey key, Optional<Row> row) {

        static Iterable<Write> of(Commit commit) {
            Map<RowKey, Write> writes = new LinkedHashMap<>();
            for (Change change : commit.changes()) {
                if (change.before() != null) {
                    writes.put(change.before().key(), new Write(change.before().key(), Optional.empty()));
                }
                if (change.after() != null) {
                    writes.put(change.after().key(), new Write(change.after().key(), Optional.of(change.after())));
                }
            }
            return writes.values();
        }
    }

    private boolean send(Write write) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("TableName", "Live");
        write.row()
                .ifPresentOrElse(
                        row -> request.set("Item", FORM.item(row)), () -> request.set("Key", FORM.key(write.key())));
        try {
            return send(write.row().isPresent() ? "PutItem" : "DeleteItem", request.toString());
        } catch (IOException lost) {
            return false;
        }
    }

    private boolean send(String operation, String json) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(db.endpoint())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=placeholder/20260101/us-east-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
