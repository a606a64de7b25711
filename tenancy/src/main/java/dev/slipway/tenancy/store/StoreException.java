package dev.slipway.tenancy.store;

import java.sql.SQLException;

/** The database did not do what it was asked to. */
public final class StoreException extends RuntimeException {
    private final String statement;

    StoreException(String statement, SQLException cause) {
        super("The database refused a statement: state=" + cause.getSQLState() + " statement=" + statement, cause);
        this.statement = statement;
    }

    /** The SQL that was tried, without its values. */
    public String statement() {
        return statement;
    }
}
