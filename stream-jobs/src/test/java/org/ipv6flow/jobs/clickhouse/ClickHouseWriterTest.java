package org.ipv6flow.jobs.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClickHouseWriterTest {

  private static final SinkWriter.Context CONTEXT =
      new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
          return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
          return null;
        }
      };

  private final ClickHouseWriter writer = new ClickHouseWriter();

  @Test
  void aCheckpointGivesOneInsertPerTable() {
    writer.write(block(ClickHouseTable.LINK_TRAFFIC, 1, "a"), CONTEXT);
    writer.write(block(ClickHouseTable.UNATTRIBUTED, 1, "b"), CONTEXT);
    writer.write(block(ClickHouseTable.LINK_TRAFFIC, 2, "cd"), CONTEXT);

    Collection<InsertCommittable> prepared = writer.prepareCommit();

    assertThat(prepared)
        .extracting(InsertCommittable::table)
        .containsExactly(ClickHouseTable.LINK_TRAFFIC, ClickHouseTable.UNATTRIBUTED);
    InsertCommittable traffic = prepared.iterator().next();
    assertThat(traffic.rows()).isEqualTo(3);
    assertThat(traffic.rowBinary()).asString().isEqualTo("acd");
  }

  @Test
  void aCheckpointWithoutRowsGivesNoInsert() {
    writer.write(block(ClickHouseTable.LINK_TRAFFIC, 0, ""), CONTEXT);

    assertThat(writer.prepareCommit()).isEmpty();
  }

  @Test
  void rowsBelongToOneCheckpointOnly() {
    writer.write(block(ClickHouseTable.LINK_TRAFFIC, 1, "a"), CONTEXT);
    writer.prepareCommit();

    assertThat(writer.prepareCommit()).isEmpty();
  }

  @Test
  void aFlushBeforeTheBarrierKeepsTheRowsForTheCommit() {
    writer.write(block(ClickHouseTable.LINK_TRAFFIC, 1, "a"), CONTEXT);

    writer.flush(true);

    assertThat(writer.prepareCommit()).hasSize(1);
  }

  @Test
  void anInsertStaysOneBlockOfClickHouse() {
    int half = ClickHouseWriter.MAX_ROWS_PER_INSERT / 2;
    for (int i = 0; i < 5; i++) {
      writer.write(block(ClickHouseTable.LINK_TRAFFIC, half, "x"), CONTEXT);
    }

    assertThat(writer.prepareCommit())
        .extracting(InsertCommittable::rows)
        .containsExactly(2 * half, 2 * half, half);
  }

  @Test
  void noTwoInsertsShareAToken() {
    List<InsertCommittable> inserts = new ArrayList<>();
    for (int incarnation = 0; incarnation < 3; incarnation++) {
      ClickHouseWriter restarted = new ClickHouseWriter();
      for (int checkpoint = 0; checkpoint < 10; checkpoint++) {
        restarted.write(block(ClickHouseTable.LINK_TRAFFIC, 1, "same"), CONTEXT);
        restarted.write(block(ClickHouseTable.UNATTRIBUTED, 1, "same"), CONTEXT);
        inserts.addAll(restarted.prepareCommit());
      }
    }

    Set<String> tokens = new HashSet<>();
    inserts.forEach(insert -> tokens.add(insert.token()));
    assertThat(tokens).hasSize(inserts.size()).hasSize(60);
  }

  private static RowBlock block(ClickHouseTable table, int rows, String data) {
    return new RowBlock(table, rows, data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
