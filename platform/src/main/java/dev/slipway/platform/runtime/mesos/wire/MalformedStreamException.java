package dev.slipway.platform.runtime.mesos.wire;

import java.io.IOException;

/** What came is not what the protocol allows, or more than is taken. */
public final class MalformedStreamException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedStreamException(String what) {
        super("Mesos sent something that cannot be read: " + what);
    }
}
