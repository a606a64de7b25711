package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.ssh.VerbRunner;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.tenant.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@org.junit.jupiter.api.Tag("assembled")
@TestProfile(TrialProfile.class)
class RegistryVerbsTest {
    @Inject
    TrialWorld world;

    @Inject
    VerbRunner verbs;

    @Inject
    Registry registry;

    @Inject
    RegistryCommands commands;

    @Inject
    QuotaLedger quotas;

    @Inject
    Tenants tenants;

    private String done(Someone someone, String line) throws InterruptedException {
        TypedCall typed = TypedCall.by(someone.principal(), line.split(" "));
        int code = verbs.run(typed.call);
        assertThat(code).as(line + "\n" + typed.out() + typed.err()).isZero();
        return typed.out();
    }

    private String refused(Someone someone, String line) throws InterruptedException {
        TypedCall typed = TypedCall.by(someone.principal(), line.split(" "));
        assertThat(verbs.run(typed.call)).as(line + "\n" + typed.out()).isEqualTo(1);
        return typed.err();
    }

    private Descriptor blob(RepositoryName name, MediaType type, byte[] content) {
        Descriptor descriptor = registry.blobs().write(type, content);
        registry.linkBlob(name, descriptor.digest());
        return descriptor;
    }

    private Digest image(RepositoryName name, String tag, String layer) {
        ImageManifest image = ImageManifest.of(
                blob(name, MediaType.OCI_CONFIG, "{}".getBytes()),
                List.of(blob(name, MediaType.OCI_LAYER_GZIP, layer.getBytes())));
        return registry.putManifest(name, new Tag(tag), image.mediaType(), image.toBytes(), "ada");
    }

    private long used(TenantName tenant) {
        return quotas.usage(tenants.find(tenant).orElseThrow().id()).stream()
                .filter(line -> line.resource() == QuotaResource.REGISTRY_BYTES)
                .findFirst()
                .orElseThrow()
                .used();
    }

    @Test
    void anImageIsListedMovedAndDeleted() throws Exception {
        TenantName tenant = world.tenant();
        Someone ada = world.member(tenant, Role.OWNER);
        done(ada, "apps:create shop");
        done(ada, "apps:create copy");
        assertThat(done(ada, "registry -a shop")).contains("no image yet");
        RepositoryName shop = RepositoryName.parse(tenant + "/shop");
        Digest digest = image(shop, "v1", "a layer");
        assertThat(done(ada, "registry -a shop")).contains(digest.toString().substring(0, 19), "v1", "ada");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        commands.export(ada.principal(), AppRef.of(tenant + "/shop"), "v1").to(archive);
        List<String> brought = commands.bring(
                ada.principal(),
                AppRef.of(tenant + "/copy"),
                Optional.of("v2"),
                new ByteArrayInputStream(archive.toByteArray()));
        assertThat(brought).containsExactly(digest.toString());
        assertThat(used(tenant))
                .as("two apps, one charge")
                .isEqualTo(registry.usage().stream()
                        .filter(usage -> usage.repository().equals(shop))
                        .findFirst()
                        .orElseThrow()
                        .bytes());
        assertThat(done(ada, "registry:usage -t " + tenant)).contains(tenant + "/shop", tenant + "/copy");
        assertThat(refused(ada, "registry:delete -a shop v9")).contains("no such tag");
        done(ada, "registry:delete -a shop v1");
        done(ada, "registry:delete -a copy " + digest);
        assertThat(registry.getManifest(RepositoryName.parse(tenant + "/copy"), digest))
                .isEmpty();
    }

    @Test
    void onlyThoseOfTheTenantSeeItsImagesAndOnlyOperatorsCareForTheStore() throws Exception {
        TenantName tenant = world.tenant();
        Someone ada = world.member(tenant, Role.OWNER);
        done(ada, "apps:create shop");
        Someone stranger = world.member(world.tenant(), Role.OWNER);
        assertThat(refused(stranger, "registry -a " + tenant + "/shop")).contains("There is no app");
        assertThat(refused(stranger, "registry:usage -t " + tenant)).contains("There is no tenant");
        assertThatThrownBy(() -> commands.export(stranger.principal(), AppRef.of(tenant + "/shop"), "v1"))
                .isInstanceOf(RefusalException.class);
        refused(ada, "registry:gc --dry-run");
        refused(ada, "registry:verify");
        Someone operator = world.someone(true);
        assertThat(done(operator, "registry:copies")).contains("Nothing is waiting");
        image(RepositoryName.parse(tenant + "/shop"), "v1", "to copy");
        assertThat(refused(operator, "registry:replicate -a " + tenant + "/shop v1 --to nowhere"))
                .contains("there is no registry nowhere");
        assertThat(done(operator, "registry:gc --dry-run")).contains("Would free");
        assertThat(done(operator, "registry:verify")).contains("Everything is as it must be", "Read ");
    }

    @Test
    void bytesAreChargedExactlyWhenManyPushAtOnce() throws Exception {
        TenantName tenant = world.tenant();
        Someone ada = world.member(tenant, Role.OWNER);
        done(ada, "apps:create shop");
        quotas.setLimit(TrialWorld.PLATFORM, tenant, QuotaResource.REGISTRY_BYTES, 50_000);
        RepositoryName shop = RepositoryName.parse(tenant + "/shop");
        List<Future<Boolean>> pushes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                byte[] content = new byte[10_000];
                Arrays.fill(content, (byte) (i % 8 + 1));
                pushes.add(threads.submit(() -> pushed(shop, content)));
            }
        }
        int taken = 0;
        for (Future<Boolean> push : pushes) {
            taken += push.get() ? 1 : 0;
        }
        assertThat(used(tenant)).as("five of eight blobs fit").isEqualTo(50_000);
        assertThat(taken).as("each by both its pushers").isEqualTo(10);
        registry.settleCharges();
        assertThat(used(tenant)).isEqualTo(50_000);
    }

    private boolean pushed(RepositoryName name, byte[] content) {
        try {
            blob(name, MediaType.OCI_LAYER, content);
            return true;
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
            assertThat(e.detail()).contains("registry storage", "quotas:set");
            return false;
        }
    }
}
