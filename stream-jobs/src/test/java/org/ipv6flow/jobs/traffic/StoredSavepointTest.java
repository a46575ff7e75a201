package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.testing.InsertEndpoint;
import org.ipv6flow.jobs.testing.InsertEndpoint.Received;
import org.ipv6flow.jobs.testing.RowReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of today goes on from a savepoint that an earlier one left, and every octet is counted
 * once. The savepoint holds all kinds of state: how far the source was, messages counted lately, a
 * published inventory, sums held until their bucket is over, and inserts not acknowledged.
 *
 * <p>A savepoint stays here for good. When the layout of state changes, another one is made beside
 * it, and both must be read.
 */
@Timeout(120)
class StoredSavepointTest {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Path SAVEPOINTS = Path.of("src/test/resources/savepoints");
  private static final String NEW_LAYOUT = "ipv6flow.savepoint.layout";

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path directory;

  @Test
  void everyOctetIsCountedOnceAcrossASavepointOfLayout1() throws Exception {
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      LongJob.of(clickHouse, SAVEPOINTS.resolve("layout-1"), 10_000).execute();

      Map<String, Received> stored = new HashMap<>();
      clickHouse.received().forEach(insert -> stored.putIfAbsent(insert.token(), insert));
      List<LinkTrafficRow> links = new ArrayList<>();
      List<UnattributedRow> rest = new ArrayList<>();
      for (RowBlock rows : blocks(stored, ClickHouseTable.LINK_TRAFFIC)) {
        links.addAll(LinkTrafficRow.of(rows));
      }
      for (RowBlock rows : blocks(stored, ClickHouseTable.UNATTRIBUTED)) {
        rest.addAll(UnattributedRow.of(rows));
      }
      long attributed = links.stream().mapToLong(LinkTrafficRow::records).sum();
      assertThat(attributed + rest.stream().mapToLong(UnattributedRow::records).sum())
          .isEqualTo(LongJob.records());
      assertThat(
              links.stream().mapToLong(LinkTrafficRow::octets).sum()
                  + rest.stream().mapToLong(UnattributedRow::octets).sum())
          .isEqualTo(LongJob.octets());
      // The inventory is known from state alone: it is not published again.
      assertThat(links).extracting(LinkTrafficRow::link).contains("LINK-1", "LINK-9");
      // Held since before the savepoint, and since after it.
      assertThat(recordsOfServices(stored)).isEqualTo(attributed);
    }
  }

  /** Some of the inserts were in the savepoint: a test without them would show less. */
  @Test
  void theSavepointHoldsInsertsOfAPartOfTheBatches() throws Exception {
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      JobClient job = LongJob.of(clickHouse, SAVEPOINTS.resolve("layout-1"), 1).executeAsync();
      String table = ClickHouseTable.LINK_TRAFFIC.tableName();
      while (clickHouse.received().stream().noneMatch(insert -> insert.table().equals(table))) {
        Thread.sleep(20);
      }
      job.cancel().get(30, TimeUnit.SECONDS);

      // No checkpoint was made: what was inserted was waiting in the savepoint.
      long records = 0;
      for (Received insert : clickHouse.received()) {
        if (insert.table().equals(table)) {
          for (LinkTrafficRow row :
              LinkTrafficRow.of(block(ClickHouseTable.LINK_TRAFFIC, insert))) {
            records += row.records();
          }
        }
      }
      assertThat(records).isBetween(1L, LongJob.records() - 1);
    }
  }

  /**
   * Makes a savepoint to keep: {@code mvn -pl stream-jobs -am test -Dtest=StoredSavepointTest
   * -Dipv6flow.savepoint.layout=2}.
   */
  @Test
  @EnabledIfSystemProperty(named = NEW_LAYOUT, matches = "\\d+")
  void make() throws Exception {
    Path kept = SAVEPOINTS.resolve("layout-" + System.getProperty(NEW_LAYOUT));
    assertThat(kept).doesNotExist();
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      JobClient job = LongJob.of(clickHouse, null, 100).executeAsync();
      while (job.getJobStatus().get() != JobStatus.RUNNING) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      TimeUnit.SECONDS.sleep(2);
      String savepoint =
          job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
              .get(60, TimeUnit.SECONDS);
      copy(Path.of(URI.create(savepoint)), kept);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static List<RowBlock> blocks(Map<String, Received> stored, ClickHouseTable table) {
    return stored.values().stream()
        .filter(insert -> insert.table().equals(table.tableName()))
        .map(insert -> block(table, insert))
        .toList();
  }

  private static RowBlock block(ClickHouseTable table, Received insert) {
    return new RowBlock(table, 0, insert.body());
  }

  private static long recordsOfServices(Map<String, Received> stored) {
    long records = 0;
    for (RowBlock rows : blocks(stored, ClickHouseTable.SERVICE_TRAFFIC)) {
      RowReader in = new RowReader(rows.data());
      while (in.hasNext()) {
        in.uint32(); // bucket
        in.string(); // link
        in.uint8(); // direction
        in.uint8(); // IP version
        in.uint8(); // protocol
        in.string(); // service
        for (int i = 0; i < 4; i++) {
          in.uint64(); // octets, packets, observed octets and packets
        }
        records += in.uint64();
        in.float64();
      }
    }
    return records;
  }
}
