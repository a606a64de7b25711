package dev.slipway.platform.runtime.docker;

import java.util.List;
import java.util.Optional;

/**
 * An IPv4 range that is cut into equal subnets.
 *
 * @param base first address as a number
 * @param prefix length of the range's own prefix
 * @param subnetPrefix length of the prefix of one subnet
 */
record SubnetPool(int base, int prefix, int subnetPrefix) {

    /** A subnet: first address and length of the prefix. */
    record Subnet(int base, int prefix) {

        static Subnet parse(String text) {
            int slash = text.indexOf('/');
            String[] parts = (slash < 0 ? text : text.substring(0, slash)).split("\\.", -1);
            int prefix = slash < 0 ? 32 : Integer.parseInt(text.substring(slash + 1));
            if (parts.length != 4 || prefix < 0 || prefix > 32) {
                throw new IllegalArgumentException("A subnet is written like 10.200.0.0/14, not like " + text);
            }
            int address = 0;
            for (String part : parts) {
                int octet = Integer.parseInt(part);
                if (octet < 0 || octet > 255) {
                    throw new IllegalArgumentException("A subnet is written like 10.200.0.0/14, not like " + text);
                }
                address = address << 8 | octet;
            }
            return new Subnet(address & mask(prefix), prefix);
        }

        boolean overlaps(Subnet other) {
            int mask = mask(Math.min(prefix, other.prefix));
            return (base & mask) == (other.base & mask);
        }

        private static int mask(int prefix) {
            return prefix == 0 ? 0 : -1 << (32 - prefix);
        }

        @Override
        public String toString() {
            return (base >>> 24) + "." + (base >>> 16 & 255) + "." + (base >>> 8 & 255) + "." + (base & 255) + "/"
                    + prefix;
        }
    }

    static SubnetPool of(String range, int subnetPrefix) {
        Subnet whole = Subnet.parse(range);
        if (subnetPrefix < whole.prefix() || subnetPrefix > 29) {
            throw new IllegalArgumentException(
                    "A subnet of " + range + " has a prefix of " + whole.prefix() + " to 29, not " + subnetPrefix);
        }
        return new SubnetPool(whole.base(), whole.prefix(), subnetPrefix);
    }

    /** How many subnets there are. */
    int size() {
        return 1 << (subnetPrefix - prefix);
    }

    /**
     * The first subnet, counted from a preferred one, that overlaps none of the taken.
     *
     * @param preferred any number; equal numbers prefer equal subnets
     */
    Optional<Subnet> free(int preferred, List<Subnet> taken) {
        int size = size();
        int start = Math.floorMod(preferred, size);
        for (int i = 0; i < size; i++) {
            int number = (start + i) % size;
            Subnet candidate = new Subnet(base + (number << (32 - subnetPrefix)), subnetPrefix);
            if (taken.stream().noneMatch(candidate::overlaps)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
