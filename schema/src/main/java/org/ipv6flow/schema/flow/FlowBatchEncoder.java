package org.ipv6flow.schema.flow;

import java.nio.charset.StandardCharsets;

/**
 * Writes {@link FlowColumns} as a {@code FlowBatch} of {@code flow.proto}.
 *
 * <p>Written by hand because the generated class boxes its columns and allocates per batch; a test
 * proves that the generated class reads the same values. Not thread-safe.
 */
public final class FlowBatchEncoder {

  /** Upper bounds in octets, from the widest encoding of every column. */
  private static final int MAX_OCTETS_PER_RECORD = 256;

  private static final int MAX_OCTETS_PER_MESSAGE = 48;
  private static final int MAX_OCTETS_PER_SOURCE = 32;
  private static final int MAX_OCTETS_PER_SAMPLING = 24;
  private static final int MAX_OCTETS_OF_FRAMING = 1024;

  private static final int ADDRESS_OCTETS = 16;

  /** Tag and padded length. */
  private static final int MIN_PADDING_OCTETS = 4;

  private final byte[] collectorId;
  private final WireWriter out = new WireWriter();
  private final ReusedArrays arrays = new ReusedArrays();

  public FlowBatchEncoder(String collectorId) {
    this.collectorId = collectorId.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Encodes a batch into {@link #buffer}.
   *
   * @return the number of octets written, from index 0
   */
  public int encode(FlowColumns columns) {
    int records = columns.recordCount;
    out.begin(
        MAX_OCTETS_OF_FRAMING
            + collectorId.length
            + records * MAX_OCTETS_PER_RECORD
            + columns.messageCount * MAX_OCTETS_PER_MESSAGE
            + columns.sourceCount * MAX_OCTETS_PER_SOURCE
            + columns.samplingCount * MAX_OCTETS_PER_SAMPLING);
    encodeHeader(columns, records);
    encodeSources(columns);
    encodeSamplings(columns);
    encodeMessages(columns);
    encodeRecords(columns, records);
    return out.position();
  }

  /** Holds the last encoded batch; overwritten, and perhaps replaced, by the next. */
  public byte[] buffer() {
    return out.buffer();
  }

  /** Encodes a batch into an array of its own. */
  public byte[] toByteArray(FlowColumns columns) {
    encode(columns);
    return out.toByteArray();
  }

  /**
   * Encodes a batch into an array that is filled to its end, and that a later batch will be encoded
   * into: for those who take whole arrays only, such as Kafka's producer. Where the batch is
   * shorter than any such array, padding fills it up.
   */
  public byte[] toReusedArray(FlowColumns columns) {
    int octets = encode(columns);
    byte[] array = arrays.atLeast(octets + MIN_PADDING_OCTETS);
    out.padding(FlowBatchFields.PADDING, array.length);
    System.arraycopy(out.buffer(), 0, array, 0, array.length);
    return array;
  }

  private void encodeHeader(FlowColumns columns, int records) {
    out.varintField(FlowBatchFields.SCHEMA_VERSION, FlowBatchFields.CURRENT_SCHEMA_VERSION);
    out.tag(FlowBatchFields.COLLECTOR_ID, WireWriter.WIRE_LENGTH_DELIMITED);
    out.varint(collectorId.length);
    out.octets(collectorId, collectorId.length);
    out.varintField(FlowBatchFields.BATCH_SEQUENCE, columns.batchSequence);
    out.varintField(FlowBatchFields.RECORD_COUNT, records);
  }

  private void encodeSources(FlowColumns columns) {
    for (int i = 0; i < columns.sourceCount; i++) {
      long domain = Integer.toUnsignedLong(columns.sourceDomain[i]);
      out.tag(FlowBatchFields.SOURCES, WireWriter.WIRE_LENGTH_DELIMITED);
      out.varint(2 + ADDRESS_OCTETS + 1 + varintOctets(domain));
      out.tag(1, WireWriter.WIRE_LENGTH_DELIMITED);
      out.varint(ADDRESS_OCTETS);
      // The address is in network order, fixed64 in little-endian.
      out.fixed64(Long.reverseBytes(columns.sourceExporterHigh[i]));
      out.fixed64(Long.reverseBytes(columns.sourceExporterLow[i]));
      out.varintField(2, domain);
    }
  }

  private void encodeSamplings(FlowColumns columns) {
    for (int i = 0; i < columns.samplingCount; i++) {
      out.tag(FlowBatchFields.SAMPLINGS, WireWriter.WIRE_LENGTH_DELIMITED);
      out.varint(1 + Long.BYTES + 2);
      out.tag(1, WireWriter.WIRE_FIXED64);
      out.fixed64(Double.doubleToRawLongBits(columns.samplingIntervals[i]));
      out.varintField(2, columns.samplingProvenances[i]);
    }
  }

  private void encodeMessages(FlowColumns columns) {
    int messages = columns.messageCount;
    long base = columns.baseTimeMillis;
    out.intColumn(FlowBatchFields.MESSAGE_SOURCE, columns.messageSource, messages);
    // Always present: its length is the number of messages.
    out.intColumnAlways(FlowBatchFields.MESSAGE_RECORD_COUNT, columns.messageRecordCount, messages);
    out.intColumn(FlowBatchFields.MESSAGE_SEQUENCE_NUMBER, columns.messageSequenceNumber, messages);
    out.varintField(FlowBatchFields.BASE_TIME_MILLIS, base);
    out.deltaColumn(
        FlowBatchFields.MESSAGE_RECEIVE_TIME_DELTA_MILLIS,
        columns.messageReceiveTimeMillis,
        base,
        messages);
    out.deltaColumn(
        FlowBatchFields.MESSAGE_EXPORT_TIME_DELTA_MILLIS,
        columns.messageExportTimeMillis,
        base,
        messages);
  }

  private void encodeRecords(FlowColumns c, int records) {
    out.intColumn(FlowBatchFields.INGRESS_INTERFACE, c.ingressInterface, records);
    out.intColumn(FlowBatchFields.EGRESS_INTERFACE, c.egressInterface, records);
    out.byteColumn(FlowBatchFields.DIRECTION, c.direction, records);
    out.byteColumn(FlowBatchFields.IP_VERSION, c.ipVersion, records);
    out.byteColumn(FlowBatchFields.IP_VERSION_RULE, c.ipVersionRule, records);
    out.fixed64Column(FlowBatchFields.SOURCE_ADDRESS_HIGH, c.sourceAddressHigh, records);
    out.fixed64Column(FlowBatchFields.SOURCE_ADDRESS_LOW, c.sourceAddressLow, records);
    out.fixed64Column(FlowBatchFields.DESTINATION_ADDRESS_HIGH, c.destinationAddressHigh, records);
    out.fixed64Column(FlowBatchFields.DESTINATION_ADDRESS_LOW, c.destinationAddressLow, records);
    out.byteColumn(FlowBatchFields.SOURCE_PREFIX_LENGTH, c.sourcePrefixLength, records);
    out.byteColumn(FlowBatchFields.DESTINATION_PREFIX_LENGTH, c.destinationPrefixLength, records);
    out.intColumn(FlowBatchFields.SOURCE_PORT, c.sourcePort, records);
    out.intColumn(FlowBatchFields.DESTINATION_PORT, c.destinationPort, records);
    out.byteColumn(FlowBatchFields.PROTOCOL, c.protocol, records);
    out.byteColumn(FlowBatchFields.NEXT_HEADER, c.nextHeader, records);
    out.intColumn(FlowBatchFields.TCP_CONTROL_BITS, c.tcpControlBits, records);
    out.byteColumn(FlowBatchFields.IP_CLASS_OF_SERVICE, c.ipClassOfService, records);
    out.intColumn(FlowBatchFields.FLOW_LABEL, c.flowLabel, records);
    out.intColumn(FlowBatchFields.SOURCE_AS, c.sourceAs, records);
    out.intColumn(FlowBatchFields.DESTINATION_AS, c.destinationAs, records);
    out.intColumn(FlowBatchFields.NEXT_ADJACENT_AS, c.nextAdjacentAs, records);
    out.intColumn(FlowBatchFields.PREVIOUS_ADJACENT_AS, c.previousAdjacentAs, records);
    out.fixed64Column(FlowBatchFields.BGP_NEXT_HOP_HIGH, c.bgpNextHopHigh, records);
    out.fixed64Column(FlowBatchFields.BGP_NEXT_HOP_LOW, c.bgpNextHopLow, records);
    out.intColumn(FlowBatchFields.VLAN_ID, c.vlanId, records);
    out.intColumn(FlowBatchFields.TOP_MPLS_LABEL, c.topMplsLabel, records);
    out.byteColumn(FlowBatchFields.INNER_IP_VERSION, c.innerIpVersion, records);
    out.byteColumn(FlowBatchFields.FORWARDING_STATUS, c.forwardingStatus, records);
    out.byteColumn(FlowBatchFields.FLOW_END_REASON, c.flowEndReason, records);
    out.longColumn(FlowBatchFields.OCTETS, c.octets, records);
    out.longColumn(FlowBatchFields.PACKETS, c.packets, records);
    out.deltaColumn(
        FlowBatchFields.FIRST_SWITCHED_DELTA_MILLIS,
        c.firstSwitchedMillis,
        c.baseTimeMillis,
        records);
    out.differenceColumn(
        FlowBatchFields.DURATION_MILLIS, c.firstSwitchedMillis, c.lastSwitchedMillis, records);
    out.byteColumn(FlowBatchFields.SAMPLING_INDEX, c.samplingIndex, records);
    out.intColumn(FlowBatchFields.FLAGS, c.flags, records);
  }

  private static int varintOctets(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }
}
