package dev.slipway.buildpacks.sandbox;

/** Opens isolated places in which the code of a tenant is built. */
public interface Sandbox {

    /**
     * Opens a fresh sandbox for one build, possibly from a pool of warmed ones.
     *
     * @param request what the sandbox must look like and how much it may use
     * @return an open session; the caller closes it
     * @throws SandboxException if no sandbox can be had now
     */
    SandboxSession open(SandboxRequest request) throws SandboxException;
}
