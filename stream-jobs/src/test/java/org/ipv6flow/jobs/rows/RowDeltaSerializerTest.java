package org.ipv6flow.jobs.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowDeltaSerializerTest {

  private final RowDeltaSerializer serializer = new RowDeltaSerializer();

  @ParameterizedTest
  @EnumSource(ClickHouseTable.class)
  void whatIsWrittenIsReadBack(ClickHouseTable table) throws IOException {
    RowDelta written = anyDelta(table, 40);

    RowDelta read = serializer.deserialize(new DataInputDeserializer(octets(written)));

    assertSame(read, written);
  }

  @Test
  void aReusedObjectKeepsNothingOfItsPast() throws IOException {
    RowDelta written = anyDelta(ClickHouseTable.LINK_TRAFFIC, 300);
    RowDelta reused = anyDelta(ClickHouseTable.UNATTRIBUTED, 50);

    RowDelta read = serializer.deserialize(reused, new DataInputDeserializer(octets(written)));

    assertThat(read).isSameAs(reused);
    assertSame(read, written);
  }

  @Test
  void aCopyIsOneOfItsOwn() {
    RowDelta written = anyDelta(ClickHouseTable.AS_TRAFFIC, 300);

    RowDelta copy = serializer.copy(written);
    assertSame(copy, written);

    written.key[0]++;
    assertThat(copy.key[0]).isNotEqualTo(written.key[0]);
  }

  @ParameterizedTest
  @EnumSource(ClickHouseTable.class)
  void octetsAreCopiedWithoutReadingThem(ClickHouseTable table) throws IOException {
    byte[] octets = octets(anyDelta(table, 21));
    DataOutputSerializer copy = new DataOutputSerializer(128);

    serializer.copy(new DataInputDeserializer(octets), copy);

    assertThat(copy.getCopyOfBuffer()).isEqualTo(octets);
  }

  @Test
  void rejectsAnUnknownTable() {
    assertThatThrownBy(
            () -> serializer.deserialize(new DataInputDeserializer(new byte[] {99, 0, 0, 0})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("table code 99 (expected: 1 to 12)");
  }

  private byte[] octets(RowDelta delta) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    serializer.serialize(delta, out);
    return out.getCopyOfBuffer();
  }

  private static void assertSame(RowDelta one, RowDelta other) {
    assertThat(one.copyOfKey()).isEqualTo(other.copyOfKey());
    assertThat(one).usingRecursiveComparison().ignoringFields("key").isEqualTo(other);
  }

  private static RowDelta anyDelta(ClickHouseTable table, int keyLength) {
    Random random = new Random(11);
    RowDelta delta = new RowDelta();
    delta.table = table;
    delta.partition = random.nextInt();
    delta.key = new byte[keyLength + 7];
    random.nextBytes(delta.key);
    delta.keyLength = keyLength;
    delta.octets = random.nextLong();
    delta.packets = random.nextLong();
    delta.observedOctets = random.nextLong();
    delta.observedPackets = random.nextLong();
    delta.records = random.nextLong();
    delta.octetsVariance = random.nextDouble();
    return delta;
  }
}
