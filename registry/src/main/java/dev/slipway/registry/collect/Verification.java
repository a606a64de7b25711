package dev.slipway.registry.collect;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Flaw;
import dev.slipway.registry.repository.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the whole store: hashes every blob, then compares what each repository says with what is there. With repair, content
 * that is wrong is set aside and what depended on it is taken away, so that the next push brings it again. Pushes and
 * pulls go on beside it.
 */
public final class Verification {
    private final Registry registry;
    private final Pace pace;

    /** A verification at a pace that is asked after each blob and each repository. */
    public Verification(Registry registry, Pace pace) {
        this.registry = registry;
        this.pace = pace;
    }

    /**
     * Looks at everything once.
     *
     * @param repair whether to set right what can be
     */
    public VerificationReport run(boolean repair) {
        List<Flaw> flaws = new ArrayList<>();
        List<BlobStat> all = new ArrayList<>();
        registry.blobs().forEach(all::add);
        int blobs = 0;
        long bytes = 0;
        for (BlobStat stat : all) {
            if (!pace.next()) {
                return new VerificationReport(blobs, bytes, 0, flaws, false);
            }
            if (!registry.blobs().intact(stat.digest())) {
                if (repair) {
                    registry.setAside(stat.digest());
                }
                flaws.add(new Flaw(
                        Flaw.Kind.CONTENT_WRONG, Optional.empty(), stat.digest().toString(), repair));
            }
            blobs++;
            bytes += stat.size();
        }
        int repositories = 0;
        for (RepositoryName name : registry.everyRepository()) {
            if (!pace.next()) {
                return new VerificationReport(blobs, bytes, repositories, flaws, false);
            }
            flaws.addAll(registry.check(name, repair));
            repositories++;
        }
        return new VerificationReport(blobs, bytes, repositories, flaws, true);
    }
}
