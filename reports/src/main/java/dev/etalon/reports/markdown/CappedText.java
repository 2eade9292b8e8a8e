package dev.etalon.reports.markdown;

import java.nio.charset.StandardCharsets;

/** Text that grows block by block, up to a number of bytes; what no longer fits is counted. */
final class CappedText {
    private final StringBuilder text = new StringBuilder();
    private final int bytesMax;
    private int bytes;
    private int left;

    CappedText(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Adds a block whole, or not at all. */
    void add(String block) {
        int more = block.getBytes(StandardCharsets.UTF_8).length;
        // Once something was left out nothing follows: a smaller block would look as if it came next.
        if (left > 0 || bytes + more > bytesMax) {
            left++;
        } else {
            text.append(block);
            bytes += more;
        }
    }

    /** How many blocks did not fit. */
    int left() {
        return left;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
