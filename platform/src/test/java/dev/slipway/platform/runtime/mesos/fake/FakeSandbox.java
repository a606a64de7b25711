package dev.slipway.platform.runtime.mesos.fake;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files a task leaves: stdout and stderr. */
public final class FakeSandbox {
    private final SortedMap<String, ByteArrayOutputStream> files = new TreeMap<>();

    FakeSandbox() {
        files.put("stderr", new ByteArrayOutputStream());
        files.put("stdout", new ByteArrayOutputStream());
    }

    /** Adds to a file. */
    public synchronized void append(String file, byte[] bytes, int length) {
        files.computeIfAbsent(file, name -> new ByteArrayOutputStream()).write(bytes, 0, length);
    }

    synchronized SortedMap<String, Integer> sizes() {
        SortedMap<String, Integer> sizes = new TreeMap<>();
        files.forEach((name, content) -> sizes.put(name, content.size()));
        return sizes;
    }

    synchronized byte[] read(String file, long offset, long length) {
        byte[] all = files.get(file).toByteArray();
        int from = (int) Math.min(all.length, offset);
        int to = (int) Math.min(all.length, from + length);
        return Arrays.copyOfRange(all, from, to);
    }
}
