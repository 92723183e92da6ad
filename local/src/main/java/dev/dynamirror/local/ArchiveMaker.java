package dev.dynamirror.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Has the JVM write down the classes that the server loads, parsed and verified, so that it need not do this at each
 * start. The JVM's own cache, on the user's machine: nothing in Amazon's files is changed.
 */
final class ArchiveMaker {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

    private static final List<Request> USUAL_REQUESTS = List.of(
            new Request("CreateTable", """
                    {"TableName":"usual","BillingMode":"PAY_PER_REQUEST",\
                    "AttributeDefinitions":[{"AttributeName":"key","AttributeType":"N"}],\
                    "KeySchema":[{"AttributeName":"key","KeyType":"HASH"}]}"""),
            new Request("DescribeTable", "{\"TableName\":\"usual\"}"),
            new Request("BatchWriteItem", """
                    {"ReturnConsumedCapacity":"TOTAL","RequestItems":{"usual":[\
                    {"PutRequest":{"Item":{"key":{"N":"1"},"text":{"S":"a"},"binary":{"B":"AA=="},\
                    "truth":{"BOOL":true},"none":{"NULL":true},"list":{"L":[{"N":"1"}]},"map":{"M":{}}}}},\
                    {"DeleteRequest":{"Key":{"key":{"N":"2"}}}}]}}"""),
            new Request("Scan", "{\"TableName\":\"usual\"}"),
            new Request("DeleteTable", "{\"TableName\":\"usual\"}"));

    private ArchiveMaker() {}

    /** Writes the archive, or an empty file if that does not work here: it only saves time. */
    static void make(Installation installation, Path archive) throws IOException {
        Path unfinished = archive.resolveSibling("unfinished.jsa");
        Files.deleteIfExists(unfinished);
        PortReservation reservation = PortReservation.of(0);
        int port = reservation.port();
        ServerProcess server = ServerProcess.spawn(
                installation.command(List.of("-XX:ArchiveClassesAtExit=" + unfinished), List.of("-inMemory"), port),
                installation.folder());
        try {
            if (server.awaitAnswer(port)) {
                USUAL_REQUESTS.forEach(request -> request.succeeds(port, REQUEST_LIMIT));
                server.askToStop();
            }
            if (!server.endsWithin(WRITE_LIMIT)) {
                Files.deleteIfExists(unfinished);
            }
        } finally {
            server.stop();
            reservation.release();
        }
        if (Files.exists(unfinished)) {
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        } else {
            installation.giveUpArchive();
        }
    }
}
