package dev.slipway.platform.verbs;

import java.util.List;
import java.util.function.Supplier;

/** The verbs about one noun. Every bean of this type is found by the {@link VerbCatalogue}. */
interface VerbGroup {
    /** Each makes one verb, ready to be filled by a parser. */
    List<Supplier<Verb>> verbs();
}
