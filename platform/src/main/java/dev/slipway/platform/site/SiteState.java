package dev.slipway.platform.site;

import java.util.Optional;

/**
 * The life cycle of a site. That an operator drains it is kept while it is silent, so that it comes back as it was left.
 */
public sealed interface SiteState {

    /** The state after an event, or empty when the event changes nothing here. */
    Optional<SiteState> on(SiteEvent event);

    /** Known, and has not answered yet. Nothing is placed there. */
    record Joining() implements SiteState {
        @Override
        public Optional<SiteState> on(SiteEvent event) {
            return switch (event) {
                case ANSWERS -> Optional.of(new Active());
                case DRAIN -> Optional.of(new Draining());
                case SILENT, GIVEN_UP, SETTLED, UNDRAIN -> Optional.empty();
            };
        }
    }

    /** Answers, and takes instances. */
    record Active() implements SiteState {
        @Override
        public Optional<SiteState> on(SiteEvent event) {
            return switch (event) {
                case SILENT -> Optional.of(new Suspect(false));
                case DRAIN -> Optional.of(new Draining());
                case ANSWERS, GIVEN_UP, SETTLED, UNDRAIN -> Optional.empty();
            };
        }
    }

    /** Answers, and takes no more instances; what runs there moves to other sites, as far as there is room. */
    record Draining() implements SiteState {
        @Override
        public Optional<SiteState> on(SiteEvent event) {
            return switch (event) {
                case SILENT -> Optional.of(new Suspect(true));
                case UNDRAIN -> Optional.of(new Active());
                case ANSWERS, GIVEN_UP, SETTLED, DRAIN -> Optional.empty();
            };
        }
    }

    /**
     * Does not answer. Nothing is placed there, nothing is replaced yet, and nothing there is killed.
     *
     * @param draining whether it was being drained
     */
    record Suspect(boolean draining) implements SiteState {
        @Override
        public Optional<SiteState> on(SiteEvent event) {
            return switch (event) {
                case ANSWERS -> Optional.of(inUse(draining));
                case GIVEN_UP -> Optional.of(new Lost(draining));
                case DRAIN -> draining ? Optional.empty() : Optional.of(new Suspect(true));
                case UNDRAIN -> draining ? Optional.of(new Suspect(false)) : Optional.empty();
                case SILENT, SETTLED -> Optional.empty();
            };
        }
    }

    /**
     * Has not answered for so long that what was promised runs elsewhere.
     *
     * @param draining whether it was being drained
     */
    record Lost(boolean draining) implements SiteState {
        @Override
        public Optional<SiteState> on(SiteEvent event) {
            return switch (event) {
                case ANSWERS -> Optional.of(new Recovering(draining));
                case DRAIN -> draining ? Optional.empty() : Optional.of(new Lost(true));
                case UNDRAIN -> draining ? Optional.of(new Lost(false)) : Optional.empty();
                case SILENT, GIVEN_UP, SETTLED -> Optional.empty();
            };
        }
    }

    /**
     * Answers again. What still runs there and was replaced meanwhile is being ended; nothing new is placed there.
     *
     * @param draining whether it was being drained
     */
    record Recovering(boolean draining) implements SiteState {
        @Override
        public Optional<SiteState> on(SiteEvent event) {
            return switch (event) {
                case SETTLED -> Optional.of(inUse(draining));
                case SILENT -> Optional.of(new Lost(draining));
                case DRAIN -> draining ? Optional.empty() : Optional.of(new Recovering(true));
                case UNDRAIN -> draining ? Optional.of(new Recovering(false)) : Optional.empty();
                case ANSWERS, GIVEN_UP -> Optional.empty();
            };
        }
    }

    /** Whether new instances may be placed there. */
    default boolean takesInstances() {
        return this instanceof Active;
    }

    /** Whether it is worth asking it for something: it answered when it was asked last. */
    default boolean answers() {
        return this instanceof Active || this instanceof Draining || this instanceof Recovering;
    }

    /** The stored name: {@code ACTIVE}, {@code LOST}, … */
    default String code() {
        return switch (this) {
            case Joining s -> "JOINING";
            case Active s -> "ACTIVE";
            case Draining s -> "DRAINING";
            case Suspect s -> "SUSPECT";
            case Lost s -> "LOST";
            case Recovering s -> "RECOVERING";
        };
    }

    /** Whether an operator drains it. */
    default boolean drains() {
        return switch (this) {
            case Draining s -> true;
            case Suspect s -> s.draining();
            case Lost s -> s.draining();
            case Recovering s -> s.draining();
            case Joining s -> false;
            case Active s -> false;
        };
    }

    /** The state of a stored name. */
    static SiteState of(String code, boolean draining) {
        return switch (code) {
            case "JOINING" -> new Joining();
            case "ACTIVE" -> new Active();
            case "DRAINING" -> new Draining();
            case "SUSPECT" -> new Suspect(draining);
            case "LOST" -> new Lost(draining);
            case "RECOVERING" -> new Recovering(draining);
            default -> throw new IllegalStateException("unknown state of a site stored: " + code);
        };
    }

    private static SiteState inUse(boolean draining) {
        return draining ? new Draining() : new Active();
    }
}
