package dev.dynamirror.flink.sink;

import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Makes the operator that lets nothing pass before the table is ready, and its coordinator that makes it ready.
 *
 * @param <T> what passes
 */
final class PreparationGateFactory<T> extends AbstractStreamOperatorFactory<T>
        implements CoordinatedOperatorFactory<T>, OneInputStreamOperatorFactory<T, T> {

    private static final long serialVersionUID = 1L;

    private final MirrorPlan plan;

    PreparationGateFactory(MirrorPlan plan) {
        this.plan = plan;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String operatorName, OperatorID operatorId) {
        return new PreparationCoordinator.Provider(operatorId, plan);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as declared by Flink
    public <O extends StreamOperator<T>> O createStreamOperator(StreamOperatorParameters<T> parameters) {
        return (O) new Gate<>(parameters);
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return Gate.class;
    }

    /**
     * Holds its task in the state INITIALIZING until the coordinator says that the table is ready; afterwards it only
     * hands rows on. So no checkpoint is taken and no input ends before the table is ready.
     */
    private static final class Gate<T> extends AbstractStreamOperator<T>
            implements OneInputStreamOperator<T, T>, OperatorEventHandler {

        private static final long serialVersionUID = 1L;

        Gate(StreamOperatorParameters<T> parameters) {
            super(parameters);
        }

        @Override
        public void open() throws Exception {
            super.open();
            // Waits at the coordinator; a task that is cancelled is interrupted here.
            new CoordinatorClient(getContainingTask().getEnvironment(), getOperatorID())
                    .ask(new PreparationCoordinator.IsTableReady());
        }

        @Override
        public void processElement(StreamRecord<T> element) {
            output.collect(element);
        }

        @Override
        public void handleOperatorEvent(OperatorEvent event) {
            throw new IllegalStateException("the coordinator sends no events: " + event);
        }
    }
}
