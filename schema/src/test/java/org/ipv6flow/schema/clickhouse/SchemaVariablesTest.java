package org.ipv6flow.schema.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchemaVariablesTest {

  @Test
  void standForOneServerByDefault() throws Exception {
    SchemaVariables variables = new SchemaVariables(Map.of());

    assertThat(
            variables.expand("${database}|${engine_prefix}|${on_cluster}|${time_zone}", "a test"))
        .isEqualTo("ipv6flow|||Asia/Shanghai");
  }

  @Test
  void turnTheSameScriptIntoThatOfACluster() throws Exception {
    SchemaVariables variables =
        new SchemaVariables(
            Map.of("engine_prefix", "Replicated", "on_cluster", "ON CLUSTER 'nation'"));

    assertThat(
            variables.expand(
                "CREATE TABLE t ${on_cluster} ENGINE = ${engine_prefix}MergeTree", "a test"))
        .isEqualTo("CREATE TABLE t ON CLUSTER 'nation' ENGINE = ReplicatedMergeTree");
  }

  @Test
  void deriveEverythingFromTheNameOfACluster() throws Exception {
    SchemaVariables variables = new SchemaVariables(Map.of("cluster", "nation"));

    assertThat(
            variables.expand(
                "t${local} ${on_cluster} ${engine_prefix}MergeTree${everywhere}", "a test"))
        .isEqualTo(
            "t_local ON CLUSTER 'nation' ReplicatedMergeTree"
                + "('/clickhouse/tables/{uuid}/all', '{shard}-{replica}')");
  }

  @Test
  void refuseAClusterBesideWhatItSets() {
    assertThatThrownBy(
            () -> new SchemaVariables(Map.of("cluster", "nation", "engine_prefix", "Replicated")))
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "schema variable cluster: sets engine_prefix and on_cluster (expected: it or them)");
  }

  @Test
  void leaveParametersOfViewsAlone() throws Exception {
    SchemaVariables variables = new SchemaVariables(Map.of());

    assertThat(variables.expand("{from:DateTime('UTC')}", "a test"))
        .isEqualTo("{from:DateTime('UTC')}");
  }

  @Test
  void refuseAnUnknownNameInTheScript() throws Exception {
    SchemaVariables variables = new SchemaVariables(Map.of());

    assertThatThrownBy(() -> variables.expand("${shard}", "V001__a.sql"))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("V001__a.sql: unknown variable ${shard} (expected: one of ");
  }

  @Test
  void refuseAnUnknownNameInTheSettings() {
    assertThatThrownBy(() -> new SchemaVariables(Map.of("shard", "1")))
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "unknown schema variable shard (expected: one of"
                + " [cluster, database, engine_prefix, on_cluster, time_zone])");
  }

  @Test
  void refuseAValueThatWouldBeMoreThanAName() {
    assertThatThrownBy(() -> new SchemaVariables(Map.of("database", "a; DROP DATABASE b")))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("schema variable database: 'a; DROP DATABASE b'");
  }
}
