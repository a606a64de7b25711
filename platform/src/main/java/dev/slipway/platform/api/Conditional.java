package dev.slipway.platform.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A change that takes {@code If-Match} and {@code If-None-Match: *} (RFC 9110, 13.1). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Conditional {
    /** Whether a thing that is there is only replaced with {@code If-Match} (RFC 6585, 3). */
    boolean required() default false;
}
