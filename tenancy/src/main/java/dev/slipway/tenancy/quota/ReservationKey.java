package dev.slipway.tenancy.quota;

import java.util.UUID;

/**
 * What a reservation is for: reserving again under the same key counts once.
 *
 * @param kind the noun, for example {@code instance}
 * @param id the thing's final id
 */
public record ReservationKey(String kind, UUID id) {
    public static ReservationKey instance(UUID id) {
        return new ReservationKey("instance", id);
    }

    public static ReservationKey oneOff(UUID id) {
        return new ReservationKey("one-off", id);
    }

    public static ReservationKey build(UUID id) {
        return new ReservationKey("build", id);
    }

    public static ReservationKey blob(UUID id) {
        return new ReservationKey("blob", id);
    }

    public static ReservationKey app(UUID id) {
        return new ReservationKey("app", id);
    }
}
