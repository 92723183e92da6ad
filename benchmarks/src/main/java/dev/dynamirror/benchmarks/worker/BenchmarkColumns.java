package dev.dynamirror.benchmarks.worker;

import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.item.RowEncoder.AttributeColumn;
import dev.dynamirror.item.RowEncoder.Columns;
import dev.dynamirror.item.RowEncoder.KeyColumn;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.table.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How dynamirror's core is told of the benchmark's rows. */
public final class BenchmarkColumns {

    private BenchmarkColumns() {}

    /** The table as core knows it. */
    public static TableSpec table() {
        return new TableSpec(Target.TABLE, new TableSpec.KeyPart("id", KeyType.N), null);
    }

    /** An encoder of rows of that size, whose changes are elements of batches. */
    public static RowEncoder<BenchmarkRow> encoder(RowSize rows) {
        List<AttributeColumn<BenchmarkRow>> attributes = new ArrayList<>();
        attributes.add(new AttributeColumn<>("name", (row, out) -> out.string(row.name())));
        attributes.add(new AttributeColumn<>("quantity", (row, out) -> out.number(row.quantity())));
        attributes.add(new AttributeColumn<>("price", (row, out) -> out.number(row.price())));
        if (rows == RowSize.LARGE) {
            attributes.add(
                    new AttributeColumn<>("payload", (row, out) -> out.string(Objects.requireNonNull(row.payload()))));
        }
        KeyColumn<BenchmarkRow> key = new KeyColumn<>("id", row -> KeyAttribute.number(row.id()));
        return new RowEncoder<>(
                Target.TABLE,
                new Columns<>(key, null, attributes, null),
                ChangeForm.batch(),
                UnstorableNumbers.BAD_ROW);
    }
}
