package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class ImagesApiTest {
    private static final String TAR = "application/x-tar";

    @Inject
    TrialWorld world;

    @Inject
    Registry registry;

    private static RequestSpecification as(Someone someone) {
        return given().header("Authorization", "Bearer " + someone.token());
    }

    private static String images(TenantName tenant, String app) {
        return "/api/v1/tenants/" + tenant + "/apps/" + app + "/images";
    }

    private Digest push(RepositoryName name) {
        byte[] layer = new byte[3_000_000];
        new Random(7).nextBytes(layer);
        Descriptor config = registry.blobs().write(MediaType.OCI_CONFIG, "{}".getBytes());
        Descriptor content = registry.blobs().write(MediaType.OCI_LAYER_GZIP, layer);
        List.of(config, content).forEach(blob -> registry.linkBlob(name, blob.digest()));
        ImageManifest image = ImageManifest.of(config, List.of(content));
        return registry.putManifest(
                name, new dev.slipway.registry.oci.Tag("v1"), image.mediaType(), image.toBytes(), "ada");
    }

    @Test
    void anImageLeavesAsATarAndComesBackElsewhere() {
        TenantName tenant = world.tenant();
        Someone ada = world.member(tenant, Role.OWNER);
        for (String app : List.of("shop", "copy")) {
            as(ada).contentType("application/json")
                    .body(Map.of("name", app))
                    .post("/api/v1/tenants/" + tenant + "/apps")
                    .then()
                    .statusCode(201);
        }
        Digest digest = push(RepositoryName.parse(tenant + "/shop"));
        byte[] tar = as(ada).get(images(tenant, "shop") + "/v1/archive")
                .then()
                .statusCode(200)
                .contentType(TAR)
                .extract()
                .asByteArray();
        assertThat(tar.length).isGreaterThan(3_000_000);
        as(ada).contentType(TAR)
                .body(tar)
                .post(images(tenant, "copy") + "?tag=v2")
                .then()
                .statusCode(201)
                .body("digests", equalTo(List.of(digest.toString())));
        as(ada).get(images(tenant, "copy"))
                .then()
                .statusCode(200)
                .body("[0].digest", equalTo(digest.toString()))
                .body("[0].tags", hasItem("v2"));
    }

    @Test
    void whatCannotBeIsAProblemBeforeAByteOfTarIsSent() {
        TenantName tenant = world.tenant();
        Someone ada = world.member(tenant, Role.OWNER);
        as(ada).contentType("application/json")
                .body(Map.of("name", "shop"))
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        as(ada).get(images(tenant, "shop") + "/v9/archive")
                .then()
                .statusCode(409)
                .contentType(startsWith("application/problem+json"))
                .body("detail", containsString("no such tag"));
        as(ada).contentType(TAR)
                .body("no tar at all".getBytes())
                .post(images(tenant, "shop"))
                .then()
                .statusCode(409)
                .contentType(startsWith("application/problem+json"))
                .body("detail", containsString("archive"));
        Someone viewer = world.member(tenant, Role.VIEWER);
        as(viewer)
                .contentType(TAR)
                .body(new byte[1024])
                .post(images(tenant, "shop"))
                .then()
                .statusCode(403);
        Someone operator = world.someone(true);
        push(RepositoryName.parse(tenant + "/shop"));
        as(operator)
                .post(images(tenant, "shop") + "/v1/copies?to=nowhere")
                .then()
                .statusCode(409)
                .body("detail", containsString("there is no registry nowhere"));
        as(operator).get("/api/v1/registry/copies").then().statusCode(200).body("waiting", equalTo(List.of()));
    }
}
