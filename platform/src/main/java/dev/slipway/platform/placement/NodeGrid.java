package dev.slipway.platform.placement;

import java.util.Arrays;

/**
 * Nodes of about one size, found by what is free of them. A cell holds the nodes with about the same free share of both
 * resources; the masks say which cells of a row or column hold any, so that the fullest node that has room is found by a
 * few dozen steps, however many nodes there are.
 */
final class NodeGrid {
    private static final int SIDE = 64;
    private static final int NONE = -1;

    /** Of one cell, at most so many that have room are compared. */
    private static final int COMPARED = 8;

    private final Fleet fleet;
    private final long cpuMost;
    private final long memoryMost;
    private final int[] heads = new int[SIDE * SIDE];
    private final long[] memoriesOfCpu = new long[SIDE];
    private final long[] cpusOfMemory = new long[SIDE];

    /**
     * @param cpuMost the largest total of any node here
     * @param memoryMost the largest total of any node here
     */
    NodeGrid(Fleet fleet, long cpuMost, long memoryMost) {
        this.fleet = fleet;
        this.cpuMost = Math.max(1, cpuMost);
        this.memoryMost = Math.max(1, memoryMost);
        Arrays.fill(heads, NONE);
    }

    private int step(long amount, long most) {
        return amount <= 0 ? 0 : (int) Math.min(SIDE - 1L, (long) ((double) amount / most * SIDE));
    }

    private int cell(int node) {
        return step(fleet.freeCpu[node], cpuMost) * SIDE + step(fleet.freeMemory[node], memoryMost);
    }

    void add(int node) {
        int cell = cell(node);
        fleet.cell[node] = cell;
        int first = heads[cell];
        fleet.next[node] = first;
        fleet.previous[node] = NONE;
        if (first == NONE) {
            memoriesOfCpu[cell / SIDE] |= 1L << cell % SIDE;
            cpusOfMemory[cell % SIDE] |= 1L << cell / SIDE;
        } else {
            fleet.previous[first] = node;
        }
        heads[cell] = node;
    }

    /** Puts a node where it belongs after its room has changed. */
    void moved(int node) {
        if (cell(node) == fleet.cell[node]) {
            return;
        }
        int cell = fleet.cell[node];
        int before = fleet.previous[node];
        int after = fleet.next[node];
        if (after != NONE) {
            fleet.previous[after] = before;
        }
        if (before != NONE) {
            fleet.next[before] = after;
        } else {
            heads[cell] = after;
            if (after == NONE) {
                memoriesOfCpu[cell / SIDE] &= ~(1L << cell % SIDE);
                cpusOfMemory[cell % SIDE] &= ~(1L << cell / SIDE);
            }
        }
        add(node);
    }

    /** Looks for the fullest node that takes what is sought, and leaves it there if it is fuller than what was found. */
    void find(Search search) {
        int cpu = step(search.cpuMillis, cpuMost);
        int memory = step(search.memoryBytes, memoryMost);
        for (int level = Math.min(cpu, memory); level < SIDE; level++) {
            boolean found = false;
            if (level >= memory) {
                long cpus = cpusOfMemory[level] & (-1L << Math.max(cpu, level));
                while (cpus != 0) {
                    found |= look(Long.numberOfTrailingZeros(cpus) * SIDE + level, search);
                    cpus = found ? 0 : cpus & (cpus - 1);
                }
            }
            if (level >= cpu && level + 1 < SIDE) {
                long memories = memoriesOfCpu[level] & (-1L << Math.max(memory, level + 1));
                boolean here = false;
                while (memories != 0) {
                    here |= look(level * SIDE + Long.numberOfTrailingZeros(memories), search);
                    memories = here ? 0 : memories & (memories - 1);
                }
                found |= here;
            }
            if (found) {
                return;
            }
        }
    }

    private boolean look(int cell, Search search) {
        int taking = 0;
        for (int node = heads[cell]; node != NONE && taking < COMPARED; node = fleet.next[node]) {
            if (search.takes(node)) {
                search.offer(node);
                taking++;
            }
        }
        return taking > 0;
    }
}
