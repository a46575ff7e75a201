package org.ipv6flow.collector.record;

import java.util.Arrays;
import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.message.NtpTime;
import org.ipv6flow.collector.record.RecordPlan.TimeFormat;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.flow.FlowFlags;

/**
 * When the first and the last packet of a flow were seen, from whatever elements the exporter
 * sends; the receive time where it sends none, or none that can be true.
 */
public final class FlowTimes {

  /** Milliseconds after which an up time of 32 bits begins again at 0. */
  private static final long UP_TIME_WRAP = 1L << 32;

  private static final long UP_TIME_MASK = UP_TIME_WRAP - 1;

  private static final long MILLIS_PER_SECOND = 1_000;

  private static final long MICROS_PER_MILLI = 1_000;

  /** A longer flow is a wrong clock: active timeouts are minutes. */
  private static final long MAX_DURATION_MILLIS = 24 * 3_600_000L;

  private static final int IPFIX_VERSION = 10;

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
    long[] firsts = columns.firstSwitchedMillis;
    long[] lasts = columns.lastSwitchedMillis;
    read(plan.startFormat, plan, Target.START, message, systemInitTimeMillis, firsts, row, count);
    read(plan.endFormat, plan, Target.END, message, systemInitTimeMillis, lasts, row, count);
    if (mayBeAbsent(plan.startFormat, message) || mayBeAbsent(plan.endFormat, message)) {
      completePairs(plan, columns, row, count);
    }
    return check(message.receiveTimeMillis, columns, row, count);
  }

  /** An up time in IPFIX has no base where IE 160 is missing. */
  private static boolean mayBeAbsent(TimeFormat format, ExportMessage message) {
    return format == TimeFormat.NONE
        || (format == TimeFormat.SYS_UP_TIME && message.protocolVersion == IPFIX_VERSION);
  }

  /** Reads the times of one column; {@link #ABSENT} where there is none. */
  private void read(
      TimeFormat format,
      RecordPlan plan,
      int target,
      ExportMessage message,
      long systemInitTimeMillis,
      long[] times,
      int row,
      int count) {
    if (format == TimeFormat.NONE) {
      Arrays.fill(times, row, row + count, ABSENT);
      return;
    }
    long[] values = scratch.column(target);
    switch (format) {
      case MILLISECONDS -> System.arraycopy(values, 0, times, row, count);
      case SECONDS -> {
        for (int i = 0; i < count; i++) {
          times[row + i] = values[i] * MILLIS_PER_SECOND;
        }
      }
      case NTP -> {
        for (int i = 0; i < count; i++) {
          times[row + i] = NtpTime.epochMillis(values[i]);
        }
      }
      case NTP_MICROSECONDS -> {
        for (int i = 0; i < count; i++) {
          times[row + i] = NtpTime.epochMillis(NtpTime.ofMicroseconds(values[i]));
        }
      }
      case DELTA_MICROSECONDS -> {
        for (int i = 0; i < count; i++) {
          times[row + i] = message.exportTimeMillis - values[i] / MICROS_PER_MILLI;
        }
      }
      default -> readUpTimes(plan, values, message, systemInitTimeMillis, times, row, count);
    }
  }

  private void readUpTimes(
      RecordPlan plan,
      long[] values,
      ExportMessage message,
      long systemInitTimeMillis,
      long[] times,
      int row,
      int count) {
    if (message.protocolVersion != IPFIX_VERSION) {
      // The up time wraps every 49.7 days, and may be later than the header's: so the difference
      // is a signed 32-bit number (RFC 3954 section 8, fields 21 and 22).
      for (int i = 0; i < count; i++) {
        times[row + i] =
            isEpochMillis(values[i])
                ? values[i]
                : message.exportTimeMillis - (message.sysUpTimeMillis - (int) values[i]);
      }
      return;
    }
    // In IPFIX the exporter's start is IE 160 of the record, else of its options data.
    boolean inRecord = plan.has(Target.SYSTEM_INIT_TIME);
    long[] bases = scratch.column(Target.SYSTEM_INIT_TIME);
    for (int i = 0; i < count; i++) {
      long base = inRecord && bases[i] != 0 ? bases[i] : systemInitTimeMillis;
      times[row + i] = ofUpTime(values[i], base, message.exportTimeMillis);
    }
  }

  private static long ofUpTime(long upTime, long base, long exportTimeMillis) {
    if (isEpochMillis(upTime)) {
      return upTime;
    }
    return base == 0 ? ABSENT : unwrap(base + (upTime & UP_TIME_MASK), exportTimeMillis);
  }

  /** No exporter is up for 34 years: eight octets then hold an absolute time. */
  private static boolean isEpochMillis(long upTime) {
    return upTime >>> 40 != 0;
  }

  /** As in v9: whole wraps that passed since the exporter started are not in the 32 bits. */
  private static long unwrap(long time, long exportTimeMillis) {
    long ahead = exportTimeMillis - time;
    return Math.abs(ahead) < UP_TIME_WRAP / 2
        ? time
        : time + Math.floorDiv(ahead + UP_TIME_WRAP / 2, UP_TIME_WRAP) * UP_TIME_WRAP;
  }

  /** Where one of the two times is missing, the other and the duration make up for it. */
  private void completePairs(RecordPlan plan, FlowColumns columns, int row, int count) {
    for (int i = 0; i < count; i++) {
      int at = row + i;
      long first = columns.firstSwitchedMillis[at];
      long last = columns.lastSwitchedMillis[at];
      long duration = Math.max(duration(plan, i), 0);
      if (first == ABSENT && last == ABSENT) {
        columns.firstSwitchedMillis[at] = -duration;
        columns.lastSwitchedMillis[at] = ABSENT;
      } else if (last == ABSENT) {
        columns.lastSwitchedMillis[at] = first + duration;
      } else if (first == ABSENT) {
        columns.firstSwitchedMillis[at] = last - duration;
      }
    }
  }

  /**
   * Gives the reverse flow in row {@code at} the times that record {@code i} states for it; it has
   * those of the forward flow where there are none.
   */
  void completeReverse(
      RecordPlan plan,
      ExportMessage message,
      long systemInitTimeMillis,
      FlowColumns columns,
      int i,
      int at) {
    long first =
        reverse(
            plan.reverseStartFormat, plan, Target.REVERSE_START, message, systemInitTimeMillis, i);
    long last =
        reverse(plan.reverseEndFormat, plan, Target.REVERSE_END, message, systemInitTimeMillis, i);
    if (first == ABSENT && last == ABSENT) {
      return;
    }
    columns.firstSwitchedMillis[at] = first == ABSENT ? last : first;
    columns.lastSwitchedMillis[at] = last == ABSENT ? first : last;
    columns.flags[at] &= ~FlowFlags.CLOCK_SUSPECT;
    check(message.receiveTimeMillis, columns, at, 1);
  }

  private long reverse(
      TimeFormat format,
      RecordPlan plan,
      int target,
      ExportMessage message,
      long systemInitTimeMillis,
      int i) {
    if (format == TimeFormat.NONE) {
      return ABSENT;
    }
    long value = scratch.column(target)[i];
    return switch (format) {
      case MILLISECONDS -> value;
      case SECONDS -> value * MILLIS_PER_SECOND;
      case NTP -> NtpTime.epochMillis(value);
      case NTP_MICROSECONDS -> NtpTime.epochMillis(NtpTime.ofMicroseconds(value));
      case DELTA_MICROSECONDS -> message.exportTimeMillis - value / MICROS_PER_MILLI;
      case SYS_UP_TIME, NONE -> {
        long stated =
            plan.has(Target.SYSTEM_INIT_TIME) ? scratch.column(Target.SYSTEM_INIT_TIME)[i] : 0;
        long base = stated != 0 ? stated : systemInitTimeMillis;
        yield ofUpTime(value, base, message.exportTimeMillis);
      }
    };
  }

  private int check(long receiveTimeMillis, FlowColumns columns, int row, int count) {
    int suspects = 0;
    for (int at = row; at < row + count; at++) {
      long first = columns.firstSwitchedMillis[at];
      long last = columns.lastSwitchedMillis[at];
      if (last == ABSENT) {
        // No time at all: then the first is the duration alone, counted back.
        last = receiveTimeMillis;
        first += receiveTimeMillis;
        columns.lastSwitchedMillis[at] = last;
        columns.firstSwitchedMillis[at] = first;
      }
      long duration = last - first;
      if (duration < 0) {
        duration = 0;
        columns.firstSwitchedMillis[at] = last;
      }
      if (Math.abs(last - receiveTimeMillis) > maxClockDifferenceMillis
          || duration > MAX_DURATION_MILLIS) {
        suspects++;
        columns.flags[at] |= FlowFlags.CLOCK_SUSPECT;
        columns.lastSwitchedMillis[at] = receiveTimeMillis;
        columns.firstSwitchedMillis[at] =
            duration > MAX_DURATION_MILLIS ? receiveTimeMillis : receiveTimeMillis - duration;
      }
    }
    return suspects;
  }

  private long duration(RecordPlan plan, int i) {
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
