package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.Endpoint;
import dev.slipway.platform.runtime.InstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One task of the framework, as it is kept in the database.
 *
 * @param id the instance's id, which is the task's id
 * @param app {@code tenant/app/process}, so that instances of one app can be kept apart
 * @param agentId where it runs; empty while only the master knows
 * @param host the agent's address
 * @param agentPort the agent's HTTP port
 * @param port host port that leads to the instance, 0 for none
 * @param ending how it ended, once it has
 * @param killWanted whether it is to end: a kill may have to be said again
 * @param dropped whether nobody wants to see it any more
 * @param uuid of the last status update taken, in hexadecimal; empty for none
 * @param since when the phase began
 */
record MesosTask(
        InstanceId id,
        String role,
        String app,
        boolean oneOff,
        String agentId,
        String host,
        int agentPort,
        int port,
        Phase phase,
        Optional<Ending> ending,
        boolean killWanted,
        boolean dropped,
        String uuid,
        Instant since) {

    /** What a task is doing. */
    enum Phase {
        /** Written down, and maybe told to the master. */
        INTENDED,
        /** Its executor has begun. */
        STARTING,
        RUNNING,
        /** Its agent does not answer; it may well run. */
        UNREACHABLE,
        ENDED
    }

    /**
     * How a task ended.
     *
     * @param lost whether nothing is left of it: no exit code, no files
     * @param lines the end of its output, once it has been read
     */
    record Ending(int code, boolean outOfMemory, boolean lost, String message, Optional<List<String>> lines) {
        Ending {
            lines = lines.map(List::copyOf);
        }

        Ending with(List<String> read) {
            return new Ending(code, outOfMemory, lost, message, Optional.of(read));
        }
    }

    Endpoint endpoint() {
        return new Endpoint(host, port);
    }

    boolean ended() {
        return phase == Phase.ENDED;
    }

    MesosTask in(Phase next, Instant now, String lastUuid) {
        return new MesosTask(
                id,
                role,
                app,
                oneOff,
                agentId,
                host,
                agentPort,
                port,
                next,
                ending,
                killWanted,
                dropped,
                lastUuid.isEmpty() ? uuid : lastUuid,
                next == phase ? since : now);
    }

    MesosTask ended(Ending how, Instant now, String lastUuid) {
        MesosTask over = in(Phase.ENDED, now, lastUuid);
        return over.with(how);
    }

    MesosTask with(Ending how) {
        return new MesosTask(
                id,
                role,
                app,
                oneOff,
                agentId,
                host,
                agentPort,
                port,
                phase,
                Optional.of(how),
                killWanted,
                dropped,
                uuid,
                since);
    }

    MesosTask killed(boolean drop) {
        return new MesosTask(
                id,
                role,
                app,
                oneOff,
                agentId,
                host,
                agentPort,
                port,
                phase,
                ending,
                true,
                dropped || drop,
                uuid,
                since);
    }

    MesosTask alive(Instant now) {
        return new MesosTask(
                id,
                role,
                app,
                oneOff,
                agentId,
                host,
                agentPort,
                port,
                Phase.RUNNING,
                Optional.empty(),
                killWanted,
                dropped,
                uuid,
                now);
    }
}
