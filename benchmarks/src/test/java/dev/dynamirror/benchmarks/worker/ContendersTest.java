package dev.dynamirror.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.benchmarks.stub.StubClient;
import dev.dynamirror.benchmarks.stub.StubServer;
import dev.dynamirror.benchmarks.stub.StubTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkSystemSetting;

/** Each contender writes the rows that it says it writes. Flink's own sink has no class path here. */
final class ContendersTest {

    @ParameterizedTest
    @CsvSource({
        "core,small",
        "core,large",
        "floor,small",
        "sdk-sync,small",
        "sdk-async-netty,small",
        "sdk-async-crt,small",
        "sdk-enhanced,large",
        "flink-dynamirror,small"
    })
    void writesAllRows(String contender, String rows) throws Exception {
        System.setProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), "bench");
        System.setProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), "bench");
        try (StubServer server = StubServer.start(StubTable.DEFAULT, null)) {
            StubClient stub = new StubClient(server.endpoint());
            try (Contender writer = Contenders.open(contender, new Target(server.endpoint(), RowSize.of(rows)), stub)) {
                writer.write(2000);
                writer.write(1000);
            }

            assertThat(stub.counts().puts()).isEqualTo(3000);
            assertThat(stub.counts().bytes() / 3000)
                    .isBetween(rows.equals("large") ? 1900L : 100L, rows.equals("large") ? 2100L : 150L);
        } finally {
            System.clearProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property());
            System.clearProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property());
        }
    }
}
