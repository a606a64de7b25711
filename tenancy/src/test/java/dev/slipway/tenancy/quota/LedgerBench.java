package dev.slipway.tenancy.quota;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Prepares a tenant for {@code deploy/bench quota}: {@code URL USER PASSWORD TENANT}; prints the tenant's id. */
public final class LedgerBench {
    private LedgerBench() {}

    public static void main(String[] words) throws Exception {
        try (Connection connection = DriverManager.getConnection(words[0], words[1], words[2]);
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists trial_intent (id uuid primary key)");
            try (PreparedStatement question = connection.prepareStatement("select id from tenant where name = ?")) {
                question.setString(1, words[3]);
                try (ResultSet result = question.executeQuery()) {
                    result.next();
                    System.out.println(result.getString(1));
                }
            }
        }
    }
}
