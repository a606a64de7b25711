package dev.slipway.deploy;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the tests of a class in another package one running {@link Product}; otherwise as {@link SlipwayProcess}. */
public final class ProductProcess implements ParameterResolver, AfterTestExecutionCallback, AfterAllCallback {
    private final SlipwayProcess process = new SlipwayProcess();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Product((Installation) process.resolveParameter(parameter, context));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        process.afterTestExecution(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        process.afterAll(context);
    }
}
