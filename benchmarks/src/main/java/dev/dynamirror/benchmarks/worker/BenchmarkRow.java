package dev.dynamirror.benchmarks.worker;

import org.jspecify.annotations.Nullable;

/**
 * A row that all contenders write.
 *
 * @param id the key
 * @param name 16 letters and digits
 * @param quantity a small number
 * @param price a number with two fraction digits
 * @param payload 1,900 letters in a large row, null in a small one
 */
public record BenchmarkRow(
        long id,
        String name,
        long quantity,
        double price,
        @Nullable String payload) {}
