package dev.slipway.registry.http;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Bytes whose number nobody said, taken only as long as the account has room for them. */
final class RoomStream extends FilterInputStream {
    private final Registry registry;
    private final RepositoryName repository;
    private final Optional<Digest> promised;
    private long total;
    private long granted;

    /**
     * @param before bytes of the same content that came earlier
     */
    RoomStream(InputStream in, Registry registry, RepositoryName repository, Optional<Digest> promised, long before) {
        super(in);
        this.registry = registry;
        this.repository = repository;
        this.promised = promised;
        this.total = before;
        this.granted = registry.room(repository);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        came(Math.max(0, read));
        return read;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        return in.transferTo(new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                came(1);
                out.write(single);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                came(length);
                out.write(bytes, offset, length);
            }
        });
    }

    private void came(int bytes) {
        total += bytes;
        if (total > granted) {
            registry.requireRoom(repository, promised, total);
            granted = Math.max(total, registry.room(repository));
        }
    }
}
