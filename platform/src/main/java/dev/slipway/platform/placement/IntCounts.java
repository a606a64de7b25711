package dev.slipway.platform.placement;

import java.util.Arrays;

/** Counts by small non-negative numbers, in one array with open addressing; what is not there counts 0. */
final class IntCounts {
    private static final int FREE = -1;

    private int[] keys = new int[8];
    private int[] counts = new int[8];
    private int size;
    private int positive;

    IntCounts() {
        Arrays.fill(keys, FREE);
    }

    int get(int key) {
        int place = place(keys, key);
        return keys[place] == FREE ? 0 : counts[place];
    }

    void add(int key, int change) {
        int place = place(keys, key);
        if (keys[place] == FREE) {
            keys[place] = key;
            if (++size * 2 > keys.length) {
                grow();
                place = place(keys, key);
            }
        }
        int before = counts[place];
        counts[place] = before + change;
        positive += (counts[place] > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }

    /** How many numbers count more than 0. */
    int positive() {
        return positive;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new int[oldKeys.length * 2];
        counts = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int place = place(keys, oldKeys[i]);
                keys[place] = oldKeys[i];
                counts[place] = oldCounts[i];
            }
        }
    }

    private static int place(int[] keys, int key) {
        int mask = keys.length - 1;
        int place = (key * 0x9E3779B9 >>> 7) & mask;
        while (keys[place] != FREE && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
