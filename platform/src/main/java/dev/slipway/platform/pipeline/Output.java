package dev.slipway.platform.pipeline;

import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.platform.transcript.Transcripts;

/** Writes a deployment's part of a transcript in the form people know from a push. */
final class Output {
    private final Transcripts transcripts;
    private final TranscriptId id;

    Output(Transcripts transcripts, TranscriptId id) {
        this.transcripts = transcripts;
        this.id = id;
    }

    /** {@code -----> text}. */
    void step(String text) {
        transcripts.append(id, "-----> " + text + "\n");
    }

    /** Seven spaces and text, each of its lines. */
    void detail(String text) {
        transcripts.append(id, indented("       ", text));
    }

    /** {@code =====> text}. */
    void end(String text) {
        transcripts.append(id, "=====> " + text + "\n");
    }

    /** {@code  !     text}, each of its lines. */
    void error(String text) {
        transcripts.append(id, indented(" !     ", text));
    }

    void close() {
        transcripts.close(id);
    }

    private static String indented(String indent, String text) {
        StringBuilder out = new StringBuilder();
        text.lines()
                .forEach(line -> out.append(indent)
                        .append(line.startsWith("       ") ? line.substring(7) : line)
                        .append('\n'));
        return out.toString();
    }
}
