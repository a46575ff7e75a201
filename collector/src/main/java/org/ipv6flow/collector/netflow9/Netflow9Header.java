package org.ipv6flow.collector.netflow9;

import static org.ipv6flow.collector.message.Octets.i32;
import static org.ipv6flow.collector.message.Octets.u32;

import org.ipv6flow.collector.message.ExportMessage;

/**
 * The header of a NetFlow v9 export packet (RFC 3954 section 5.1).
 *
 * <p>Its count of records is not read: exporters miscount, and the end of the datagram says where
 * the packet ends.
 */
public final class Netflow9Header {

  public static final int VERSION = 9;
  public static final int OCTETS = 20;

  private static final int SYS_UP_TIME = 4;
  private static final int UNIX_SECS = 8;
  private static final int SEQUENCE_NUMBER = 12;
  private static final int SOURCE_ID = 16;
  private static final long MILLIS_PER_SECOND = 1_000;

  private Netflow9Header() {}

  /** Reads a header; at least {@link #OCTETS} octets must be there. */
  public static void read(byte[] data, int position, ExportMessage into) {
    into.protocolVersion = VERSION;
    into.sysUpTimeMillis = i32(data, position + SYS_UP_TIME);
    into.exportTimeMillis = u32(data, position + UNIX_SECS) * MILLIS_PER_SECOND;
    into.sequenceNumber = i32(data, position + SEQUENCE_NUMBER);
    into.observationDomainId = i32(data, position + SOURCE_ID);
  }
}
