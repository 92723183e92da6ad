package dev.dynamirror.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every input that was kept from fuzzing, once more and without a fuzzer; see {@link Fuzzer}. */
final class FuzzCorpusTest {

    static final List<FuzzTarget> TARGETS = FuzzTarget.ALL;

    @ParameterizedTest
    @FieldSource("TARGETS")
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void whatFuzzingFoundIsFoundNoMore(FuzzTarget target) throws IOException {
        assertThat(target.inputs()).isNotEmpty();
        for (byte[] input : target.inputs()) {
            try {
                target.once().accept(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + Base64.getEncoder().encodeToString(input), e);
            }
        }
    }
}
