package dev.slipway.registry.repository;

import java.io.IOException;

/**
 * Port: a second place for what repositories note in files, so that it outlives the disk. It is changed before the file is, and only
 * what is in both was acknowledged.
 */
public interface SecondCopy {
    /**
     * Keeps content, durable when this returns.
     *
     * @param path below the store's root, such as {@code repositories/acme/shop/_tags/v1}
     */
    void put(String path, byte[] content) throws IOException;

    /** Forgets a path; does nothing if it is not kept. */
    void delete(String path) throws IOException;

    /** Keeps nothing. */
    static SecondCopy none() {
        return new SecondCopy() {
            @Override
            public void put(String path, byte[] content) {}

            @Override
            public void delete(String path) {}
        };
    }
}
