package org.ipv6flow.jobs.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.testing.RowReader;
import org.ipv6flow.schema.v1.ExporterStatus;
import org.junit.jupiter.api.Test;

class StatusRowsTest {

  private static final ByteString ADDRESS = ByteString.fromHex("00000000000000000000ffff7f120002");

  private final StatusRows rows = new StatusRows();

  @Test
  void aStatusRecordIsARowInTheOrderOfTheTablesColumns() throws Exception {
    rows.add(
        ExporterStatus.newBuilder()
            .setCollectorId("collector-1")
            .setExporterAddress(ADDRESS)
            .setObservationDomainId(0xFFFF_FFFF)
            .setIntervalStartMillis(1_790_000_017_000L)
            .setIntervalEndMillis(1_790_000_027_000L)
            .setProtocolVersion(10)
            .setDatagrams(1)
            .setDatagramOctets(2)
            .setDataRecords(3)
            .setFlowRecords(4)
            .setOptionsRecords(5)
            .setOctets(6)
            .setLostRecords(7)
            .setLostMessages(8)
            .setDuplicateMessages(9)
            .setReorderedMessages(10)
            .setRestarts(11)
            .setHeldSets(12)
            .setHeldSetsDecoded(13)
            .setSamplingKnownRecords(14)
            .setSamplingUnknownRecords(15)
            .setClockSuspectRecords(16)
            .setTemplates(17)
            .setOptionsTemplates(18)
            .setClockOffsetMillis(-19)
            .setLastReceivedMillis(1_790_000_026_123L)
            .build());

    RowBlock block = rows.takeQuality();

    assertThat(block.table()).isEqualTo(ClickHouseTable.EXPORTER_QUALITY);
    assertThat(block.rows()).isEqualTo(1);
    RowReader row = new RowReader(block.data());
    assertThat(row.uint32()).isEqualTo(1_790_000_010L);
    assertThat(row.ipv6()).containsExactly(0, 0x0000_FFFF_7F12_0002L);
    assertThat(row.uint32()).isEqualTo(0xFFFF_FFFFL);
    assertThat(row.string()).isEqualTo("collector-1");
    assertThat(row.uint8()).isEqualTo(10);
    for (long counter = 1; counter <= 16; counter++) {
      assertThat(row.uint64()).isEqualTo(counter);
    }
    assertThat(row.uint32()).isEqualTo(17);
    assertThat(row.uint32()).isEqualTo(18);
    assertThat(row.uint64()).isEqualTo(-19);
    assertThat(row.uint64()).isEqualTo(1_790_000_026_123L);
    assertThat(row.hasNext()).isFalse();
    assertThat(rows.takeDrops().rows()).isZero();
  }

  @Test
  void eachDropReasonIsARowOfItsOwn() throws Exception {
    rows.add(
        ExporterStatus.newBuilder()
            .setCollectorId("c")
            .setExporterAddress(ADDRESS)
            .setIntervalStartMillis(1_790_000_010_000L)
            .putDropped("truncated", 5)
            .build());

    RowBlock block = rows.takeDrops();

    assertThat(block.rows()).isEqualTo(1);
    RowReader row = new RowReader(block.data());
    assertThat(row.uint32()).isEqualTo(1_790_000_010L);
    assertThat(row.ipv6()).containsExactly(0, 0x0000_FFFF_7F12_0002L);
    assertThat(row.uint32()).isZero();
    assertThat(row.string()).isEqualTo("c");
    assertThat(row.string()).isEqualTo("truncated");
    assertThat(row.uint64()).isEqualTo(5);
    assertThat(row.hasNext()).isFalse();
  }

  @Test
  void rejectsAnAddressThatIsNone() {
    assertThatThrownBy(() -> rows.add(ExporterStatus.getDefaultInstance()))
        .isInstanceOf(MalformedStatusException.class)
        .hasMessage("exporter_address of 0 octets (expected: 16)");
    assertThat(rows.takeQuality().rows()).isZero();
  }
}
