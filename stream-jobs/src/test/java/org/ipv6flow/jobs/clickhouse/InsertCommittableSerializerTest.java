package org.ipv6flow.jobs.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InsertCommittableSerializerTest {

  /** Version 1, as an earlier release wrote it: link_traffic_10s, token "t-1", 2 rows, "abcabc". */
  private static final String VERSION_1 =
      "01" + "0003742d31" + "00000002" + "00000006" + "0000000f" + "28b52ffd2006310000616263616263";

  private final InsertCommittableSerializer serializer = new InsertCommittableSerializer();

  @ParameterizedTest
  @EnumSource(ClickHouseTable.class)
  void rowsAndTokenSurviveTogether(ClickHouseTable table) throws IOException {
    byte[] rows = new byte[100_000];
    new Random(3).nextBytes(rows);
    InsertCommittable written = InsertCommittable.of(new RowBlock(table, 1_234, rows), "token-1");

    InsertCommittable read =
        serializer.deserialize(serializer.getVersion(), serializer.serialize(written));

    assertThat(read.table()).isEqualTo(table);
    assertThat(read.token()).isEqualTo("token-1");
    assertThat(read.rows()).isEqualTo(1_234);
    assertThat(read.rowBinary()).isEqualTo(rows);
  }

  @Test
  void readsWhatVersion1Wrote() throws IOException {
    InsertCommittable read = serializer.deserialize(1, HexFormat.of().parseHex(VERSION_1));

    assertThat(read.table()).isEqualTo(ClickHouseTable.LINK_TRAFFIC);
    assertThat(read.token()).isEqualTo("t-1");
    assertThat(read.rows()).isEqualTo(2);
    assertThat(read.rowBinary()).asString().isEqualTo("abcabc");
  }

  @Test
  void rejectsALaterVersion() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("committable of version 2 (expected: 1)");
  }
}
