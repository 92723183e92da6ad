package dev.dynamirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaxDeletesTest {

    @ParameterizedTest
    @CsvSource({"0, 10, 0", "7, 3, 7", "50%, 10, 5", "50 %, 11, 5", "12.5%, 100, 12", "100%, 7, 7", "0%, 7, 0"})
    void aNumberOrAShare(String text, long items, long most) {
        assertThat(MaxDeletes.parse(text).of(items)).isEqualTo(most);
    }

    @Test
    void byDefaultHalfOfALargeTable() {
        assertThat(MaxDeletes.byDefault().of(1_000)).isEqualTo(1_000);
        assertThat(MaxDeletes.byDefault().of(1_001)).isEqualTo(500);
        assertThat(MaxDeletes.byDefault()).hasToString("50%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "-1", "101%", "1.5", "5 0", "99999999999999999999", "%", "1e3"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> MaxDeletes.parse(text))
                .isInstanceOf(MirrorException.class)
                .hasMessage("max-deletes is \"" + text
                        + "\"; expected a number of items like 1000, or a share of them from 0% to 100%");
    }

    @Test
    void moreIsAnErrorThatSaysHowToAllowIt() {
        DifferenceTotals totals = new DifferenceTotals(400, 3, 601, 0, 3, 601, Checksum.NONE, Checksum.NONE);
        assertThatThrownBy(() -> MaxDeletes.byDefault().check("orders", totals))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: reconciling would delete 601 of its 1001 items, as the live table, of 403 rows,"
                                + " doesn't have them; max-deletes is 50%, which allows 500, so nothing was changed. If the live"
                                + " table is right, allow it: max-deletes = 601");
        MaxDeletes.parse("601").check("orders", totals);
    }
}
