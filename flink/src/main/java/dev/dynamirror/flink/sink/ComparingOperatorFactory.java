package dev.dynamirror.flink.sink;

import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes an operator that compares.
 *
 * @param <T> what it gives
 */
final class ComparingOperatorFactory<T> extends AbstractStreamOperatorFactory<T> {

    private static final long serialVersionUID = 1L;

    private final Maker<T> maker;

    /** Makes an operator in its task. */
    @FunctionalInterface
    interface Maker<T> extends Serializable {
        ComparingOperator<T> make(StreamOperatorParameters<T> parameters);
    }

    ComparingOperatorFactory(Maker<T> maker) {
        this.maker = maker;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as declared by Flink
    public <O extends StreamOperator<T>> O createStreamOperator(StreamOperatorParameters<T> parameters) {
        return (O) maker.make(parameters);
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ComparingOperator.class;
    }
}
