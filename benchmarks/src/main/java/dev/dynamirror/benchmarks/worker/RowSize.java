package dev.dynamirror.benchmarks.worker;

import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How large the rows are; the texts are made once, so that making a row costs next to nothing. */
@SuppressWarnings("ImmutableEnumChecker") // its arrays are filled once and seen by nobody
public enum RowSize {
    /** About 120 bytes of JSON in a request. */
    SMALL(0),
    /** About 2 KB of JSON in a request. */
    LARGE(1900);

    private static final int TEXTS = 1024;
    private static final int PAYLOADS = 64;

    private final String[] names = IntStream.range(0, TEXTS)
            .mapToObj(i -> String.format(Locale.ROOT, "customer%08d", i * 7919))
            .toArray(String[]::new);
    private final double[] prices = IntStream.range(0, TEXTS)
            .mapToDouble(i -> (100 + i * 37 % 9000) / 100.0)
            .toArray();
    private final @Nullable String[] payloads;

    RowSize(int payloadLetters) {
        Random random = new Random(payloadLetters);
        this.payloads = IntStream.range(0, PAYLOADS)
                .mapToObj(i -> payloadLetters == 0 ? null : letters(random, payloadLetters))
                .toArray(String[]::new);
    }

    /** The row of that number, which is its key. */
    public BenchmarkRow row(long number) {
        int text = (int) (number % TEXTS);
        return new BenchmarkRow(number, names[text], number % 1000, prices[text], payloads[(int) (number % PAYLOADS)]);
    }

    /** The size by its name in lower case. */
    public static RowSize of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String letters(Random random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }
}
