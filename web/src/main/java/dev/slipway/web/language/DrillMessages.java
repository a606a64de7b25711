package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sentences of the drills' pages; {@code messages/drill_en.properties} and {@code drill_zh.properties}. */
@MessageBundle(value = "drill", locale = "en")
public interface DrillMessages {
    @Message
    String title();

    @Message
    String explained();

    @Message
    String report(String site);

    @Message
    String begin();

    @Message
    String beginAt();

    @Message
    String begun(String site);

    @Message
    String abort();

    @Message
    String aborted();

    @Message
    String runs(String site);

    @Message
    String reload();

    @Message
    String schedules();

    @Message
    String noSchedules();

    @Message
    String schedule();

    @Message
    String scheduled(String site);

    @Message
    String unschedule();

    @Message
    String unscheduled(String site);

    @Message
    String every();

    @Message
    String everyDays(int days);

    @Message
    String at();

    @Message
    String next();

    @Message
    String last();

    @Message
    String note();

    @Message
    String past();

    @Message
    String none();

    @Message
    String site();

    @Message
    String by();

    @Message
    String begunAt();

    @Message
    String state();

    @Message
    String stateOf(String state);

    @Message
    String course();

    @Message
    String since();

    @Message
    String away();

    @Message
    String silent();

    @Message
    String lost();

    @Message
    String first();

    @Message
    String lastMoved();

    @Message
    String over();

    @Message
    String result();

    @Message
    String moved();

    @Message
    String movedOf(int moved, int instances);

    @Message
    String failed();

    @Message
    String waiting();

    @Message
    String noWaiting();
}
