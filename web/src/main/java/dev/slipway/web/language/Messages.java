package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Every sentence of the pages by name; {@code messages/m_en.properties} and {@code m_zh.properties} have the texts. */
@MessageBundle(value = "m", locale = "en")
public interface Messages {
    @Message
    String aboutImage();

    @Message
    String action();

    @Message
    String actor();

    @Message
    String add();

    @Message
    String addKey();

    @Message
    String addMember();

    @Message
    String address();

    @Message
    String after();

    @Message
    String all();

    @Message
    String app();

    @Message
    String apps();

    @Message
    String audit();

    @Message
    String before();

    @Message
    String begun();

    @Message
    String branch();

    @Message
    String buildCancelled(int number);

    @Message
    String buildNumber(int number);

    @Message
    String builds();

    @Message
    String by();

    @Message
    String change();

    @Message
    String changeOf(String kind);

    @Message
    String comment();

    @Message
    String commit();

    @Message
    String comparedWith(String release);

    @Message
    String config();

    @Message
    String configChanged(String name);

    @Message
    String configHint();

    @Message
    String configRolling(String name, String release, int deployment);

    @Message
    String configSame(String name);

    @Message
    String containing();

    @Message
    String cores();

    @Message
    String crashes();

    @Message
    String create();

    @Message
    String createdAt();

    @Message
    String createToken();

    @Message
    String days();

    @Message
    String deniedTitle();

    @Message
    String deployBranch();

    @Message
    String deploymentCancelled(int number);

    @Message
    String deploymentNumber(int number);

    @Message
    String deployments();

    @Message
    String destroy();

    @Message
    String destroyed(String app);

    @Message
    String destroyHint();

    @Message
    String details();

    @Message
    String disabled();

    @Message
    String domain();

    @Message
    String domainAdded(String domain);

    @Message
    String domainHint();

    @Message
    String domainRemoved(String domain);

    @Message
    String domains();

    @Message
    String ended();

    @Message
    String expires();

    @Message
    String facts();

    @Message
    String failedText(String incident);

    @Message
    String failedTitle();

    @Message
    String fingerprint();

    @Message
    String firstAdminHint();

    @Message
    String following();

    @Message
    String formation();

    @Message
    String given();

    @Message
    String healthyOf(long healthy, int all);

    @Message
    String hidden();

    @Message
    String hideValues();

    @Message
    String image();

    @Message
    String images();

    @Message
    String instance();

    @Message
    String instances();

    @Message
    String isStopped();

    @Message
    String keyAdded(String fingerprint);

    @Message
    String keyRemoved();

    @Message
    String keysAndTokens();

    @Message
    String kind();

    @Message
    String language();

    @Message
    String lastBuilds();

    @Message
    String lastUsed();

    @Message
    String layers();

    @Message
    String limited(String process);

    @Message
    String lines();

    @Message
    String liveRelease();

    @Message
    String logs();

    @Message
    String memberAdded(String person);

    @Message
    String memberRemoved(String person);

    @Message
    String members();

    @Message
    String memoryMb();

    @Message
    String missingText();

    @Message
    String missingTitle();

    @Message
    String name();

    @Message
    String nameRule();

    @Message
    String newApp();

    @Message
    String newAppNext();

    @Message
    String newTenant();

    @Message
    String noApps();

    @Message
    String noBuilds();

    @Message
    String noConfig();

    @Message
    String node();

    @Message
    String noDeployments();

    @Message
    String noEntries();

    @Message
    String noImages();

    @Message
    String noInstances();

    @Message
    String noKeys();

    @Message
    String noLogs();

    @Message
    String noMembers();

    @Message
    String noProcesses();

    @Message
    String noReleases();

    @Message
    String noTenants();

    @Message
    String nothingDiffers();

    @Message
    String noTokens();

    @Message
    String notPushed();

    @Message
    String older();

    @Message
    String operator();

    @Message
    String outcome();

    @Message
    String outcomeOf(String outcome);

    @Message
    String output();

    @Message
    String overview();

    @Message
    String password();

    @Message
    String processes();

    @Message
    String processType();

    @Message
    String publicKey();

    @Message
    String pushFirst();

    @Message
    String pushHow();

    @Message
    String pushHttp();

    @Message
    String pushKeys();

    @Message
    String quotas();

    @Message
    String reconnecting();

    @Message
    String refresh();

    @Message
    String refusedTitle();

    @Message
    String release();

    @Message
    String releases();

    @Message
    String remove();

    @Message
    String resize();

    @Message
    String resource(String name);

    @Message
    String restart();

    @Message
    String restarted(int deployment);

    @Message
    String revoke();

    @Message
    String role();

    @Message
    String roleOf(String role);

    @Message
    String rolesHint();

    @Message
    String rollback();

    @Message
    String rollbackBegun(int number, String release, int deployment);

    @Message
    String rollbackTo(String release);

    @Message
    String scale();

    @Message
    String scaled(String process, int count);

    @Message
    String scope();

    @Message
    String scopes();

    @Message
    String search();

    @Message
    String set();

    @Message
    String settings();

    @Message
    String setVariable();

    @Message
    String showValues();

    @Message
    String signIn();

    @Message
    String signInDisabled(String name);

    @Message
    String signInLocked(long seconds);

    @Message
    String signInRefused();

    @Message
    String signInWith(String issuer);

    @Message
    String signOut();

    @Message
    String since();

    @Message
    String site();

    @Message
    String size();

    @Message
    String skipToContent();

    @Message
    String sshKeys();

    @Message
    String staleText();

    @Message
    String staleTitle();

    @Message
    String start();

    @Message
    String started();

    @Message
    String state();

    @Message
    String stateOf(String state);

    @Message
    String stop();

    @Message
    String stopped();

    @Message
    String stoppingText();

    @Message
    String subject();

    @Message
    String tags();

    @Message
    String tenantCreated(String name);

    @Message
    String tenants();

    @Message
    String time();

    @Message
    String timesAreUtc();

    @Message
    String tokenCreated(String name);

    @Message
    String tokenOnce();

    @Message
    String tokenRevoked();

    @Message
    String tokenRotated();

    @Message
    String rotate();

    @Message
    String tokens();

    @Message
    String toTheStart();

    @Message
    String typeName(String name);

    @Message
    String unset();

    @Message
    String value();

    @Message
    String variables(int count);

    @Message
    String what();

    @Message
    String cancel();
}
