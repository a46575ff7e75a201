package org.ipv6flow.schema.flow;

import java.util.Arrays;

/**
 * A batch of flow records as a struct of arrays, one array per field of {@code flow.proto}.
 *
 * <p>Reused from batch to batch: the collector appends records, the encoder writes them; the
 * decoder fills one, the stream job reads it. Entries at and after {@link #recordCount} are
 * undefined, except that {@link #clear} leaves every optional column at 0. Fields are public arrays
 * because the hot loops run over them column by column. Not thread-safe.
 *
 * <p>Units: octets and packets as observed; times in milliseconds since the epoch, UTC; addresses
 * as two 64-bit halves, IPv4 as IPv4-mapped.
 */
public final class FlowColumns {

  /** Records that fill a batch: larger ones leave the cache, smaller ones compress worse. */
  public static final int DEFAULT_CAPACITY = 512;

  /** High half of every IPv4-mapped address is 0; this is the low half's prefix. */
  public static final long IPV4_MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;

  public final int capacity;

  public int recordCount;
  public long batchSequence;
  public long baseTimeMillis;

  /** Whether the first message began in an earlier batch; only the collector knows. */
  public boolean continuesMessage;

  /** Stands for the id of the collector that decoded the batch; only a decoder sets it. */
  public long collector;

  /** Exporters and observation domains that the messages refer to. */
  public int sourceCount;

  public long[] sourceExporterHigh = new long[16];
  public long[] sourceExporterLow = new long[16];
  public int[] sourceDomain = new int[16];

  /** Sampling intervals that the records refer to; entry 0 is always "unknown". */
  public int samplingCount;

  public double[] samplingIntervals = new double[16];
  public byte[] samplingProvenances = new byte[16];

  /** Export messages; message i covers the records that follow those of message i-1. */
  public int messageCount;

  public int[] messageSource;
  public int[] messageRecordCount;
  public int[] messageSequenceNumber;
  public long[] messageReceiveTimeMillis;
  public long[] messageExportTimeMillis;

  public final int[] ingressInterface;
  public final int[] egressInterface;
  public final byte[] direction;
  public final byte[] ipVersion;
  public final byte[] ipVersionRule;
  public final long[] sourceAddressHigh;
  public final long[] sourceAddressLow;
  public final long[] destinationAddressHigh;
  public final long[] destinationAddressLow;
  public final byte[] sourcePrefixLength;
  public final byte[] destinationPrefixLength;
  public final int[] sourcePort;
  public final int[] destinationPort;
  public final byte[] protocol;
  public final byte[] nextHeader;
  public final int[] tcpControlBits;
  public final byte[] ipClassOfService;
  public final int[] flowLabel;
  public final int[] sourceAs;
  public final int[] destinationAs;
  public final int[] nextAdjacentAs;
  public final int[] previousAdjacentAs;
  public final long[] bgpNextHopHigh;
  public final long[] bgpNextHopLow;
  public final int[] vlanId;
  public final int[] topMplsLabel;
  public final byte[] innerIpVersion;
  public final byte[] forwardingStatus;
  public final byte[] flowEndReason;
  public final long[] octets;
  public final long[] packets;
  public final long[] firstSwitchedMillis;
  public final long[] lastSwitchedMillis;
  public final byte[] samplingIndex;
  public final int[] flags;

  public FlowColumns(int capacity) {
    this.capacity = capacity;
    messageSource = new int[capacity];
    messageRecordCount = new int[capacity];
    messageSequenceNumber = new int[capacity];
    messageReceiveTimeMillis = new long[capacity];
    messageExportTimeMillis = new long[capacity];
    ingressInterface = new int[capacity];
    egressInterface = new int[capacity];
    direction = new byte[capacity];
    ipVersion = new byte[capacity];
    ipVersionRule = new byte[capacity];
    sourceAddressHigh = new long[capacity];
    sourceAddressLow = new long[capacity];
    destinationAddressHigh = new long[capacity];
    destinationAddressLow = new long[capacity];
    sourcePrefixLength = new byte[capacity];
    destinationPrefixLength = new byte[capacity];
    sourcePort = new int[capacity];
    destinationPort = new int[capacity];
    protocol = new byte[capacity];
    nextHeader = new byte[capacity];
    tcpControlBits = new int[capacity];
    ipClassOfService = new byte[capacity];
    flowLabel = new int[capacity];
    sourceAs = new int[capacity];
    destinationAs = new int[capacity];
    nextAdjacentAs = new int[capacity];
    previousAdjacentAs = new int[capacity];
    bgpNextHopHigh = new long[capacity];
    bgpNextHopLow = new long[capacity];
    vlanId = new int[capacity];
    topMplsLabel = new int[capacity];
    innerIpVersion = new byte[capacity];
    forwardingStatus = new byte[capacity];
    flowEndReason = new byte[capacity];
    octets = new long[capacity];
    packets = new long[capacity];
    firstSwitchedMillis = new long[capacity];
    lastSwitchedMillis = new long[capacity];
    samplingIndex = new byte[capacity];
    flags = new int[capacity];
    clear();
  }

  public boolean isEmpty() {
    return recordCount == 0;
  }

  /** Records that still fit. */
  public int remaining() {
    return capacity - recordCount;
  }

  /** Empties the batch; every record column is 0 again and sampling entry 0 is "unknown". */
  public void clear() {
    zeroRecords(0, recordCount);
    recordCount = 0;
    sourceCount = 0;
    messageCount = 0;
    continuesMessage = false;
    samplingCount = 1;
    samplingIntervals[0] = 0;
    samplingProvenances[0] = 0;
  }

  /** Sets every column of the records {@code from} (inclusive) to {@code to} (exclusive) to 0. */
  public void zeroRecords(int from, int to) {
    if (from >= to) {
      return;
    }
    Arrays.fill(ingressInterface, from, to, 0);
    Arrays.fill(egressInterface, from, to, 0);
    Arrays.fill(direction, from, to, (byte) 0);
    Arrays.fill(ipVersion, from, to, (byte) 0);
    Arrays.fill(ipVersionRule, from, to, (byte) 0);
    Arrays.fill(sourceAddressHigh, from, to, 0);
    Arrays.fill(sourceAddressLow, from, to, 0);
    Arrays.fill(destinationAddressHigh, from, to, 0);
    Arrays.fill(destinationAddressLow, from, to, 0);
    Arrays.fill(sourcePrefixLength, from, to, (byte) 0);
    Arrays.fill(destinationPrefixLength, from, to, (byte) 0);
    Arrays.fill(sourcePort, from, to, 0);
    Arrays.fill(destinationPort, from, to, 0);
    Arrays.fill(protocol, from, to, (byte) 0);
    Arrays.fill(nextHeader, from, to, (byte) 0);
    Arrays.fill(tcpControlBits, from, to, 0);
    Arrays.fill(ipClassOfService, from, to, (byte) 0);
    Arrays.fill(flowLabel, from, to, 0);
    Arrays.fill(sourceAs, from, to, 0);
    Arrays.fill(destinationAs, from, to, 0);
    Arrays.fill(nextAdjacentAs, from, to, 0);
    Arrays.fill(previousAdjacentAs, from, to, 0);
    Arrays.fill(bgpNextHopHigh, from, to, 0);
    Arrays.fill(bgpNextHopLow, from, to, 0);
    Arrays.fill(vlanId, from, to, 0);
    Arrays.fill(topMplsLabel, from, to, 0);
    Arrays.fill(innerIpVersion, from, to, (byte) 0);
    Arrays.fill(forwardingStatus, from, to, (byte) 0);
    Arrays.fill(flowEndReason, from, to, (byte) 0);
    Arrays.fill(octets, from, to, 0);
    Arrays.fill(packets, from, to, 0);
    Arrays.fill(firstSwitchedMillis, from, to, 0);
    Arrays.fill(lastSwitchedMillis, from, to, 0);
    Arrays.fill(samplingIndex, from, to, (byte) 0);
    Arrays.fill(flags, from, to, 0);
  }

  /** Index of the exporter's domain in this batch, adding it if it is new. */
  public int sourceIndex(long exporterHigh, long exporterLow, int domain) {
    for (int i = sourceCount - 1; i >= 0; i--) {
      if (sourceExporterLow[i] == exporterLow
          && sourceDomain[i] == domain
          && sourceExporterHigh[i] == exporterHigh) {
        return i;
      }
    }
    if (sourceCount == sourceDomain.length) {
      int grown = sourceCount * 2;
      sourceExporterHigh = Arrays.copyOf(sourceExporterHigh, grown);
      sourceExporterLow = Arrays.copyOf(sourceExporterLow, grown);
      sourceDomain = Arrays.copyOf(sourceDomain, grown);
    }
    sourceExporterHigh[sourceCount] = exporterHigh;
    sourceExporterLow[sourceCount] = exporterLow;
    sourceDomain[sourceCount] = domain;
    return sourceCount++;
  }

  /**
   * Index of a sampling interval in this batch, adding it if it is new; -1 when all 256 are taken
   * (the batch must be sent first).
   */
  public int samplingIndex(double interval, byte provenance) {
    for (int i = 0; i < samplingCount; i++) {
      if (samplingIntervals[i] == interval && samplingProvenances[i] == provenance) {
        return i;
      }
    }
    if (samplingCount == 256) {
      return -1;
    }
    if (samplingCount == samplingIntervals.length) {
      int grown = samplingCount * 2;
      samplingIntervals = Arrays.copyOf(samplingIntervals, grown);
      samplingProvenances = Arrays.copyOf(samplingProvenances, grown);
    }
    samplingIntervals[samplingCount] = interval;
    samplingProvenances[samplingCount] = provenance;
    return samplingCount++;
  }

  /** Records that {@code recordCount} more records, already appended, came from one message. */
  public void addMessage(
      int source, int records, int sequenceNumber, long receiveTimeMillis, long exportTimeMillis) {
    if (messageCount == messageSource.length) {
      int grown = messageCount * 2;
      messageSource = Arrays.copyOf(messageSource, grown);
      messageRecordCount = Arrays.copyOf(messageRecordCount, grown);
      messageSequenceNumber = Arrays.copyOf(messageSequenceNumber, grown);
      messageReceiveTimeMillis = Arrays.copyOf(messageReceiveTimeMillis, grown);
      messageExportTimeMillis = Arrays.copyOf(messageExportTimeMillis, grown);
    }
    messageSource[messageCount] = source;
    messageRecordCount[messageCount] = records;
    messageSequenceNumber[messageCount] = sequenceNumber;
    messageReceiveTimeMillis[messageCount] = receiveTimeMillis;
    messageExportTimeMillis[messageCount] = exportTimeMillis;
    messageCount++;
  }
}
