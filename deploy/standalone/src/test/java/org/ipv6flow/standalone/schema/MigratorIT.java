package org.ipv6flow.standalone.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ipv6flow.schema.clickhouse.AppliedMigration;
import org.ipv6flow.schema.clickhouse.MigrationException;
import org.ipv6flow.schema.clickhouse.MigrationStatus;
import org.ipv6flow.schema.clickhouse.MigrationStatus.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestStore.class)
final class MigratorIT {

  private final TestStore store;

  MigratorIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void dropTheDatabase() throws Exception {
    store.execute("DROP DATABASE IF EXISTS $db SYNC");
  }

  @Test
  void makesEverythingFromNothing() throws Exception {
    assertThat(store.migrator().status())
        .isNotEmpty()
        .allMatch(status -> status.state() == State.PENDING && status.appliedAt() == null);

    List<AppliedMigration> applied = store.migrator().apply();

    assertThat(applied)
        .extracting(AppliedMigration::version)
        .containsExactlyElementsOf(
            store.migrator().status().stream().map(MigrationStatus::version).toList());
    assertThat(tables())
        .contains(
            "link_traffic_10s",
            "link_traffic_1m",
            "link_traffic_5m",
            "link_traffic_1h",
            "link_traffic_1d",
            "unattributed_1m",
            "exporter_quality_10s",
            "exporter_drops_10s",
            "inventory_links",
            "plan_targets",
            "def_link_load_10s_v1",
            "def_ipv6_share_v1",
            "def_plan_progress_v1",
            "def_interconnect_traffic_v1",
            "def_exporter_health_v1");
  }

  @Test
  void appliesOnlyOnce() throws Exception {
    store.migrator().apply();

    assertThat(store.migrator().apply()).isEmpty();
    assertThat(store.migrator().status())
        .allMatch(status -> status.state() == State.APPLIED && status.appliedAt() != null);
  }

  @Test
  void runsAMigrationAgainThatWasCutShort() throws Exception {
    List<AppliedMigration> all = store.migrator().apply();
    String definitions = store.value("SELECT count() FROM $db.definitions FINAL");
    int last = all.get(all.size() - 1).version();
    store.execute("DELETE FROM $db.schema_migrations WHERE version = " + last);

    assertThat(store.migrator().apply())
        .extracting(AppliedMigration::version)
        .containsExactly(last);
    assertThat(store.value("SELECT count() FROM $db.definitions FINAL")).isEqualTo(definitions);
  }

  @Test
  void refusesAMigrationThatWasEditedAfterItWasApplied() throws Exception {
    store.migrator().apply();
    store.execute(
        "ALTER TABLE $db.schema_migrations UPDATE checksum = 'abc' WHERE version = 2"
            + " SETTINGS mutations_sync = 1");

    assertThatThrownBy(() -> store.migrator().apply())
        .isInstanceOf(MigrationException.class)
        .hasMessageStartingWith(
            "migration V002__unattributed.sql: checksum abc in database MigratorIT (expected: ")
        .hasMessageEndingWith(", the file was edited after it was applied)");
    assertThat(store.migrator().status().get(1).state()).isEqualTo(State.CHANGED);
  }

  @Test
  void refusesADatabaseOfANewerRelease() throws Exception {
    int versions = store.migrator().apply().size();
    store.execute(
        "INSERT INTO $db.schema_migrations VALUES (%d, 'from the future', 'abc', now64(3), 1)"
            .formatted(versions + 1));

    assertThatThrownBy(() -> store.migrator().apply())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "database MigratorIT is at schema version %d"
                + " (expected: at most %d, a newer release made it)",
            versions + 1, versions);
    assertThat(store.migrator().status().get(versions).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void refusesAGapInTheHistory() throws Exception {
    store.migrator().apply();
    store.execute("DELETE FROM $db.schema_migrations WHERE version = 3");

    assertThatThrownBy(() -> store.migrator().apply())
        .isInstanceOf(MigrationException.class)
        .hasMessage("database MigratorIT has migration 4 but not 3 (expected: no gap)");
  }

  private List<String> tables() throws Exception {
    return store.rows("SELECT name FROM system.tables WHERE database = '$db'").stream()
        .map(row -> String.valueOf(row.get("name")))
        .toList();
  }
}
