package dev.slipway.platform.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;

/** Turns what JGit says about a pack it could not take into what a person can act on. */
final class UnpackFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    private UnpackFailure(String reason, String sentence, Throwable cause) {
        super(reason, cause);
        this.sentence = sentence;
    }

    /** The long form for the output; the message is the short form for the status line. */
    String sentence() {
        return sentence;
    }

    static UnpackFailure of(Throwable cause, GitLimits limits) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof TooLargePackException) {
                return new UnpackFailure(
                        "pack too large",
                        "The push is larger than " + size(limits.maxPackBytes())
                                + ". Take large files out of the history, or push in several steps; the operator sets the"
                                + " limit by slipway.git.max-pack-size.",
                        cause);
            }
            if (t instanceof TooLargeObjectInPackException) {
                return new UnpackFailure(
                        "object too large",
                        "A file is larger than " + size(limits.maxObjectBytes())
                                + ". Keep such files in an object store; the operator sets the limit by"
                                + " slipway.git.max-object-size.",
                        cause);
            }
            if (t instanceof OutOfMemoryError) {
                return new UnpackFailure(
                        "object too large",
                        "The push needs more memory to unpack than Slipway has."
                                + " Take large files that change often out of the history.",
                        cause);
            }
            if (t instanceof CorruptObjectException
                    || t instanceof EOFException
                    || t instanceof MissingObjectException) {
                return new UnpackFailure(
                        "corrupt pack",
                        "The pack is damaged or incomplete (" + oneLine(t)
                                + "). Nothing was stored. Check with git fsck --full and push again.",
                        cause);
            }
            if (t instanceof InterruptedIOException) {
                return new UnpackFailure(
                        "timeout", "The client sent nothing for too long. Nothing was stored, push" + " again.", cause);
            }
        }
        return new UnpackFailure(
                "unpack failed",
                "The push could not be stored (" + oneLine(cause) + "). Check with git fsck --full and push again.",
                cause);
    }

    private static String oneLine(Throwable t) {
        String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
        return message.replaceAll("\\s+", " ").strip();
    }

    private static String size(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MB" : bytes + " bytes";
    }
}
