package dev.dynamirror.flink;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.call;

import dev.dynamirror.flink.sink.KeyAbsent;
import dev.dynamirror.flink.sink.KeyPresent;
import dev.dynamirror.flink.sink.MirrorPlan;
import dev.dynamirror.mirror.OnBadRow;
import java.util.List;
import org.apache.flink.table.api.ApiExpression;
import org.apache.flink.table.api.Table;
import org.jspecify.annotations.Nullable;

/**
 * A live table whose rows without a key are kept from its mirror, as the planner's own check would not say of which table
 * they are.
 *
 * @param present the rows with a key; unless others are set aside, it fails at one without
 * @param setAside the rows without a key, if they are set aside and there can be any
 */
record KeyColumns(Table present, @Nullable Table setAside) {

    static KeyColumns of(Table table, MirrorPlan plan) {
        List<String> nullable = plan.settings().keyColumns().stream()
                .filter(column -> plan.rowType()
                        .getTypeAt(plan.rowType().getFieldIndex(column))
                        .isNullable())
                .toList();
        if (nullable.isEmpty()) {
            return new KeyColumns(table, null);
        }
        if (plan.settings().rows().onBadRow() == OnBadRow.SET_ASIDE) {
            ApiExpression absent = nullable.stream()
                    .map(column -> call(new KeyAbsent(), $(column)))
                    .reduce(ApiExpression::or)
                    .orElseThrow();
            return new KeyColumns(table.where(absent.isNotTrue()), table.where(absent));
        }
        Table checked = table;
        for (String column : nullable) {
            checked = checked.where(
                    call(new KeyPresent(), $(column), plan.settings().tableName(), column));
        }
        return new KeyColumns(checked, null);
    }
}
