package dev.dynamirror.testkit.faulty;

import java.time.Instant;

/**
 * The write units that were consumed within a hundredth of a second.
 *
 * @param start when that hundredth began
 * @param writeUnits what was consumed in it, over all tables
 */
public record Consumption(Instant start, double writeUnits) {}
