package dev.etalon.core.run;

import dev.etalon.core.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * After jcstress's strides: every racer walks the same keys without waiting for the others, so that the offsets drift
 * through all values, and what it costs to bring the racers together is paid once for all keys.
 */
final class Stride implements Aligner {
    @Override
    public void race(Volley volley) throws InterruptedException {
        race(List.of(volley));
    }

    @Override
    public void race(List<Volley> volleys) throws InterruptedException {
        Volley first = volleys.get(0);
        List<Gate> starts = new ArrayList<>();
        for (int racer : first.order()) {
            Gate start = Gate.start();
            starts.add(start);
            List<CompletableFuture<Operation>> operations = new ArrayList<>();
            for (Volley volley : volleys) {
                CompletableFuture<Operation> operation = new CompletableFuture<>();
                volley.add(operation);
                operations.add(operation);
            }
            first.threads().execute(() -> walk(racer, volleys, operations, start));
        }
        Volley.awaitArrivals(starts);
        starts.forEach(Gate::open);
    }

    private static void walk(
            int racer, List<Volley> volleys, List<CompletableFuture<Operation>> operations, Gate start) {
        try {
            start.arrive();
            start.awaitOpen();
            boolean answered = true;
            for (int i = 0; i < volleys.size() && answered; i++) {
                Operation operation = volleys.get(i).sendHere(racer);
                operations.get(i).complete(operation);
                answered = operation.status() != 0;
            }
            // Who waited for an answer in vain has lost the others; the rounds that are left will be repeated.
            operations.forEach(operation -> operation.cancel(false));
        } catch (Exception e) {
            operations.forEach(operation -> operation.completeExceptionally(e));
        }
    }
}
