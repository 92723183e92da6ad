package dev.dynamirror.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** A million changes over 100,000 keys, checked when every state of them is written. */
final class LargeScriptTest {

    @Test
    void aMillionChanges() {
        LiveTableScript script = LiveTableScript.seeded(1)
                .changes(1_000_000)
                .keys(100_000)
                .rows(150_000)
                .sharing(0.2)
                .zipfExponent(1)
                .largestCommit(100)
                .build();
        PermittedStates permitted = PermittedStates.of(script);
        assertThat(permitted.keys()).isBetween(80_000, 100_000);
        Findings findings = new HistoryChecker(permitted)
                .replayAllowedFrom(1, 0)
                .acknowledged(1, 0)
                .check(() -> new Everything(permitted));
        findings.requireClean();
        assertThat(findings.writes()).isGreaterThan(900_000);
    }

    /** Every state of each key but the first absence, key after key. */
    private static final class Everything implements Iterator<Observed> {

        private final PermittedStates permitted;
        private long number;
        private int key;
        private int index = 1;

        Everything(PermittedStates permitted) {
            this.permitted = permitted;
        }

        @Override
        public boolean hasNext() {
            return key < permitted.keys();
        }

        @Override
        public Observed next() {
            KeyStates states = permitted.states(key);
            long state = states.get(index++);
            Observed observed =
                    new Observed(++number, permitted.key(key), state == KeyStates.ABSENT ? null : (Object) state);
            if (index == states.size()) {
                key++;
                index = 1;
            }
            return observed;
        }
    }
}
