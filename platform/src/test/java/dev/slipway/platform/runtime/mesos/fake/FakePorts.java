package dev.slipway.platform.runtime.mesos.fake;

import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.Value;

/** A set of ports as ranges in order that do not touch. */
final class FakePorts {
    /** From the first to the last, both in it. */
    record Span(int first, int last) {}

    static final FakePorts NONE = new FakePorts(List.of());

    private final List<Span> spans;

    private FakePorts(List<Span> spans) {
        this.spans = spans;
    }

    static FakePorts of(int first, int last) {
        return new FakePorts(List.of(new Span(first, last)));
    }

    static FakePorts of(Value.Ranges ranges) {
        FakePorts ports = NONE;
        for (Value.Range range : ranges.getRangeList()) {
            ports = ports.plus(of((int) range.getBegin(), (int) range.getEnd()));
        }
        return ports;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    List<Span> spans() {
        return spans;
    }

    FakePorts plus(FakePorts other) {
        if (other.isEmpty() || isEmpty()) {
            return isEmpty() ? other : this;
        }
        List<Span> all = new ArrayList<>(spans);
        all.addAll(other.spans);
        all.sort(java.util.Comparator.comparingInt(Span::first));
        List<Span> joined = new ArrayList<>();
        for (Span span : all) {
            Span before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && span.first() <= before.last() + 1) {
                joined.removeLast();
                joined.add(new Span(before.first(), Math.max(before.last(), span.last())));
            } else {
                joined.add(span);
            }
        }
        return new FakePorts(joined);
    }

    FakePorts minus(FakePorts other) {
        List<Span> left = spans;
        for (Span gone : other.spans) {
            List<Span> rest = new ArrayList<>();
            for (Span span : left) {
                if (gone.last() < span.first() || gone.first() > span.last()) {
                    rest.add(span);
                    continue;
                }
                if (span.first() < gone.first()) {
                    rest.add(new Span(span.first(), gone.first() - 1));
                }
                if (span.last() > gone.last()) {
                    rest.add(new Span(gone.last() + 1, span.last()));
                }
            }
            left = rest;
        }
        return left == spans ? this : new FakePorts(left);
    }
}
