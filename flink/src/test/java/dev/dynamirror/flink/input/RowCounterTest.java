package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.value.Schema;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class RowCounterTest {

    @Test
    void rowsAreCountedAndPassedOn() {
        Counter counter = new SimpleCounter();
        OperatorMetricGroup group = fake(
                OperatorMetricGroup.class,
                (proxy, method, arguments) -> Map.of("rowsRead", counter).get(arguments[0]));
        RowCounter rows = new RowCounter(FlinkRows.type(Schema.parse("a int")));
        rows.setRuntimeContext(fake(RuntimeContext.class, (proxy, method, arguments) -> group));
        rows.open(new OpenContext() {});
        Row row = Row.of(1L);

        assertThat(rows.map(row)).isSameAs(row);
        rows.map(row);

        assertThat(counter.getCount()).isEqualTo(2);
    }

    /** An interface of which only one method is called. */
    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
