package org.ipv6flow.schema.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.ipv6flow.schema.v1.FlowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowBatchCodecTest {

  private static final String COLLECTOR = "collector-1";

  private final FlowBatchEncoder encoder = new FlowBatchEncoder(COLLECTOR);
  private final FlowBatchDecoder decoder = new FlowBatchDecoder();
  private final FlowColumns columns = new FlowColumns(FlowColumns.DEFAULT_CAPACITY);
  private final FlowColumns decoded = new FlowColumns(FlowBatchDecoder.MAX_RECORDS);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void generatedClassReadsWhatTheEncoderWrites(long seed) throws InvalidProtocolBufferException {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      RandomBatches.fill(columns, random);

      FlowBatch read = FlowBatch.parseFrom(encoder.toByteArray(columns));

      GeneratedFlowBatch.assertSame(read, columns, COLLECTOR);
    }
  }

  /** One more or less than fits in a varint of one octet, two, and so on. */
  @Test
  void generatedClassReadsValuesOfEveryLength() throws InvalidProtocolBufferException {
    long received = columns.baseTimeMillis;
    int count = 0;
    for (int bits = 0; bits < Long.SIZE; bits += 7) {
      for (long value = (1L << bits) - 1; value <= 1L << bits; value++) {
        columns.octets[count] = value;
        columns.sourceAs[count] = (int) value;
        columns.destinationAs[count] = (int) (value | 1L << 31);
        count++;
      }
    }
    columns.recordCount = count;
    columns.addMessage(columns.sourceIndex(0, 1, 2), count, 3, received, received);

    FlowBatch read = FlowBatch.parseFrom(encoder.toByteArray(columns));

    GeneratedFlowBatch.assertSame(read, columns, COLLECTOR);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void decoderReadsWhatTheGeneratedClassWrites(long seed) throws MalformedBatchException {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      RandomBatches.fill(columns, random);
      byte[] written = GeneratedFlowBatch.of(columns, COLLECTOR).toByteArray();

      decoder.decode(written, 0, written.length, decoded);

      GeneratedFlowBatch.assertSame(GeneratedFlowBatch.of(decoded, COLLECTOR), columns, COLLECTOR);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void roundTripAtAnOffsetKeepsEveryColumn(long seed) throws MalformedBatchException {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      RandomBatches.fill(columns, random);
      byte[] written = encoder.toByteArray(columns);
      byte[] shifted = new byte[written.length + 20];
      random.nextBytes(shifted);
      System.arraycopy(written, 0, shifted, 7, written.length);

      decoder.decode(shifted, 7, written.length, decoded);

      GeneratedFlowBatch.assertSame(GeneratedFlowBatch.of(decoded, COLLECTOR), columns, COLLECTOR);
    }
  }

  /** The producer takes whole arrays only: what is left over of one is a field to be skipped. */
  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54})
  void paddingFillsAReusedArrayAndChangesNothing(long seed) throws Exception {
    Random random = new Random(seed);
    Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 200; i++) {
      RandomBatches.fill(columns, random);
      int octets = encoder.toByteArray(columns).length;

      byte[] written = encoder.toReusedArray(columns);

      arrays.add(written);
      assertThat(written.length).isBetween(octets, Math.max(256, octets + octets / 16 + 5));
      FlowBatch read = FlowBatch.parseFrom(written);
      assertThat(read.getPadding().toByteArray()).isEqualTo(new byte[read.getPadding().size()]);
      GeneratedFlowBatch.assertSame(read.toBuilder().clearPadding().build(), columns, COLLECTOR);
      decoder.decode(written, 0, written.length, decoded);
      GeneratedFlowBatch.assertSame(GeneratedFlowBatch.of(decoded, COLLECTOR), columns, COLLECTOR);
    }
    assertThat(arrays).hasSizeLessThan(150);
  }

  @Test
  void emptyBatchIsValid() throws MalformedBatchException {
    byte[] written = encoder.toByteArray(columns);

    decoder.decode(written, 0, written.length, decoded);

    assertThat(decoded.isEmpty()).isTrue();
    assertThat(decoded.samplingCount).isEqualTo(1);
  }

  @Test
  void fieldsOfALaterSchemaAreSkipped() throws MalformedBatchException {
    RandomBatches.fill(columns, new Random(31));
    byte[] written = encoder.toByteArray(columns);
    // Field 1000, length-delimited, two octets.
    byte[] extended = Arrays.copyOf(written, written.length + 5);
    extended[written.length] = (byte) 0xC2;
    extended[written.length + 1] = 0x3E;
    extended[written.length + 2] = 2;

    decoder.decode(extended, 0, extended.length, decoded);

    GeneratedFlowBatch.assertSame(GeneratedFlowBatch.of(decoded, COLLECTOR), columns, COLLECTOR);
  }

  @Test
  void columnOfAnotherLengthIsMalformed() {
    byte[] written =
        FlowBatch.newBuilder()
            .setSchemaVersion(1)
            .setRecordCount(2)
            .addOctets(100)
            .build()
            .toByteArray();

    assertThatThrownBy(() -> decoder.decode(written, 0, written.length, decoded))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessage("column 45 has 1 entries (expected: 2)");
    assertThat(decoded.isEmpty()).isTrue();
  }

  @Test
  void batchOfAnotherSchemaVersionIsMalformed() {
    byte[] written = FlowBatch.newBuilder().setSchemaVersion(2).build().toByteArray();

    assertThatThrownBy(() -> decoder.decode(written, 0, written.length, decoded))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessage("schema_version 2 (expected: 1)");
  }

  @Test
  void recordsWithoutAMessageAreMalformed() {
    byte[] written =
        FlowBatch.newBuilder().setSchemaVersion(1).setRecordCount(3).build().toByteArray();

    assertThatThrownBy(() -> decoder.decode(written, 0, written.length, decoded))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessage("messages cover 0 records (expected: 3)");
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44})
  void mutatedOctetsAreReadOrRefusedAndNeverSpillIntoTheNextBatch(long seed)
      throws MalformedBatchException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      RandomBatches.fill(columns, random);
      byte[] written = encoder.toByteArray(columns);
      byte[] mutated = Arrays.copyOf(written, written.length - random.nextInt(3));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      try {
        decoder.decode(mutated, 0, mutated.length, decoded);
      } catch (MalformedBatchException expected) {
        assertThat(decoded.isEmpty()).isTrue();
      }

      decoder.decode(written, 0, written.length, decoded);

      GeneratedFlowBatch.assertSame(GeneratedFlowBatch.of(decoded, COLLECTOR), columns, COLLECTOR);
    }
  }
}
