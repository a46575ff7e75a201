package org.ipv6flow.schema.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServerAccessTest {

  private static final String SHA256 = "ab".repeat(32);

  @Test
  void everyStatementMayBeRepeated() throws Exception {
    for (String statement :
        new ServerAccess(Map.of("api_password_sha256", SHA256)).statements(List.of("CT", "CU"))) {
      assertThat(statement)
          .matches(
              "(?s)(CREATE (USER|ROLE|QUOTA|SETTINGS PROFILE|DATABASE|ROW POLICY) IF NOT EXISTS"
                  + "|CREATE ROW POLICY OR REPLACE|CREATE OR REPLACE VIEW|GRANT|REVOKE) .*")
          .doesNotContain("${");
    }
  }

  @Test
  void operatorsHaveRolesOfTheirOwn() throws Exception {
    List<String> statements =
        new ServerAccess(Map.of("api_password_sha256", SHA256)).statements(List.of("CT"));

    assertThat(statements)
        .anyMatch(sql -> sql.startsWith("CREATE ROLE IF NOT EXISTS ipv6flow_operator_CT "))
        .anyMatch(
            sql ->
                sql.startsWith("CREATE ROW POLICY OR REPLACE ipv6flow_links_of_CT ")
                    && sql.contains("own.a_operator = 'CT' OR own.b_operator = 'CT'"));
  }

  /** The regulator has no right on the database itself, where addresses and devices are. */
  @Test
  void regulatorReadsWhatIsPublishedAlone() throws Exception {
    List<String> grants =
        new ServerAccess(Map.of("api_password_sha256", SHA256))
            .statements(List.of("CT")).stream()
                .filter(sql -> sql.startsWith("GRANT") && sql.contains("TO ipv6flow_regulator"))
                .toList();

    assertThat(grants).hasSize(1);
    assertThat(grants.get(0)).contains("SELECT ON ipv6flow_published.*");
  }

  @Test
  void refusesAnOperatorThatIsMoreThanAName() {
    assertThatThrownBy(
            () ->
                new ServerAccess(Map.of("api_password_sha256", SHA256))
                    .statements(List.of("CT' OR '1")))
        .isInstanceOf(MigrationException.class)
        .hasMessage("operator CT' OR '1: cannot name a role (expected: letters, digits, _)");
  }

  @Test
  void asksForTheHashOfThePassword() {
    assertThatThrownBy(() -> new ServerAccess(Map.of()))
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "schema variable api_password_sha256: missing"
                + " (expected: 64 hexadecimal digits, such as sha256sum prints)");
  }
}
