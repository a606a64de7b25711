package dev.slipway.platform.pipeline;

import dev.slipway.buildpacks.source.DirectorySource;
import dev.slipway.buildpacks.source.SourceTree;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.git.CheckoutFacts;
import dev.slipway.platform.git.CommitId;
import dev.slipway.platform.git.CommitSource;
import dev.slipway.platform.git.Sources;
import dev.slipway.platform.transcript.Transcripts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The source trees of builds, from the repositories that pushes were stored in. */
@ApplicationScoped
class BuildSources {
    private final Sources sources;
    private final Transcripts transcripts;
    private final Path home;

    BuildSources(Sources sources, Transcripts transcripts, @ConfigProperty(name = "slipway.home") Path home) {
        this.sources = sources;
        this.transcripts = transcripts;
        this.home = home;
    }

    SourceTree of(Build build) {
        return target -> {
            CommitSource commit = sources.find(build.app(), CommitId.of(build.commit()))
                    .orElseThrow(() -> new IOException("commit " + build.commit() + " is not in the app's repository"));
            Path checkout =
                    home.resolve("builds").resolve(build.id().toString()).resolve("checkout");
            Files.createDirectories(checkout.getParent());
            CheckoutFacts facts = commit.checkoutTo(checkout);
            for (String notice : facts.notices()) {
                transcripts.append(build.transcript(), "       " + notice + "\n");
            }
            new DirectorySource(checkout).writeTo(target);
        };
    }
}
