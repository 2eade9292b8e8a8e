package dev.etalon.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Shares numbered work among two threads: more would not leave anything to the other tests. */
final class InParallel {
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private InParallel() {}

    /**
     * Does something with the numbers from 0 on.
     *
     * @param count of numbers
     * @param work what to do with some of them
     * @return what came of it, one for each thread
     */
    static <T> List<T> run(int count, Function<IntStream, T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> parts = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = t;
                parts.add(threads.submit(() ->
                        work.apply(IntStream.iterate(first, number -> number < count, number -> number + THREADS))));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> part : parts) {
                all.add(part.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }
}
