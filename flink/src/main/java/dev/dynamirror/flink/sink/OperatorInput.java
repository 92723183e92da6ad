package dev.dynamirror.flink.sink;

import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One input of an operator that has several.
 *
 * @param <T> what comes
 */
@SuppressWarnings("unchecked") // what AbstractInput inherits, and an input gives nothing by itself
final class OperatorInput<T> extends AbstractInput<T, Object> {

    private final Taker<T> taker;

    /** Takes what comes. */
    @FunctionalInterface
    interface Taker<T> {
        void take(T value) throws Exception;
    }

    /**
     * An input.
     *
     * @param number which one it is, from 1
     */
    OperatorInput(AbstractStreamOperatorV2<?> operator, int number, Taker<T> taker) {
        super((AbstractStreamOperatorV2<Object>) operator, number);
        this.taker = taker;
    }

    @Override
    public void processElement(StreamRecord<T> element) throws Exception {
        taker.take(element.getValue());
    }
}
