package dev.dynamirror.flink.sink;

import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
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
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.SerializedValue;

/** Makes the operator that lets no row pass before the table is ready, and its coordinator that makes it ready. */
final class PreparationGateFactory extends AbstractStreamOperatorFactory<RowData>
        implements CoordinatedOperatorFactory<RowData>, OneInputStreamOperatorFactory<RowData, RowData> {

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
    public <T extends StreamOperator<RowData>> T createStreamOperator(StreamOperatorParameters<RowData> parameters) {
        return (T) new Gate(parameters);
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
    private static final class Gate extends AbstractStreamOperator<RowData>
            implements OneInputStreamOperator<RowData, RowData>, OperatorEventHandler {

        private static final long serialVersionUID = 1L;

        Gate(StreamOperatorParameters<RowData> parameters) {
            super(parameters);
        }

        @Override
        public void open() throws Exception {
            super.open();
            SerializedValue<CoordinationRequest> question =
                    new SerializedValue<>(new PreparationCoordinator.IsTableReady());
            boolean ready = false;
            while (!ready) {
                // Waits at the coordinator for a while; a task that is cancelled is interrupted here.
                ready = PreparationCoordinator.isReady(getContainingTask()
                        .getEnvironment()
                        .getOperatorCoordinatorEventGateway()
                        .sendRequestToCoordinator(getOperatorID(), question)
                        .get());
            }
        }

        @Override
        public void processElement(StreamRecord<RowData> row) {
            output.collect(row);
        }

        @Override
        public void handleOperatorEvent(OperatorEvent event) {
            throw new IllegalStateException("the coordinator sends no events: " + event);
        }
    }
}
