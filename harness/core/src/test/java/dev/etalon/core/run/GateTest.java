package dev.etalon.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.target.Hold;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One request waits, one opener lets it go; and a stop is asked for once. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GateTest {
    @Test
    void eachKindHoldsBackItsShareOfTheBody() {
        assertThat(Gate.lastByte().tailBytes(512)).isEqualTo(1);
        assertThat(Gate.half().tailBytes(512)).isEqualTo(256);
        assertThat(Gate.start().tailBytes(512)).isZero();
    }

    @Test
    void aSenderAtItsTailWaitsUntilTheGateOpens() throws Exception {
        Gate gate = Gate.lastByte();
        CompletableFuture<Long> passed = CompletableFuture.supplyAsync(() -> {
            try {
                gate.atTail();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return System.nanoTime();
        });
        assertThat(gate.awaitArrival(5, TimeUnit.MINUTES)).isTrue();
        assertThat(passed).isNotDone();
        assertThat(gate.releasedNs()).isZero();
        gate.open();
        assertThat(passed.get()).isGreaterThanOrEqualTo(gate.releasedNs());
    }

    @Test
    void aGateWritesItsTailAtOnceAndWakesItsSenderWhenItIsLeft() throws Exception {
        List<String> calls = new ArrayList<>();
        Gate gate = Gate.socket();
        gate.atTail(new Hold.Tail() {
            @Override
            public void write() {
                calls.add("write");
            }

            @Override
            public void send() {
                calls.add("send");
            }
        });
        assertThat(gate.write()).isTrue();
        assertThat(gate.releasedNs()).isNotZero();
        assertThat(calls).containsExactly("write");
        assertThat(gate.write()).as("the second time").isFalse();
        gate.leave();
        assertThat(calls).containsExactly("write", "send");
    }

    @Test
    void aTailThatComesToAWrittenGateIsSentByItsOwnSender() throws Exception {
        Gate gate = Gate.socket();
        assertThat(gate.write()).isTrue();
        List<String> calls = new ArrayList<>();
        gate.atTail(() -> calls.add("send"));
        assertThat(calls).containsExactly("send");
    }

    @Test
    void anOpenGateHoldsNobody() throws Exception {
        Gate gate = Gate.half();
        gate.open();
        gate.atTail();
        assertThat(gate.releasedNs()).isNotZero();
    }

    @Test
    void whoIsDoneBeforeItsTailHasArrivedToo() throws Exception {
        Gate gate = Gate.lastByte();
        assertThat(gate.awaitArrival(0, TimeUnit.SECONDS)).isFalse();
        gate.arrive();
        assertThat(gate.awaitArrival(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptedSenderIsCutOffAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Gate.lastByte().atTail()).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theFirstReasonToStopStays() {
        Stop stop = new Stop();
        assertThat(stop.requested()).isFalse();
        stop.request("first");
        stop.request("second");
        assertThat(stop.reason()).contains("first");
    }

    @Test
    void aStopReachesTheRunsBelowButNotTheSessionAbove() {
        Stop session = new Stop();
        Stop run = new Stop(session);
        Stop sibling = new Stop(session);
        run.request("this server is gone");
        assertThat(session.requested()).isFalse();
        session.request("interrupted");
        assertThat(sibling.reason()).contains("interrupted");
        assertThat(run.reason()).contains("this server is gone");
    }
}
