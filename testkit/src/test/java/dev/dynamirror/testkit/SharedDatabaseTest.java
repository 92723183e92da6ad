package dev.dynamirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.dynamirror.local.LocalDynamoDb;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes in a run of their own, to see what is there when the run is over. */
@Timeout(120)
final class SharedDatabaseTest {

    private static final Set<ProcessHandle> SEEN = new LinkedHashSet<>();

    @Test
    void isOnePerRunAndGoneAfterIt() {
        SEEN.clear();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OneTestClass.class), selectClass(AnotherTestClass.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(2).succeeded(2));
        assertThat(SEEN).singleElement().extracting(ProcessHandle::isAlive).isEqualTo(false);
    }

    private static void remember(LocalDynamoDb database) {
        ProcessHandle process = ProcessHandle.of(database.pid()).orElseThrow();
        assertThat(process.isAlive()).isTrue();
        SEEN.add(process);
    }

    @WithLocalDynamoDb
    static final class OneTestClass {
        @Test
        void usesIt(LocalDynamoDb database) {
            remember(database);
        }
    }

    static final class AnotherTestClass {
        @Test
        @WithLocalDynamoDb
        void usesIt(LocalDynamoDb database) {
            remember(database);
        }
    }
}
