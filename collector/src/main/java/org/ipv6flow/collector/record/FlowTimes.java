package org.ipv6flow.collector.record;

import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.record.RecordPlan.TimeFormat;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;

/**
 * When the first and the last packet of a flow were seen, from whatever elements the exporter
 * sends; the receive time where it sends none, or none that can be true.
 */
public final class FlowTimes {

  /** Seconds from the NTP epoch, 1900, to 1970. */
  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

  /** NTP seconds with this bit clear are of the era that begins in 2036. */
  private static final long NTP_ERA_BIT = 0x8000_0000L;

  private static final long NTP_ERA_SECONDS = 1L << 32;

  /** Milliseconds after which an up time of 32 bits begins again at 0. */
  private static final long UP_TIME_WRAP = 1L << 32;

  private static final long MILLIS_PER_SECOND = 1_000;

  private static final long MICROS_PER_MILLI = 1_000;

  /** A longer flow is a wrong clock: active timeouts are minutes. */
  private static final long MAX_DURATION_MILLIS = 24 * 3_600_000L;

  /** No time could be read: the exporter sends none, or its base is not known. */
  private static final long ABSENT = Long.MIN_VALUE;

  private final RecordScratch scratch;
  private final long maxClockDifferenceMillis;

  public FlowTimes(RecordScratch scratch, long maxClockDifferenceMillis) {
    this.scratch = scratch;
    this.maxClockDifferenceMillis = maxClockDifferenceMillis;
  }

  /**
   * Fills first and last switched of the rows {@code row} to {@code row + count}.
   *
   * @param systemInitTimeMillis when the exporter started, from its options data (IE 160); 0 if
   *     unknown
   * @return how many rows have implausible times; they are flagged and have the receive time
   */
  public int complete(
      RecordPlan plan,
      ExportMessage message,
      long systemInitTimeMillis,
      FlowColumns columns,
      int row,
      int count) {
    int suspects = 0;
    for (int i = 0; i < count; i++) {
      long base = base(plan, message, systemInitTimeMillis, i);
      long first = time(plan.startFormat, plan, Target.START, i, base, message);
      long last = time(plan.endFormat, plan, Target.END, i, base, message);
      long duration = duration(plan, i, first, last);
      if (last == ABSENT) {
        last = first == ABSENT ? message.receiveTimeMillis : first + Math.max(duration, 0);
      }
      boolean suspect =
          Math.abs(last - message.receiveTimeMillis) > maxClockDifferenceMillis
              || duration > MAX_DURATION_MILLIS;
      if (suspect) {
        suspects++;
        last = message.receiveTimeMillis;
        columns.flags[row + i] |= FlowFlags.CLOCK_SUSPECT;
      }
      boolean plausible = duration >= 0 && duration <= MAX_DURATION_MILLIS;
      columns.lastSwitchedMillis[row + i] = last;
      columns.firstSwitchedMillis[row + i] = plausible ? last - duration : last;
    }
    return suspects;
  }

  /**
   * What times relative to the exporter's start are added to: in v9 the header says, in IPFIX IE
   * 160 of the record, else of the options data.
   */
  private long base(RecordPlan plan, ExportMessage message, long systemInitTimeMillis, int i) {
    if (plan.startFormat != TimeFormat.SYS_UP_TIME && plan.endFormat != TimeFormat.SYS_UP_TIME) {
      return ABSENT;
    }
    if (plan.has(Target.SYSTEM_INIT_TIME)) {
      return scratch.column(Target.SYSTEM_INIT_TIME)[i];
    }
    return systemInitTimeMillis == 0 ? ABSENT : systemInitTimeMillis;
  }

  private long time(
      TimeFormat format, RecordPlan plan, int target, int i, long base, ExportMessage message) {
    if (format == TimeFormat.NONE) {
      return ABSENT;
    }
    long value = scratch.column(target)[i];
    return switch (format) {
      case MILLISECONDS -> value;
      case SECONDS -> value * MILLIS_PER_SECOND;
      case NTP -> ntpMillis(value);
      case DELTA_MICROSECONDS -> message.exportTimeMillis - value / MICROS_PER_MILLI;
      case SYS_UP_TIME -> upTime(value, base, message);
      case NONE -> ABSENT;
    };
  }

  private static long upTime(long upTimeMillis, long base, ExportMessage message) {
    if (message.protocolVersion == 9) {
      // The up time wraps every 49.7 days, and may be later than the header's: so the difference
      // is a signed 32-bit number (RFC 3954 section 8, fields 21 and 22).
      return message.exportTimeMillis - (message.sysUpTimeMillis - (int) upTimeMillis);
    }
    if (base == ABSENT) {
      return ABSENT;
    }
    long time = base + upTimeMillis;
    // As in v9: whole wraps that passed since the exporter started are not in the 32 bits.
    long wraps = Math.floorDiv(message.exportTimeMillis - time + UP_TIME_WRAP / 2, UP_TIME_WRAP);
    return time + wraps * UP_TIME_WRAP;
  }

  /** Milliseconds since 1970 of a 64-bit NTP time (RFC 7011 section 6.1.9). */
  static long ntpMillis(long ntp) {
    long seconds = ntp >>> 32;
    if ((seconds & NTP_ERA_BIT) == 0) {
      seconds += NTP_ERA_SECONDS;
    }
    long fraction = ntp & 0xFFFF_FFFFL;
    return (seconds - NTP_EPOCH_SECONDS) * MILLIS_PER_SECOND
        + (fraction * MILLIS_PER_SECOND >>> 32);
  }

  private long duration(RecordPlan plan, int i, long first, long last) {
    if (first != ABSENT && last != ABSENT) {
      return last - first;
    }
    if (plan.durationUnitsPerMilli != 0) {
      return scratch.column(Target.DURATION)[i] / plan.durationUnitsPerMilli;
    }
    if (plan.startFormat == TimeFormat.SYS_UP_TIME && plan.endFormat == TimeFormat.SYS_UP_TIME) {
      // Without their base the two up times still say how long the flow was.
      return (int) (scratch.column(Target.END)[i] - scratch.column(Target.START)[i]);
    }
    return 0;
  }
}
