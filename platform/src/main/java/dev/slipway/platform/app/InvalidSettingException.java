package dev.slipway.platform.app;

import dev.slipway.tenancy.identity.RefusalException;

/** A person asked for a setting that cannot be; the message is a sentence for that person. */
public final class InvalidSettingException extends RefusalException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String sentence) {
        super("invalid-setting", sentence);
    }
}
