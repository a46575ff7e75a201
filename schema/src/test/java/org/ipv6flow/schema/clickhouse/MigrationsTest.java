package org.ipv6flow.schema.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ipv6flow.schema.inventory.Meter;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.junit.jupiter.api.Test;

final class MigrationsTest {

  @Test
  void listNamesEveryMigrationInItsFolder() throws Exception {
    List<String> listed = Migrations.load().stream().map(Migration::fileName).toList();

    assertThat(listed).containsExactlyElementsOf(filesInFolder());
  }

  @Test
  void everyMigrationExpandsToStatementsThatMayBeRepeated() throws Exception {
    SchemaVariables variables = new SchemaVariables(Map.of());
    for (Migration migration : Migrations.load()) {
      String script = variables.expand(migration.text(), migration.fileName());

      assertThat(SqlScript.statements(script))
          .isNotEmpty()
          .allSatisfy(
              statement ->
                  assertThat(statement)
                      .matches(
                          "(?s)(CREATE (TABLE|MATERIALIZED VIEW) IF NOT EXISTS"
                              + "|CREATE OR REPLACE VIEW|INSERT INTO ipv6flow.definitions) .*"));
    }
  }

  @Test
  void everyTableOfSumsRemembersInsertsOnBothKindsOfServer() throws Exception {
    for (Migration migration : Migrations.load()) {
      for (String statement : SqlScript.statements(migration.text())) {
        if (statement.contains("SummingMergeTree") || statement.contains("AggregatingMergeTree")) {
          assertThat(statement)
              .contains("non_replicated_deduplication_window = 10000")
              .contains("\n    replicated_deduplication_window = 10000");
        }
      }
    }
  }

  /** A new table that forgets one of them would be another on every shard, or on one alone. */
  @Test
  void everyTableIsLocalToAShardOrEverywhere() throws Exception {
    for (Migration migration : Migrations.load()) {
      for (String statement : SqlScript.statements(migration.text())) {
        if (statement.startsWith("CREATE TABLE")) {
          assertThat(statement).containsPattern("\\w\\$\\{local} |MergeTree\\$\\{everywhere}");
        }
        if (statement.startsWith("CREATE MATERIALIZED VIEW")) {
          assertThat(statement)
              .containsPattern("\nTO \\S+\\$\\{local}\n")
              .containsPattern("\nFROM \\S+\\$\\{local} AS ");
        }
      }
    }
  }

  @Test
  void everyLocalTableHasADistributedOneOnACluster() throws Exception {
    SchemaVariables variables = new SchemaVariables(Map.of("cluster", "nation"));
    List<String> statements = Migrator.statements(Migrations.load().get(0), variables);

    assertThat(statements.get(0))
        .startsWith(
            "CREATE TABLE IF NOT EXISTS ipv6flow.link_traffic_10s_local ON CLUSTER 'nation'")
        .contains("ENGINE = ReplicatedSummingMergeTree(");
    assertThat(statements.get(1))
        .isEqualToNormalizingNewlines(
            """
            CREATE TABLE IF NOT EXISTS ipv6flow.link_traffic_10s ON CLUSTER 'nation' \
            AS ipv6flow.link_traffic_10s_local
            ENGINE = Distributed('nation', 'ipv6flow', 'link_traffic_10s_local', cityHash64(link))""");
    assertThat(statements.get(4))
        .contains("TO ipv6flow.link_traffic_1m_local\n")
        .contains("FROM ipv6flow.link_traffic_10s_local AS source");
  }

  @Test
  void enumsInTheTablesAreThoseOfTheCode() throws Exception {
    String traffic = Migrations.load().get(0).text();
    String unattributed = Migrations.load().get(1).text();
    String classes =
        members(Arrays.stream(TrafficClass.values()).map(c -> member(c.label(), c.code())));
    String directions =
        members(Arrays.stream(LinkDirection.values()).map(d -> member(d.label(), d.code())));
    String meters = members(Arrays.stream(Meter.values()).map(m -> member(m.label(), m.code())));
    String reasons =
        members(Arrays.stream(UnattributedReason.values()).map(r -> member(r.label(), r.code())));

    assertThat(enumsOf(traffic, "traffic_class")).hasSize(6).containsOnly(classes);
    assertThat(enumsOf(traffic, "direction")).hasSize(7).containsOnly(directions);
    assertThat(enumsOf(unattributed, "meter")).containsExactly(meters);
    assertThat(enumsOf(unattributed, "reason")).containsExactly(reasons);
  }

  @Test
  void refusesAGapInTheVersions() throws Exception {
    List<Migration> migrations =
        List.of(Migration.of("V001__one.sql", ""), Migration.of("V003__three.sql", ""));

    assertThatThrownBy(() -> Migrations.requireConsecutive(migrations))
        .isInstanceOf(MigrationException.class)
        .hasMessage("migration V003__three.sql: version 3 (expected: 2)");
  }

  @Test
  void refusesAFileNameThatIsNoMigration() {
    assertThatThrownBy(() -> Migration.of("V1_one.sql", ""))
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "migration V1_one.sql: not a migration's name (expected: V001__what_it_does.sql)");
  }

  @Test
  void checksumIsThatOfTheText() throws Exception {
    Migration migration = Migration.of("V001__link_traffic.sql", "abc");

    // FIPS 180-2 appendix B.1
    assertThat(migration.checksum())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(migration.description()).isEqualTo("link traffic");
  }

  private static List<String> filesInFolder() throws IOException, URISyntaxException {
    URL list =
        Objects.requireNonNull(
            Migrations.class.getResource("/org/ipv6flow/schema/clickhouse/migrations.list"));
    try (Stream<Path> files = Files.list(Path.of(list.toURI()).resolveSibling("."))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .sorted()
          .toList();
    }
  }

  private static List<String> enumsOf(String script, String column) {
    Matcher matcher =
        Pattern.compile(" " + column + " +Enum8\\(\\s*([^)]*?)\\s*\\)").matcher(script);
    return matcher.results().map(found -> found.group(1).replaceAll("\\s+", " ")).toList();
  }

  private static String member(String label, int code) {
    return "'%s' = %d".formatted(label, code);
  }

  private static String members(Stream<String> members) {
    return String.join(", ", members.toList());
  }
}
