package dev.slipway.platform.api.scim;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.CompanyAccounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An identity provider that writes its people and groups here (RFC 7644), and what follows for accounts and roles. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class ScimTest {
    private static final String BASE = "/scim/v2/company/";
    private static final String ADDRESS = TrialProfile.PROVIDER;

    @Inject
    TrialWorld world;

    @Inject
    CompanyAccounts accounts;

    @Inject
    Authorizer authorizer;

    private final String subject = UUID.randomUUID().toString();

    private static RequestSpecification provider() {
        return given().header("Authorization", "Bearer " + TrialProfile.SCIM_TOKEN)
                .contentType("application/scim+json");
    }

    private static String text(String json) {
        return json.replace('\'', '"');
    }

    private String user() {
        return provider()
                .body(text("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'U-" + subject
                        + "@example.com','externalId':'" + subject + "','active':true,'password':'s3cret-word'}"))
                .post(BASE + "Users")
                .then()
                .statusCode(201)
                .contentType("application/scim+json")
                .header("Location", notNullValue())
                .body("password", equalTo(null))
                .body("meta.resourceType", equalTo("User"))
                .extract()
                .path("id");
    }

    private String group(String name, String member) {
        return provider()
                .body(text("{'displayName':'" + name + "','members':[{'value':'" + member + "'}]}"))
                .post(BASE + "Groups")
                .then()
                .statusCode(201)
                .body("members.value", contains(member))
                .extract()
                .path("id");
    }

    private ValidatableResponse patch(String path, String operation) {
        return provider()
                .body(text("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[" + operation
                        + "]}"))
                .patch(BASE + path)
                .then();
    }

    private Optional<Account> account() {
        return accounts.known(ADDRESS, subject);
    }

    private boolean may(TenantName tenant, Permission permission) {
        return authorizer
                .decide(account().orElseThrow().principal(), permission, Subject.of(tenant))
                .allowed();
    }

    private static void refused(ValidatableResponse answer, int status, String type) {
        answer.statusCode(status)
                .contentType("application/scim+json")
                .body("schemas", contains("urn:ietf:params:scim:api:messages:2.0:Error"))
                .body("status", equalTo(Integer.toString(status)))
                .body("scimType", equalTo(type))
                .body("detail", notNullValue());
    }

    @Test
    void groupsGiveRolesAndTakeThemBack() {
        TenantName tenant = world.tenant();
        String user = user();
        assertThat(account().orElseThrow().disabled()).isFalse();
        assertThat(may(tenant, Permission.TENANT_VIEW)).isFalse();

        String viewers = group("/slipway/" + tenant + "/viewer", user);
        assertThat(may(tenant, Permission.TENANT_VIEW)).isTrue();
        provider().get(BASE + "Users/" + user).then().statusCode(200).body("groups.value", contains(viewers));

        patch("Groups/" + viewers, "{'op':'replace','path':'displayName','value':'/slipway/" + tenant + "/owner'}")
                .statusCode(200);
        assertThat(may(tenant, Permission.TENANT_MEMBERS))
                .as("renamed: another role")
                .isTrue();

        patch(
                        "Groups/" + viewers,
                        "{'op':'remove','path':'members[value eq \\'" + user + "\\']'}".replace("\\'", "\\\""))
                .statusCode(200)
                .body("members", empty());
        assertThat(may(tenant, Permission.TENANT_VIEW)).isFalse();

        patch("Groups/" + viewers, "{'op':'add','path':'members','value':[{'value':'" + user + "'}]}")
                .statusCode(200);
        assertThat(may(tenant, Permission.TENANT_MEMBERS)).isTrue();
        provider().delete(BASE + "Groups/" + viewers).then().statusCode(204);
        assertThat(may(tenant, Permission.TENANT_VIEW)).isFalse();
    }

    @Test
    void whoIsDeactivatedLosesEveryDoorAndMayComeBack() {
        TenantName tenant = world.tenant();
        String user = user();
        group("/slipway/" + tenant + "/developer", user);
        patch("Users/" + user, "{'op':'Replace','value':{'active':'False'}}")
                .statusCode(200)
                .body("active", equalTo(false));
        assertThat(account().orElseThrow().disabled()).isTrue();
        assertThat(may(tenant, Permission.TENANT_VIEW)).isFalse();

        patch("Users/" + user, "{'op':'replace','path':'active','value':true}").statusCode(200);
        assertThat(account().orElseThrow().disabled()).isFalse();
        assertThat(may(tenant, Permission.TENANT_VIEW))
                .as("with the groups it still is in")
                .isTrue();

        provider().delete(BASE + "Users/" + user).then().statusCode(204);
        assertThat(account().orElseThrow().disabled()).isTrue();
        refused(provider().get(BASE + "Users/" + user).then(), 404, null);
    }

    @Test
    void usersAreFoundByFilterAndListedInParts() {
        String user = user();
        provider()
                .queryParam("filter", "userName eq \"u-" + subject + "@EXAMPLE.com\"")
                .get(BASE + "Users")
                .then()
                .statusCode(200)
                .body("schemas", contains("urn:ietf:params:scim:api:messages:2.0:ListResponse"))
                .body("totalResults", equalTo(1))
                .body("Resources.id", contains(user));
        provider()
                .queryParam("filter", "externalId eq \"" + subject + "\" and active eq true")
                .get(BASE + "Users")
                .then()
                .body("Resources.id", contains(user));
        provider()
                .queryParam("filter", "userName eq \"nobody\"")
                .get(BASE + "Users")
                .then()
                .body("totalResults", equalTo(0))
                .body("Resources", empty());
        String group = group("g-" + subject, user);
        provider()
                .queryParam("filter", "members[value eq \"" + user + "\"]")
                .queryParam("count", "1")
                .get(BASE + "Groups")
                .then()
                .body("Resources", hasSize(1))
                .body("Resources.id", hasItem(group));
        provider()
                .queryParam("startIndex", "2")
                .queryParam("count", "0")
                .get(BASE + "Users")
                .then()
                .body("itemsPerPage", equalTo(0))
                .body("totalResults", not(equalTo(0)));
        refused(
                provider()
                        .queryParam("filter", "userName is")
                        .get(BASE + "Users")
                        .then(),
                400,
                "invalidFilter");
    }

    @Test
    void whatCannotBeIsRefusedInTheFormOfTheStandard() {
        String user = user();
        refused(
                provider()
                        .body(text("{'userName':'u-" + subject + "@example.com'}"))
                        .post(BASE + "Users")
                        .then(),
                409,
                "uniqueness");
        refused(provider().body("{}").post(BASE + "Users").then(), 400, "invalidValue");
        refused(provider().body("[1]").post(BASE + "Users").then(), 400, "invalidSyntax");
        refused(provider().body("{\"userName\":").post(BASE + "Users").then(), 400, "invalidSyntax");
        refused(patch("Users/" + user, "{'op':'replace','path':'id','value':'x'}"), 400, "mutability");
        refused(
                provider()
                        .body(text("{'displayName':'x-" + subject + "','members':[{'value':'nobody'}]}"))
                        .post(BASE + "Groups")
                        .then(),
                400,
                "invalidValue");
        refused(provider().get(BASE + "Groups/nothing").then(), 404, null);
    }

    @Test
    void onlyTheProviderItselfIsLetIn() {
        String operator = world.someone(true).token();
        for (String token : new String[] {"wrong", operator, TrialProfile.SCIM_TOKEN + "x", ""}) {
            refused(
                    given().header("Authorization", "Bearer " + token)
                            .get(BASE + "Users")
                            .then(),
                    401,
                    null);
        }
        refused(provider().get("/scim/v2/other/Users").then(), 401, null);
        refused(given().get(BASE + "Users").then(), 401, null);
        provider().get(BASE + "ServiceProviderConfig").then().statusCode(200).body("patch.supported", equalTo(true));
        provider().get(BASE + "ResourceTypes").then().statusCode(200).body("Resources.endpoint", hasItem("/Users"));
    }
}
