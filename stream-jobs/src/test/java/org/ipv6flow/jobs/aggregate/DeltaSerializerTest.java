package org.ipv6flow.jobs.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaSerializerTest {

  private final DeltaSerializer serializer = new DeltaSerializer();

  @ParameterizedTest
  @EnumSource(DeltaKind.class)
  void whatIsWrittenIsReadBack(DeltaKind kind) throws IOException {
    Delta written = anyDelta(kind);
    DataOutputSerializer out = new DataOutputSerializer(128);
    serializer.serialize(written, out);

    Delta read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(read).usingRecursiveComparison().isEqualTo(written);
  }

  @ParameterizedTest
  @EnumSource(DeltaKind.class)
  void aReusedObjectKeepsNothingOfItsPast(DeltaKind kind) throws IOException {
    Delta written = anyDelta(kind);
    DataOutputSerializer out = new DataOutputSerializer(128);
    serializer.serialize(written, out);

    Delta read =
        serializer.deserialize(
            anyDelta(DeltaKind.UNATTRIBUTED), new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(read).usingRecursiveComparison().isEqualTo(written);
  }

  @ParameterizedTest
  @EnumSource(DeltaKind.class)
  void octetsAreCopiedWithoutReadingThem(DeltaKind kind) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    serializer.serialize(anyDelta(kind), out);
    DataOutputSerializer copy = new DataOutputSerializer(128);

    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);

    assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
  }

  @Test
  void rejectsAnotherKind() {
    assertThatThrownBy(
            () -> serializer.deserialize(new DataInputDeserializer(new byte[] {9, 0, 0, 0})))
        .isInstanceOf(IOException.class)
        .hasMessage("delta of kind 9 (expected: 1 or 2)");
  }

  private static Delta anyDelta(DeltaKind kind) {
    Random random = new Random(11);
    Delta delta = new Delta();
    delta.kind = kind;
    delta.key0 = random.nextLong();
    if (kind == DeltaKind.UNATTRIBUTED) {
      delta.key1 = random.nextLong();
      delta.key2 = random.nextLong();
      delta.key3 = random.nextLong();
    }
    delta.octets = random.nextLong();
    delta.packets = random.nextLong();
    delta.observedOctets = random.nextLong();
    delta.observedPackets = random.nextLong();
    delta.records = random.nextLong();
    delta.octetsVariance = random.nextDouble();
    return delta;
  }
}
