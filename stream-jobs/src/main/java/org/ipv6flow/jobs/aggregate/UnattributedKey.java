package org.ipv6flow.jobs.aggregate;

import org.ipv6flow.schema.traffic.UnattributedReason;

/**
 * Where octets were seen that belong to no link direction, why, and in which minute: four longs.
 * Words 0 and 1 are the exporter's address, word 2 its observation domain and the interface, and
 * word 3:
 *
 * <pre>
 *  63            42  40 39    34 33   32 31     0
 * [ 1 ][ zero ][version][ reason ][ meter ][ minute ]
 * </pre>
 */
public final class UnattributedKey {

  /** The values of the ClickHouse enum {@code meter}. */
  public static final int METER_INGRESS = 1;

  public static final int METER_EGRESS = 2;

  private static final long OCCUPIED = 1L << 63;
  private static final int METER_SHIFT = 32;
  private static final int REASON_SHIFT = 34;
  private static final int VERSION_SHIFT = 40;
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final long SECONDS_PER_MINUTE = 60;

  private UnattributedKey() {}

  static long word2(int observationDomain, int interfaceIndex) {
    return (long) observationDomain << 32 | interfaceIndex & 0xFFFF_FFFFL;
  }

  static long word3(long epochMillis, int meter, UnattributedReason reason, int ipVersion) {
    return OCCUPIED
        | epochMillis / MILLIS_PER_MINUTE & 0xFFFF_FFFFL
        | (long) meter << METER_SHIFT
        | (long) reason.code() << REASON_SHIFT
        | (long) ipVersion << VERSION_SHIFT;
  }

  public static int observationDomain(long word2) {
    return (int) (word2 >>> 32);
  }

  public static int interfaceIndex(long word2) {
    return (int) word2;
  }

  public static long minuteEpochSeconds(long word3) {
    return (word3 & 0xFFFF_FFFFL) * SECONDS_PER_MINUTE;
  }

  public static byte meterCode(long word3) {
    return (byte) (word3 >>> METER_SHIFT & 3);
  }

  /** Code of {@link UnattributedReason}. */
  public static byte reasonCode(long word3) {
    return (byte) (word3 >>> REASON_SHIFT & 0x3F);
  }

  public static byte ipVersion(long word3) {
    return (byte) (word3 >>> VERSION_SHIFT & 7);
  }
}
