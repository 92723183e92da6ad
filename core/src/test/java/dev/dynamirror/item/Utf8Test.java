package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Utf8Test {

    @Test
    void everyCharacterIsValid() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                Utf8.check(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80, 0x80, 0",
        "6180, 0x80, 1",
        "c080, 0xc0, 0",
        "c1bf, 0xc1, 0",
        "c3, 0xc3, 0",
        "c328, 0xc3, 0",
        "e08080, 0xe0, 0",
        "e09fbf, 0xe0, 0",
        "e282, 0xe2, 0",
        "e28228, 0xe2, 0",
        "eda080, 0xed, 0",
        "edbfbf, 0xed, 0",
        "f08fbfbf, 0xf0, 0",
        "f0908d, 0xf0, 0",
        "f4908080, 0xf4, 0",
        "f5808080, 0xf5, 0",
        "e282acff, 0xff, 3"
    })
    void allElseIsNot(String hex, String first, int index) {
        assertThatThrownBy(() -> Utf8.check(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IllegalValueException.class)
                .hasMessage("the string is no valid UTF-8: the byte " + first + " at index " + index
                        + " begins no character");
    }

    /** The JDK's decoder is the reference. */
    @Test
    void randomBytesAreValidWhenTheJdkSaysSo() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pool = HexFormat.of().parseHex("41227f8090a0bfc0c2dfe0e2edeff0f1f4f5ff");
        int valid = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] text = new byte[random.nextInt(6)];
            for (int j = 0; j < text.length; j++) {
                text[j] = pool[random.nextInt(pool.length)];
            }
            boolean expected = isValid(text);
            valid += expected ? 1 : 0;
            boolean found = true;
            try {
                Utf8.check(text);
            } catch (IllegalValueException e) {
                found = false;
            }
            assertThat(found).as(Arrays.toString(text)).isEqualTo(expected);
        }
        assertThat(valid).isBetween(50_000, 250_000);
    }

    private static boolean isValid(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
