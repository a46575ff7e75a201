package org.ipv6flow.schema.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Roles, row policies, quotas and accounts, which only a server has: the embedded engine knows one
 * user. Apart from the migrations, so that one set of those fits both.
 */
public final class ServerAccess {

  private static final String FOLDER = "/org/ipv6flow/schema/clickhouse-server/";
  private static final String FOR_ALL = "access.sql";
  private static final String FOR_AN_OPERATOR = "operator-access.sql";
  private static final String PASSWORD = "api_password_sha256";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** What may be part of a role's name and of a literal without being quoted. */
  private static final Pattern OPERATOR = Pattern.compile("[A-Za-z0-9_]+");

  private final SchemaVariables variables;
  private final String passwordSha256;

  /**
   * Access to the database that was made with the same variables.
   *
   * @param variables those of {@link Migrator}, and {@code api_password_sha256}, the SHA-256 of the
   *     API accounts' password in hexadecimal
   */
  public ServerAccess(Map<String, String> variables) throws MigrationException {
    Map<String, String> ofSchema = new HashMap<>(variables);
    String password = ofSchema.remove(PASSWORD);
    if (password == null || !SHA256.matcher(password).matches()) {
      throw new MigrationException(
          "schema variable %s: %s (expected: 64 hexadecimal digits, such as sha256sum prints)"
              .formatted(PASSWORD, password == null ? "missing" : "not a SHA-256"));
    }
    this.passwordSha256 = password;
    this.variables = new SchemaVariables(ofSchema);
  }

  /**
   * Runs every statement; each may be repeated. Operators are those of the newest inventory.
   *
   * @return how many operators have a role
   */
  public int apply(Connection connection) throws MigrationException {
    try (Statement statement = connection.createStatement()) {
      List<String> operators = operators(statement);
      for (String sql : statements(operators)) {
        statement.execute(sql);
      }
      return operators.size();
    } catch (SQLException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new MigrationException(
          "access to %s: %s"
              .formatted(variables.database(), message.lines().findFirst().orElse("")),
          e);
    }
  }

  /** What is run, in order: the roles of all, then those of each operator. */
  public List<String> statements(List<String> operators) throws MigrationException {
    List<String> statements =
        new ArrayList<>(statements(FOR_ALL, Map.of(PASSWORD, passwordSha256)));
    for (String operator : operators) {
      if (!OPERATOR.matcher(operator).matches()) {
        throw new MigrationException(
            "operator %s: cannot name a role (expected: letters, digits, _)".formatted(operator));
      }
      statements.addAll(statements(FOR_AN_OPERATOR, Map.of("operator", operator)));
    }
    return statements;
  }

  private List<String> statements(String fileName, Map<String, String> more)
      throws MigrationException {
    String text = read(fileName);
    for (Map.Entry<String, String> variable : more.entrySet()) {
      text = text.replace("${" + variable.getKey() + "}", variable.getValue());
    }
    return SqlScript.statements(variables.expand(text, fileName));
  }

  private List<String> operators(Statement statement) throws SQLException {
    List<String> operators = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT DISTINCT operator FROM %1$s.inventory_operators
            WHERE loaded_at = (SELECT max(loaded_at) FROM %1$s.inventory_versions)
            ORDER BY operator
            """
                .formatted(variables.database()))) {
      while (rows.next()) {
        operators.add(rows.getString(1));
      }
    }
    return operators;
  }

  private static String read(String fileName) {
    try (InputStream in = ServerAccess.class.getResourceAsStream(FOLDER + fileName)) {
      if (in == null) {
        throw new IllegalStateException("resource " + FOLDER + fileName + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
