package dev.dynamirror.testkit.faulty;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The faults of the moment. */
final class Weather {

    private final Deque<Fault> next = new ArrayDeque<>();
    private volatile Faults faults = Faults.none();
    private volatile boolean throttleEverything;
    private boolean hanging;
    private boolean closed;

    void faults(Faults newFaults) {
        faults = newFaults;
    }

    synchronized void next(List<Fault> scripted) {
        next.addAll(scripted);
    }

    void throttleEverything(boolean throttle) {
        throttleEverything = throttle;
    }

    synchronized void hang(boolean hang) {
        hanging = hang;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Returns when nothing hangs; false if the server is closed. */
    synchronized boolean awaitMotion() throws InterruptedException {
        while (hanging && !closed) {
            wait();
        }
        return !closed;
    }

    /** What befalls this request. */
    Fault of(Request request) {
        if (throttleEverything && (request.isItemWrite() || request.isItemRead())) {
            return Fault.THROTTLE;
        }
        if (request.isItemWrite()) {
            synchronized (this) {
                Fault scripted = next.poll();
                if (scripted != null) {
                    return scripted;
                }
            }
        }
        Faults current = faults;
        return current.concern(request) ? current.of(request) : Fault.NONE;
    }
}
