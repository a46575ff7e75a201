package org.ipv6flow.collector.message;

/**
 * Header of the message being decoded, in the words of all protocols (RFC 7011 section 3.1, RFC
 * 3954 section 5.1). Mutable and reused; copied where a set must outlive its message.
 */
public final class ExportMessage {

  /** 5, 9 or 10. */
  public int protocolVersion;

  /** IPFIX and v5: data records sent before this message; v9: messages sent before it. */
  public int sequenceNumber;

  /** Observation Domain ID; v9: Source ID; v5: engine type and engine ID. */
  public int observationDomainId;

  /** The exporter's clock when it sent the message, in milliseconds since the epoch. */
  public long exportTimeMillis;

  /** Milliseconds since the exporter started, modulo 2^32; not in IPFIX. */
  public int sysUpTimeMillis;

  /** The receiver's clock, in milliseconds since the epoch. */
  public long receiveTimeMillis;

  /** The UDP source port; above {@link #MAX_PORT}, the number of a connection. */
  public int sourcePort;

  /** Numbers above this stand for connections of a transport that is one. */
  public static final int MAX_PORT = 0xFFFF;

  /** Whether a source port stands for a connection, which is a session by itself. */
  public static boolean isConnection(int sourcePort) {
    return Integer.compareUnsigned(sourcePort, MAX_PORT) > 0;
  }

  public ExportMessage copy() {
    ExportMessage copy = new ExportMessage();
    copy.protocolVersion = protocolVersion;
    copy.sequenceNumber = sequenceNumber;
    copy.observationDomainId = observationDomainId;
    copy.exportTimeMillis = exportTimeMillis;
    copy.sysUpTimeMillis = sysUpTimeMillis;
    copy.receiveTimeMillis = receiveTimeMillis;
    copy.sourcePort = sourcePort;
    return copy;
  }
}
