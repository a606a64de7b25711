package dev.slipway.platform.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.TooLargePackException;

/**
 * Ends a push that sends too much. JGit's own limit takes "nothing has arrived yet" for the end of the pack and then calls it
 * truncated.
 */
final class PackLimit extends FilterInputStream {
    private final long limit;
    private long left;

    PackLimit(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        return octet < 0 ? octet : counted(1, octet);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        return count < 0 ? count : counted(count, count);
    }

    private int counted(int count, int answer) throws IOException {
        left -= count;
        if (left < 0) {
            throw new TooLargePackException(limit);
        }
        return answer;
    }
}
