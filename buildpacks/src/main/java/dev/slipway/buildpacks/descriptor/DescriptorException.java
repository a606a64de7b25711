package dev.slipway.buildpacks.descriptor;

/** A descriptor file that cannot be understood; the message is for the developer. */
public class DescriptorException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String key;
    private final String problem;

    /**
     * Makes the exception from its parts.
     *
     * @param file name of the file, for example {@code app.json}
     * @param line line number from 1, or 0 if unknown
     * @param key path of the key, for example {@code formation.web.quantity}, or empty
     * @param problem a sentence: what is wrong and what would be right
     */
    public DescriptorException(String file, int line, String key, String problem) {
        super(file + (line > 0 ? " line " + line : "") + (key.isEmpty() ? "" : ", key " + key) + ": " + problem);
        this.file = file;
        this.line = line;
        this.key = key;
        this.problem = problem;
    }

    /** Name of the file. */
    public String file() {
        return file;
    }

    /** Line number from 1, or 0 if unknown. */
    public int line() {
        return line;
    }

    /** Path of the key, or empty. */
    public String key() {
        return key;
    }

    /** What is wrong and what would be right. */
    public String problem() {
        return problem;
    }
}
