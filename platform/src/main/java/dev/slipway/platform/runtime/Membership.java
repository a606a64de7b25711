package dev.slipway.platform.runtime;

import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a site's cluster knows of Slipway. A cluster keeps a registration, and everything that runs under it, also while
 * nobody is connected as it: so it outlives a lost database, and so it must never be replaced without a word.
 *
 * <p>Every question throws {@link RuntimeUnavailableException} when the cluster does not answer.
 */
public interface Membership {

    /**
     * A registration of some Slipway at the cluster.
     *
     * @param site the name of the site it was made for; empty if its id does not say
     * @param connected whether somebody is connected as it
     * @param instances how many of its instances have not ended
     */
    record Registration(String id, String site, boolean connected, int instances) {}

    /**
     * Something that the cluster runs under a registration.
     *
     * @param origin what it says about itself; empty for what does not look like an instance of ours
     * @param node the machine it runs on
     * @param machine the cluster's own id of that machine
     * @param address where the machine's agent listens, {@code host:port}; empty while it does not answer
     * @param port on which the machine leads to the instance, 0 for none
     */
    record Found(InstanceId id, Optional<Origin> origin, String node, String machine, String address, int port) {}

    /** What an instance was launched as. */
    record Origin(
            TenantName tenant,
            AppName app,
            String process,
            int index,
            String release,
            long cpuMillis,
            long memoryBytes) {}

    /**
     * Which software answers, and in which version.
     *
     * @throws IllegalArgumentException when it answers and cannot be used, saying why
     */
    String version();

    /** The registration this site uses, if it has one. */
    Optional<String> current();

    /** Every registration of a Slipway that the cluster keeps. */
    List<Registration> registrations();

    /** What runs under a registration. */
    List<Found> found(String registration);

    /** How many of the tasks of this site's registration run without belonging to anything known here. */
    int aside();

    /**
     * Takes a registration for this site's own; joins the caller's transaction. {@link #renew} has to follow it.
     *
     * @param kept what is an instance of this installation from now on
     * @param aside what goes on running and is not looked at: nobody here knows what it belongs to
     * @param ended what is ended as soon as the cluster is told
     */
    void adopt(String registration, Collection<Found> kept, Collection<Found> aside, Collection<Found> ended);

    /** Reads anew what was adopted. */
    void renew();

    /** Gives the present registration up, with everything that runs under it, and takes a new one. */
    void retire();

    /** Gives the present registration up, with everything that runs under it, for good. */
    void leave();

    /** Forgets the registration without a word to the cluster, which may keep what runs under it for weeks. */
    void forget();
}
