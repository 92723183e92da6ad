package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Where plain text ends. */
final class PlainTextTest {

    @Test
    void eachByteAtEachPlaceIsFound() {
        for (int length = 0; length <= 20; length++) {
            for (int at = 0; at < length; at++) {
                for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
                    byte[] text = plain(length);
                    text[at] = (byte) value;
                    boolean isPlain = value >= ' ' && value != '"' && value != '\\';
                    assertThat(PlainText.end(text, 0))
                            .as("%d at %d of %d", value, at, length)
                            .isEqualTo(isPlain ? length : at);
                }
            }
        }
    }

    @Test
    void twoSpecialBytesDoNotHideEachOther() {
        byte[] specials = {'"', '\\', 0x1f, 0, -1, '!', '#', '[', ']', 0x7f, 0x21, 0x20};
        for (byte first : specials) {
            for (byte second : specials) {
                byte[] text = plain(16);
                text[3] = first;
                text[4] = second;
                int end = PlainText.isPlain(first) ? (PlainText.isPlain(second) ? 16 : 4) : 3;
                assertThat(PlainText.end(text, 0)).as("%d, %d", first, second).isEqualTo(end);
                assertThat(PlainText.end(text, 5)).isEqualTo(16);
            }
        }
    }

    @Test
    void aQuestionMarkIsNoHalfOfASurrogatePair() {
        assertThat(isAscii("what? this")).isTrue();
        assertThat(isAscii("?".repeat(30) + "a")).isTrue();
        assertThat(isAscii("a".repeat(30) + "?b\ud83d" + "c".repeat(30))).isFalse();
        assertThat(isAscii("?".repeat(30) + "\ude00")).isFalse();
        assertThat(isAscii("what\ud83d this")).isFalse();
        assertThat(isAscii("wh\u00e4t")).isFalse();
        assertThat(isAscii("\u0141 is no A")).isFalse();
    }

    private static boolean isAscii(String text) {
        return PlainText.isAscii(text, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] plain(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'a');
        return text;
    }
}
