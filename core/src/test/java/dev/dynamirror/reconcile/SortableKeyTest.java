package dev.dynamirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class SortableKeyTest {

    @Test
    void equalKeysHaveEqualBytes() {
        assertThat(SortableKey.of(Key.of(KeyAttribute.number(new BigDecimal("1.0")), null)))
                .isEqualTo(SortableKey.of(Key.of(KeyAttribute.number(1), null)));
        assertThat(SortableKey.of(Key.of(KeyAttribute.string("a"), KeyAttribute.number(-0.0))))
                .isEqualTo(SortableKey.of(Key.of(KeyAttribute.string("a"), KeyAttribute.number(0))));
    }

    @Test
    void keysWhosePartsAreCutElsewhereHaveOtherBytes() {
        assertThat(SortableKey.of(key("a$", "b"))).isNotEqualTo(SortableKey.of(key("a", "$b")));
        assertThat(SortableKey.of(key("a", "b\0\0\0\1"))).isNotEqualTo(SortableKey.of(key("ab\0\0", "\0\1")));
    }

    private static Key key(String partition, String sort) {
        return Key.of(KeyAttribute.string(partition), KeyAttribute.string(sort));
    }
}
