package dev.slipway.platform.program;

/** A program that is to be a proxy and nothing else cannot be one. The message is for the operator. */
final class ProxyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProxyRefusedException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
