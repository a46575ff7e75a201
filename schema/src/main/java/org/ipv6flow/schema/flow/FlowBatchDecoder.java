package org.ipv6flow.schema.flow;

import java.util.Arrays;

/**
 * Reads a {@code FlowBatch} of {@code flow.proto} into reusable {@link FlowColumns}.
 *
 * <p>Fields of later schema versions are skipped. Every length, count and index is checked, so that
 * a reader may use the columns without checks of its own. Not thread-safe.
 */
public final class FlowBatchDecoder {

  /** Most records a batch may hold; size the columns to decode into by it. */
  public static final int MAX_RECORDS = 4096;

  private static final int ADDRESS_OCTETS = 16;

  private final WireReader in = new WireReader();

  /** Entries read so far of each column, by field number. */
  private final int[] filled = new int[FlowBatchFields.LIMIT];

  private int schemaVersion;

  /**
   * Replaces the content of {@code into} by a batch.
   *
   * @throws MalformedBatchException if the octets are no valid batch; {@code into} is then empty
   */
  public void decode(byte[] data, int offset, int length, FlowColumns into)
      throws MalformedBatchException {
    into.clear();
    into.samplingCount = 0;
    into.batchSequence = 0;
    into.collector = 0;
    into.baseTimeMillis = 0;
    schemaVersion = 0;
    Arrays.fill(filled, 0);
    in.reset(data, offset, length);
    boolean valid = false;
    try {
      while (in.hasRemaining()) {
        long tag = in.varint();
        decodeField((int) (tag >>> 3), (int) (tag & 7), into);
      }
      check(into);
      finishTimes(into);
      valid = true;
    } finally {
      if (!valid) {
        // Columns may have been filled beyond the record count.
        into.zeroRecords(0, into.capacity);
        into.recordCount = 0;
        into.clear();
      }
    }
  }

  private void decodeField(int field, int wireType, FlowColumns into)
      throws MalformedBatchException {
    if (field >= FlowBatchFields.LIMIT || field <= 0) {
      in.skip(wireType);
    } else if (wireType == WireWriter.WIRE_VARINT) {
      decodeScalar(field, in.varint(), into);
    } else if (wireType == WireWriter.WIRE_LENGTH_DELIMITED) {
      decodeColumn(field, in.length(), into);
    } else {
      in.skip(wireType);
    }
  }

  private void decodeScalar(int field, long value, FlowColumns into)
      throws MalformedBatchException {
    switch (field) {
      case FlowBatchFields.SCHEMA_VERSION -> schemaVersion = (int) value;
      case FlowBatchFields.BATCH_SEQUENCE -> into.batchSequence = value;
      case FlowBatchFields.BASE_TIME_MILLIS -> into.baseTimeMillis = value;
      case FlowBatchFields.RECORD_COUNT -> {
        if (value < 0 || value > into.capacity) {
          throw new MalformedBatchException(
              "record_count %d (expected: 0 to %d)".formatted(value, into.capacity));
        }
        into.recordCount = (int) value;
      }
      default -> throw new MalformedBatchException("field %d is not packed".formatted(field));
    }
  }

  private void decodeColumn(int field, int octets, FlowColumns into)
      throws MalformedBatchException {
    switch (field) {
      case FlowBatchFields.COLLECTOR_ID -> into.collector = in.hash(octets);
      case FlowBatchFields.SOURCES -> decodeSource(octets, into);
      case FlowBatchFields.SAMPLINGS -> decodeSampling(octets, into);
      case FlowBatchFields.MESSAGE_SOURCE ->
          into.messageSource = messageInts(field, into.messageSource, octets);
      case FlowBatchFields.MESSAGE_RECORD_COUNT ->
          into.messageRecordCount = messageInts(field, into.messageRecordCount, octets);
      case FlowBatchFields.MESSAGE_SEQUENCE_NUMBER ->
          into.messageSequenceNumber = messageInts(field, into.messageSequenceNumber, octets);
      case FlowBatchFields.MESSAGE_RECEIVE_TIME_DELTA_MILLIS ->
          into.messageReceiveTimeMillis =
              messageLongs(field, into.messageReceiveTimeMillis, octets);
      case FlowBatchFields.MESSAGE_EXPORT_TIME_DELTA_MILLIS ->
          into.messageExportTimeMillis = messageLongs(field, into.messageExportTimeMillis, octets);
      case FlowBatchFields.INGRESS_INTERFACE -> ints(field, into.ingressInterface, octets);
      case FlowBatchFields.EGRESS_INTERFACE -> ints(field, into.egressInterface, octets);
      case FlowBatchFields.DIRECTION -> bytes(field, into.direction, octets);
      case FlowBatchFields.IP_VERSION -> bytes(field, into.ipVersion, octets);
      case FlowBatchFields.IP_VERSION_RULE -> bytes(field, into.ipVersionRule, octets);
      case FlowBatchFields.SOURCE_ADDRESS_HIGH -> fixed(field, into.sourceAddressHigh, octets);
      case FlowBatchFields.SOURCE_ADDRESS_LOW -> fixed(field, into.sourceAddressLow, octets);
      case FlowBatchFields.DESTINATION_ADDRESS_HIGH ->
          fixed(field, into.destinationAddressHigh, octets);
      case FlowBatchFields.DESTINATION_ADDRESS_LOW ->
          fixed(field, into.destinationAddressLow, octets);
      case FlowBatchFields.SOURCE_PREFIX_LENGTH -> bytes(field, into.sourcePrefixLength, octets);
      case FlowBatchFields.DESTINATION_PREFIX_LENGTH ->
          bytes(field, into.destinationPrefixLength, octets);
      case FlowBatchFields.SOURCE_PORT -> ints(field, into.sourcePort, octets);
      case FlowBatchFields.DESTINATION_PORT -> ints(field, into.destinationPort, octets);
      case FlowBatchFields.PROTOCOL -> bytes(field, into.protocol, octets);
      case FlowBatchFields.NEXT_HEADER -> bytes(field, into.nextHeader, octets);
      case FlowBatchFields.TCP_CONTROL_BITS -> ints(field, into.tcpControlBits, octets);
      case FlowBatchFields.IP_CLASS_OF_SERVICE -> bytes(field, into.ipClassOfService, octets);
      case FlowBatchFields.FLOW_LABEL -> ints(field, into.flowLabel, octets);
      case FlowBatchFields.SOURCE_AS -> ints(field, into.sourceAs, octets);
      case FlowBatchFields.DESTINATION_AS -> ints(field, into.destinationAs, octets);
      case FlowBatchFields.NEXT_ADJACENT_AS -> ints(field, into.nextAdjacentAs, octets);
      case FlowBatchFields.PREVIOUS_ADJACENT_AS -> ints(field, into.previousAdjacentAs, octets);
      case FlowBatchFields.BGP_NEXT_HOP_HIGH -> fixed(field, into.bgpNextHopHigh, octets);
      case FlowBatchFields.BGP_NEXT_HOP_LOW -> fixed(field, into.bgpNextHopLow, octets);
      case FlowBatchFields.VLAN_ID -> ints(field, into.vlanId, octets);
      case FlowBatchFields.TOP_MPLS_LABEL -> ints(field, into.topMplsLabel, octets);
      case FlowBatchFields.INNER_IP_VERSION -> bytes(field, into.innerIpVersion, octets);
      case FlowBatchFields.FORWARDING_STATUS -> bytes(field, into.forwardingStatus, octets);
      case FlowBatchFields.FLOW_END_REASON -> bytes(field, into.flowEndReason, octets);
      case FlowBatchFields.OCTETS -> longs(field, into.octets, octets);
      case FlowBatchFields.PACKETS -> longs(field, into.packets, octets);
      case FlowBatchFields.FIRST_SWITCHED_DELTA_MILLIS ->
          filled[field] = in.signedLongs(into.firstSwitchedMillis, filled[field], octets);
      case FlowBatchFields.DURATION_MILLIS -> longs(field, into.lastSwitchedMillis, octets);
      case FlowBatchFields.SAMPLING_INDEX -> bytes(field, into.samplingIndex, octets);
      case FlowBatchFields.FLAGS -> ints(field, into.flags, octets);
      default -> in.position(in.position() + octets);
    }
  }

  private void ints(int field, int[] column, int octets) throws MalformedBatchException {
    filled[field] = in.ints(column, filled[field], octets);
  }

  private void longs(int field, long[] column, int octets) throws MalformedBatchException {
    filled[field] = in.longs(column, filled[field], octets);
  }

  private void fixed(int field, long[] column, int octets) throws MalformedBatchException {
    filled[field] = in.fixed64s(column, filled[field], octets);
  }

  private void bytes(int field, byte[] column, int octets) throws MalformedBatchException {
    filled[field] = in.bytes(column, octets);
  }

  /** A batch may name more messages than records; the octets bound how many. */
  private int[] messageInts(int field, int[] column, int octets) throws MalformedBatchException {
    int[] room =
        column.length - filled[field] >= octets
            ? column
            : Arrays.copyOf(column, filled[field] + octets);
    filled[field] = in.ints(room, filled[field], octets);
    return room;
  }

  private long[] messageLongs(int field, long[] column, int octets) throws MalformedBatchException {
    long[] room =
        column.length - filled[field] >= octets
            ? column
            : Arrays.copyOf(column, filled[field] + octets);
    filled[field] = in.signedLongs(room, filled[field], octets);
    return room;
  }

  private void decodeSource(int octets, FlowColumns into) throws MalformedBatchException {
    int stop = in.position() + octets;
    long high = 0;
    long low = 0;
    int domain = 0;
    while (in.position() < stop) {
      int tag = (int) in.varint();
      if (tag == ((1 << 3) | WireWriter.WIRE_LENGTH_DELIMITED)) {
        int addressOctets = in.length();
        if (addressOctets != ADDRESS_OCTETS) {
          throw new MalformedBatchException(
              "exporter_address of %d octets (expected: 16)".formatted(addressOctets));
        }
        high = Long.reverseBytes(in.fixed64());
        low = Long.reverseBytes(in.fixed64());
      } else if (tag == ((2 << 3) | WireWriter.WIRE_VARINT)) {
        domain = (int) in.varint();
      } else {
        in.skip(tag & 7);
      }
    }
    requireAt(stop);
    // Entries are numbered as written: a repeated source must not shift those after it.
    if (into.sourceIndex(high, low, domain) != filled[FlowBatchFields.SOURCES]) {
      throw new MalformedBatchException("repeated source");
    }
    filled[FlowBatchFields.SOURCES]++;
  }

  private void decodeSampling(int octets, FlowColumns into) throws MalformedBatchException {
    int stop = in.position() + octets;
    double interval = 0;
    byte provenance = 0;
    while (in.position() < stop) {
      int tag = (int) in.varint();
      if (tag == ((1 << 3) | WireWriter.WIRE_FIXED64)) {
        interval = Double.longBitsToDouble(in.fixed64());
      } else if (tag == ((2 << 3) | WireWriter.WIRE_VARINT)) {
        provenance = (byte) in.varint();
      } else {
        in.skip(tag & 7);
      }
    }
    requireAt(stop);
    boolean first = into.samplingCount == 0;
    if (first && (interval != 0 || provenance != 0)) {
      throw new MalformedBatchException("sampling entry 0 is not \"unknown\"");
    }
    if (!(interval >= 0) || Double.isInfinite(interval)) {
      throw new MalformedBatchException("sampling interval " + interval);
    }
    if (into.samplingIndex(interval, provenance) != filled[FlowBatchFields.SAMPLINGS]) {
      throw new MalformedBatchException("repeated sampling entry, or more than 256");
    }
    filled[FlowBatchFields.SAMPLINGS]++;
  }

  private void requireAt(int stop) throws MalformedBatchException {
    if (in.position() != stop) {
      throw new MalformedBatchException("entry ends inside a value at octet " + stop);
    }
  }

  private void check(FlowColumns into) throws MalformedBatchException {
    if (schemaVersion != FlowBatchFields.CURRENT_SCHEMA_VERSION) {
      throw new MalformedBatchException(
          "schema_version %d (expected: %d)"
              .formatted(schemaVersion, FlowBatchFields.CURRENT_SCHEMA_VERSION));
    }
    for (int field = FlowBatchFields.INGRESS_INTERFACE; field < FlowBatchFields.LIMIT; field++) {
      if (filled[field] != 0 && filled[field] != into.recordCount) {
        throw new MalformedBatchException(
            "column %d has %d entries (expected: %d)"
                .formatted(field, filled[field], into.recordCount));
      }
    }
    if (into.samplingCount == 0) {
      into.samplingCount = 1;
      into.samplingIntervals[0] = 0;
      into.samplingProvenances[0] = 0;
    }
    for (int i = 0; i < into.recordCount; i++) {
      if ((into.samplingIndex[i] & 0xFF) >= into.samplingCount) {
        throw new MalformedBatchException(
            "sampling_index %d (expected: below %d)"
                .formatted(into.samplingIndex[i] & 0xFF, into.samplingCount));
      }
    }
    checkMessages(into);
  }

  private void checkMessages(FlowColumns into) throws MalformedBatchException {
    int messages = filled[FlowBatchFields.MESSAGE_RECORD_COUNT];
    into.messageCount = messages;
    into.messageSource = messageColumn(FlowBatchFields.MESSAGE_SOURCE, into.messageSource);
    into.messageSequenceNumber =
        messageColumn(FlowBatchFields.MESSAGE_SEQUENCE_NUMBER, into.messageSequenceNumber);
    into.messageReceiveTimeMillis =
        messageColumn(
            FlowBatchFields.MESSAGE_RECEIVE_TIME_DELTA_MILLIS, into.messageReceiveTimeMillis);
    into.messageExportTimeMillis =
        messageColumn(
            FlowBatchFields.MESSAGE_EXPORT_TIME_DELTA_MILLIS, into.messageExportTimeMillis);
    long records = 0;
    for (int i = 0; i < messages; i++) {
      if (into.messageSource[i] < 0 || into.messageSource[i] >= into.sourceCount) {
        throw new MalformedBatchException(
            "message_source %d (expected: below %d)"
                .formatted(into.messageSource[i], into.sourceCount));
      }
      if (into.messageRecordCount[i] < 0) {
        throw new MalformedBatchException("message_record_count is beyond 2^31");
      }
      records += into.messageRecordCount[i];
    }
    if (records != into.recordCount) {
      throw new MalformedBatchException(
          "messages cover %d records (expected: %d)".formatted(records, into.recordCount));
    }
  }

  private int[] messageColumn(int field, int[] column) throws MalformedBatchException {
    int messages = requireMessages(field);
    int[] room = column.length >= messages ? column : Arrays.copyOf(column, messages);
    if (filled[field] == 0) {
      Arrays.fill(room, 0, messages, 0);
    }
    return room;
  }

  private long[] messageColumn(int field, long[] column) throws MalformedBatchException {
    int messages = requireMessages(field);
    long[] room = column.length >= messages ? column : Arrays.copyOf(column, messages);
    if (filled[field] == 0) {
      Arrays.fill(room, 0, messages, 0);
    }
    return room;
  }

  private int requireMessages(int field) throws MalformedBatchException {
    int messages = filled[FlowBatchFields.MESSAGE_RECORD_COUNT];
    if (filled[field] != 0 && filled[field] != messages) {
      throw new MalformedBatchException(
          "column %d has %d entries (expected: %d)".formatted(field, filled[field], messages));
    }
    return messages;
  }

  /** Times are deltas to the base on the wire, and absolute in the columns. */
  private static void finishTimes(FlowColumns into) {
    long base = into.baseTimeMillis;
    for (int i = 0; i < into.messageCount; i++) {
      into.messageReceiveTimeMillis[i] += base;
      into.messageExportTimeMillis[i] += base;
    }
    for (int i = 0; i < into.recordCount; i++) {
      long first = into.firstSwitchedMillis[i] + base;
      into.firstSwitchedMillis[i] = first;
      into.lastSwitchedMillis[i] += first;
    }
  }
}
