package dev.dynamirror.benchmarks.run;

import java.util.Locale;

/** A part of the benchmark, which can be run alone. */
enum Section {
    /** Small rows, answered at once: what everybody costs. */
    SMALL,
    /** Small rows, answered after 5 and 20 ms. */
    DELAYS,
    /** Rows of 2 KB, answered at once. */
    LARGE,
    /** Small rows, with TLS and without. */
    TLS,
    /** Changes of which some keys get most. */
    SKEW,
    /** A hundred thousand, a million and ten million rows. */
    GROWTH,
    /** Into DynamoDB Local. */
    LOCAL;

    /** Its name on the command line and in the results. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
