package dev.slipway.platform.placement;

import java.util.Map;

/** Whether an instance that runs well would be better off at another site: moving has a price, so equal is not better. */
public final class Balance {
    private Balance() {}

    /**
     * Compares two sites as a policy does that is asked anew.
     *
     * @param from where the instance is
     * @param to where it would be placed now
     * @param others how many others of the app are at each site
     */
    public static boolean isBetter(Policy policy, String from, String to, Map<String, Integer> others) {
        if (from.equals(to)) {
            return false;
        }
        int tiers = Integer.compare(policy.tier(to), policy.tier(from));
        if (tiers != 0) {
            return tiers < 0;
        }
        return policy.spread().contains(Domain.SITE) && others.getOrDefault(to, 0) < others.getOrDefault(from, 0);
    }
}
