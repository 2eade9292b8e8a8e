package dev.etalon.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Who had the processors of this machine: this VM and the processes it started, or others. */
@FunctionalInterface
interface Processors {
    /** Returns what has been used up to now. */
    Use use();

    /**
     * Time of the processors, from when the machine was started.
     *
     * @param all time there was, of all processors together; any unit, the same for all three
     * @param busy time in which one worked, or in which the host of a virtual machine had it
     * @param ours part of {@code busy} for this VM and its descendants
     */
    record Use(long all, long busy, long ours) {
        /** Returns the share of all processors that others had from here until {@code later}, 0 to 1. */
        double shareOfOthers(Use later) {
            long there = later.all - all;
            // Descendants that ended unseen take their time with them: then ours may go back.
            long others = (later.busy - busy) - Math.max(0, later.ours - ours);
            return there <= 0 ? 0 : Math.min(1, Math.max(0, (double) others / there));
        }
    }

    /** Linux counts exactly; elsewhere more that can run than there are processors means that others have all of them. */
    static Processors ofThisMachine() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("stat")) ? new Linux(proc) : new LoadAverage();
    }

    /**
     * As Linux counts, in its ticks: proc_stat(5), proc_pid_stat(5).
     *
     * @param proc where the process file system is
     */
    record Linux(Path proc) implements Processors {
        private static final int IDLE = 3;
        private static final int IO_WAIT = 4;
        /** Columns that add up; what follows is contained in earlier ones. */
        private static final int GUEST = 8;
        /** Columns of a process after its name: time in user mode, in system mode, and both of the children it waited for. */
        private static final int USER_TIME = 11;

        private static final int TIMES = 4;

        @Override
        public Use use() {
            try (Stream<String> lines = Files.lines(proc.resolve("stat"), StandardCharsets.US_ASCII)) {
                long[] machine = numbers(lines.findFirst().orElseThrow().split("\\s+"), 1, GUEST);
                long all = LongStream.of(machine).sum();
                ProcessHandle self = ProcessHandle.current();
                long ours = Stream.concat(Stream.of(self), self.descendants())
                        .mapToLong(process -> timeOf(process.pid()))
                        .sum();
                return new Use(all, all - machine[IDLE] - machine[IO_WAIT], ours);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns the time of a process, and of the children it waited for; 0 if it has ended. */
        private long timeOf(long pid) {
            try {
                String stat = Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"));
                String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return LongStream.of(numbers(afterName, USER_TIME, TIMES)).sum();
            } catch (IOException e) {
                return 0;
            }
        }

        private static long[] numbers(String[] columns, int from, int count) {
            return Stream.of(columns)
                    .skip(from)
                    .limit(count)
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }

    /** What any Unix tells. It cannot tell ours from others', and Windows does not tell it: there the machine is never busy. */
    final class LoadAverage implements Processors {
        private long reads;
        private long crowded;

        @Override
        public Use use() {
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            crowded += load > 2.0 * Runtime.getRuntime().availableProcessors() ? 1 : 0;
            return new Use(++reads, crowded, 0);
        }
    }
}
