package dev.slipway.buildpacks.descriptor;

/**
 * A command run by the clock.
 *
 * @param command shell command
 * @param schedule five fields: minute, hour, day of month, month, day of week
 */
public record CronJob(String command, String schedule) {

    private static final int FIELDS = 5;

    static CronJob read(LocatedJson job) throws DescriptorException {
        String command = job.object().get("command").text();
        String schedule = job.get("schedule").text().strip();
        boolean fields = schedule.split("\\s+").length == FIELDS && schedule.matches("[0-9A-Za-z*/,\\-\\s?]+");
        if (!fields && !schedule.matches("@(hourly|daily|weekly|monthly|yearly|annually|midnight)")) {
            throw job.get("schedule").problem("a schedule has five fields, as in '0 3 * * *', or is like '@daily'.");
        }
        return new CronJob(command, schedule);
    }
}
