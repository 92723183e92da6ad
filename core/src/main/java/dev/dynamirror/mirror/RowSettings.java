package dev.dynamirror.mirror;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a mirror's rows become items.
 *
 * @param schema the types of those columns whose type the engine's own does not tell, or null
 * @param onBadRow what is done with a row that can't become an item
 * @param badRows the folder of the files of bad rows, there if and only if they are set aside
 * @param unstorableNumbers what becomes of numbers that DynamoDB can't store
 */
public record RowSettings(
        @Nullable Schema schema,
        OnBadRow onBadRow,
        @Nullable String badRows,
        UnstorableNumbers unstorableNumbers) implements Serializable {

    /**
     * Checks that there is a folder for bad rows if they are set aside, and only then.
     *
     * @throws MirrorException if not
     */
    public RowSettings {
        if (onBadRow == OnBadRow.SET_ASIDE && badRows == null) {
            throw new MirrorException("bad rows are to be set aside, but no folder for them is given");
        }
        if (onBadRow != OnBadRow.SET_ASIDE && badRows != null) {
            throw new MirrorException(
                    "there is a folder for bad rows, " + badRows + ", but they are not to be set aside");
        }
    }
}
