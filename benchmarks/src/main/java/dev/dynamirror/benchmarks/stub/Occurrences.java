package dev.dynamirror.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Counts how often a text stands in bytes, in steps as long as the text where it can't stand (Horspool's way). */
final class Occurrences {

    private final byte[] text;
    private final int[] steps = new int[256];

    Occurrences(String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(steps, this.text.length);
        for (int i = 0; i < this.text.length - 1; i++) {
            steps[this.text[i] & 0xff] = this.text.length - 1 - i;
        }
    }

    int count(byte[] bytes, int from, int to) {
        int count = 0;
        int last = text.length - 1;
        int at = from;
        while (at + last < to) {
            if (Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
                count++;
            }
            at += steps[bytes[at + last] & 0xff];
        }
        return count;
    }
}
