package org.ipv6flow.collector.ipfix;

import static org.ipv6flow.collector.message.Octets.i32;
import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;

import org.ipv6flow.collector.message.ExportMessage;

/** The header of an IPFIX message (RFC 7011 section 3.1). */
public final class IpfixHeader {

  public static final int VERSION = 10;
  public static final int OCTETS = 16;

  private static final int LENGTH = 2;
  private static final int EXPORT_TIME = 4;
  private static final int SEQUENCE_NUMBER = 8;
  private static final int OBSERVATION_DOMAIN_ID = 12;
  private static final long MILLIS_PER_SECOND = 1_000;

  private IpfixHeader() {}

  /** The message length that the header claims, header included. */
  public static int length(byte[] data, int position) {
    return u16(data, position + LENGTH);
  }

  /** Reads a header; at least {@link #OCTETS} octets must be there. */
  public static void read(byte[] data, int position, ExportMessage into) {
    into.protocolVersion = VERSION;
    into.exportTimeMillis = u32(data, position + EXPORT_TIME) * MILLIS_PER_SECOND;
    into.sequenceNumber = i32(data, position + SEQUENCE_NUMBER);
    into.observationDomainId = i32(data, position + OBSERVATION_DOMAIN_ID);
    into.sysUpTimeMillis = 0;
  }
}
