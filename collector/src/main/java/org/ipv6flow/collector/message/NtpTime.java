package org.ipv6flow.collector.message;

/**
 * Times in the 64-bit format of NTP: seconds and their fraction (RFC 7011 sections 6.1.9, 6.1.10).
 */
public final class NtpTime {

  /** Seconds from the NTP epoch, 1900, to 1970. */
  private static final long EPOCH_SECONDS = 2_208_988_800L;

  /** Seconds with this bit clear are of the era that begins on 7 February 2036. */
  private static final long ERA_BIT = 0x8000_0000L;

  private static final long ERA_SECONDS = 1L << 32;
  private static final long FRACTION_MASK = 0xFFFF_FFFFL;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The low 11 bits of dateTimeMicroseconds must be ignored. */
  private static final long MICROSECONDS_MASK = -1L << 11;

  private NtpTime() {}

  /** A dateTimeMicroseconds without the bits that mean nothing. */
  public static long ofMicroseconds(long ntp) {
    return ntp & MICROSECONDS_MASK;
  }

  public static long epochMillis(long ntp) {
    return epochSeconds(ntp) * MILLIS_PER_SECOND
        + ((ntp & FRACTION_MASK) * MILLIS_PER_SECOND >>> 32);
  }

  public static long epochSeconds(long ntp) {
    long seconds = ntp >>> 32;
    return ((seconds & ERA_BIT) == 0 ? seconds + ERA_SECONDS : seconds) - EPOCH_SECONDS;
  }

  /** Nanoseconds since {@link #epochSeconds}. */
  public static long nanos(long ntp) {
    return (ntp & FRACTION_MASK) * NANOS_PER_SECOND >>> 32;
  }
}
