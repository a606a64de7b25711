package dev.slipway.deploy;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class one running {@link Installation}, started at the first test that asks for it and removed
 * with all it made after the last. A test that breaks it may leave it stopped: the next one gets it started again.
 */
final class SlipwayProcess implements ParameterResolver, AfterTestExecutionCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SlipwayProcess.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Installation installation =
                store(context).computeIfAbsent("installation", key -> of(context), Installation.class);
        return installation.alive() ? installation : installation.start();
    }

    private static Installation of(ExtensionContext context) {
        Installation installation = new Installation();
        Settings settings = context.getRequiredTestClass().getAnnotation(Settings.class);
        for (String setting : settings == null ? new String[0] : settings.value()) {
            String[] parts = setting.split("=", 2);
            installation.with(parts[0], parts[1]);
        }
        return installation;
    }

    /** The log of the process explains a failed test better than the test does. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        Installation installation = store(context).get("installation", Installation.class);
        if (installation != null && context.getExecutionException().isPresent()) {
            System.err.println("---- Slipway's log ----\n" + installation.log());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Installation installation = store(context).remove("installation", Installation.class);
        if (installation != null) {
            installation.close();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        return ofClass.getStore(SPACE);
    }
}
