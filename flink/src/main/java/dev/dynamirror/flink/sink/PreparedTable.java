package dev.dynamirror.flink.sink;

import org.apache.flink.runtime.execution.Environment;

/**
 * A table that a mirror prepares: it is compared unless that was done before.
 *
 * @param gate the stable id of the mirror's gate
 */
record PreparedTable(String gate) implements TableOfItems {

    @Override
    public boolean await(Environment environment) throws InterruptedException {
        return new CoordinatorClient(environment, CoordinatorClient.gate(gate))
                        .ask(new PreparationCoordinator.IsTableCompared())
                == PreparationCoordinator.Answer.COMPARE;
    }
}
