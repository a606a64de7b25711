package dev.slipway.tenancy.identity;

/** An app by its full name, written {@code tenant/app}. */
public record AppRef(TenantName tenant, AppName app) {
    /**
     * Reads {@code tenant/app}.
     *
     * @throws InvalidNameException with a sentence, if there is not exactly one slash or a part breaks the law
     */
    public static AppRef parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || slash != text.lastIndexOf('/')) {
            throw NameLaw.refuse("app", text, "write it as TENANT/APP, for example acme/shop");
        }
        return new AppRef(TenantName.parse(text.substring(0, slash)), AppName.parse(text.substring(slash + 1)));
    }

    /** Same as {@link #parse}, for references that are written in code. */
    public static AppRef of(String text) {
        return parse(text);
    }

    @Override
    public String toString() {
        return tenant + "/" + app;
    }
}
