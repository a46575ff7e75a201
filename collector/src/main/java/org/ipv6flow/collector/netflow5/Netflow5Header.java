package org.ipv6flow.collector.netflow5;

import static org.ipv6flow.collector.message.Octets.i32;
import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;

import org.ipv6flow.collector.message.ExportMessage;

/**
 * The header of a NetFlow v5 export packet, as Cisco documents it ("NetFlow Export Datagram
 * Format", table "Version 5 Header Format").
 *
 * <p>Engine type and engine ID together are what an observation domain is in IPFIX: each engine
 * counts its own sequence.
 */
public final class Netflow5Header {

  public static final int VERSION = 5;
  public static final int OCTETS = 24;

  private static final int COUNT = 2;
  private static final int SYS_UP_TIME = 4;
  private static final int UNIX_SECS = 8;
  private static final int UNIX_NSECS = 12;
  private static final int FLOW_SEQUENCE = 16;
  private static final int ENGINE = 20;
  private static final int SAMPLING = 22;

  /** The two high bits of the sampling field are its mode. */
  private static final int SAMPLING_INTERVAL_MASK = 0x3FFF;

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Netflow5Header() {}

  /** Reads a header; at least {@link #OCTETS} octets must be there. */
  public static void read(byte[] data, int position, ExportMessage into) {
    into.protocolVersion = VERSION;
    into.sysUpTimeMillis = i32(data, position + SYS_UP_TIME);
    into.exportTimeMillis =
        u32(data, position + UNIX_SECS) * MILLIS_PER_SECOND
            + u32(data, position + UNIX_NSECS) / NANOS_PER_MILLI;
    into.sequenceNumber = i32(data, position + FLOW_SEQUENCE);
    into.observationDomainId = u16(data, position + ENGINE);
  }

  /** How many records the header claims; unlike in v9 the sequence number counts these. */
  public static int recordCount(byte[] data, int position) {
    return u16(data, position + COUNT);
  }

  /** The N of "1 in N" packets; 0 states nothing, whatever the mode is. */
  public static int samplingInterval(byte[] data, int position) {
    return u16(data, position + SAMPLING) & SAMPLING_INTERVAL_MASK;
  }
}
