package dev.slipway.platform.runtime.mesos;

import java.util.List;

/** Reads the end of a task's output. */
interface TaskTails {
    List<String> read(String frameworkId, MesosTask task);
}
