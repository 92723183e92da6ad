package dev.dynamirror.flink.sink;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.SerializedValue;

/** A task's way to the {@link PreparationCoordinator} of its mirror, which is that of the gate. */
final class CoordinatorClient {

    private final Environment environment;
    private final OperatorID gate;

    /**
     * A way to the coordinator of a gate.
     *
     * @param environment the asking task's
     * @param gate the gate's operator
     */
    CoordinatorClient(Environment environment, OperatorID gate) {
        this.environment = environment;
        this.gate = gate;
    }

    /** The operator of a gate with that stable id; that they belong together is what savepoints are built on. */
    static OperatorID gate(String uid) {
        return new OperatorID(StreamGraphHasherV2.generateUserSpecifiedHash(uid));
    }

    /**
     * Asks until there is an answer: the coordinator holds each question for a while.
     *
     * @throws InterruptedException if the task is cancelled meanwhile
     */
    PreparationCoordinator.Answer ask(CoordinationRequest question) throws InterruptedException {
        PreparationCoordinator.Answer answer = PreparationCoordinator.Answer.NOT_YET;
        try {
            SerializedValue<CoordinationRequest> serialized = new SerializedValue<>(question);
            while (answer == PreparationCoordinator.Answer.NOT_YET) {
                answer = PreparationCoordinator.Answer.of(environment
                        .getOperatorCoordinatorEventGateway()
                        .sendRequestToCoordinator(gate, serialized)
                        .get());
            }
            return answer;
        } catch (IOException | ExecutionException e) {
            throw new FlinkRuntimeException("the mirror's coordinator can't be asked", e);
        }
    }
}
