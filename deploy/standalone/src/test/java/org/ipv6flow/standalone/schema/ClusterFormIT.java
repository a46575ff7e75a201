package org.ipv6flow.standalone.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.clickhouse.ServerAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What only a cluster or a server can run is at least what ClickHouse's parser accepts: the engine
 * here has no replication, no shards and no users.
 */
@ExtendWith(TestStore.class)
final class ClusterFormIT {

  private final TestStore store;

  ClusterFormIT(TestStore store) {
    this.store = store;
  }

  @Test
  void migrationsParseInTheFormOfACluster() throws Exception {
    List<String> script =
        new Migrator(store.connection(), Map.of("cluster", "nation", "database", "c")).script();

    for (String statement : script) {
      assertThat(formatted(statement)).as(statement).isNotEmpty();
    }
    assertThat(script)
        .filteredOn(statement -> !statement.startsWith("INSERT"))
        .allMatch(statement -> statement.contains("ON CLUSTER 'nation'"));
    assertThat(script)
        .filteredOn(statement -> statement.contains("ENGINE = "))
        .allMatch(
            statement ->
                statement.contains("ENGINE = Replicated")
                    || statement.contains("ENGINE = Distributed('nation', 'c', "));
  }

  @Test
  void accessParsesOnAServerAndOnACluster() throws Exception {
    for (Map<String, String> form :
        List.of(
            Map.of("api_password_sha256", "ab".repeat(32)),
            Map.of("api_password_sha256", "ab".repeat(32), "cluster", "nation"))) {
      for (String statement : new ServerAccess(form).statements(List.of("CT", "CU"))) {
        assertThat(formatted(statement)).as(statement).isNotEmpty();
      }
    }
  }

  @Test
  void parserRefusesWhatIsWrong() {
    assertThatThrownBy(() -> formatted("CREATE ROW POLICE p ON a.b USING 1 TO c"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Syntax error");
  }

  private String formatted(String statement) throws SQLException {
    try (PreparedStatement query = store.connection().prepareStatement("SELECT formatQuery(?)")) {
      query.setString(1, statement);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }
}
