package org.ipv6flow.collector.record;

import static org.ipv6flow.collector.message.Octets.i32;
import static org.ipv6flow.collector.message.Octets.i64;
import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;
import static org.ipv6flow.collector.message.Octets.u8;
import static org.ipv6flow.collector.message.Octets.unsigned;

import java.util.Arrays;
import org.ipv6flow.collector.ipfix.BasicList;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Runs a {@link RecordPlan} over the records of a data set, one field of all records at a time.
 *
 * <p>Going column by column keeps the inner loops free of decisions: each reads one field of one
 * length into one array. Bounds are checked once, by {@link #walk} or by the caller's division of
 * the set into records. For one thread.
 */
public final class RecordDecoder {

  /** A length prefix of 255 announces a second, two-octet length (RFC 7011 section 7). */
  private static final int LONG_LENGTH_PREFIX = 255;

  private static final int COMMON_PROPERTY_BITS = 10;
  private static final int EXCEPTION_CODE_PROPERTY = 2;
  private static final int EXCEPTION_CODE_MASK = 0x3FF;

  private final RecordScratch scratch;
  private int walkedTo;
  private boolean truncated;

  public RecordDecoder(RecordScratch scratch) {
    this.scratch = scratch;
  }

  /**
   * Reads {@code count} records of fixed length into the rows from {@code row} on.
   *
   * <p>Each of the loops is called in one place only: the compiler copies them into this method.
   */
  public void decodeFixed(
      RecordPlan plan, byte[] data, int position, int count, FlowColumns columns, int row) {
    clearPresences(plan, count);
    int stride = plan.recordOctets;
    for (int i = 0; i < plan.targets.length; i++) {
      int target = plan.targets[i];
      int length = plan.lengths[i];
      int from = position + plan.offsets[i];
      if (target >= Target.FIRST_PRESENCE) {
        specials(target, data, from, stride, length, count);
      } else if (target >= Target.SCRATCH || target < Target.INGRESS_INTERFACE) {
        boolean isScratch = target >= Target.SCRATCH;
        long[] column = isScratch ? scratch.column(target) : ColumnAccess.longs(columns, target);
        longs(data, from, stride, length, count, column, isScratch ? 0 : row);
      } else if (target < Target.SOURCE_PREFIX_LENGTH) {
        ints(data, from, stride, length, count, ColumnAccess.ints(columns, target), row);
      } else if (target < Target.SOURCE_IPV6) {
        octets(data, from + length - 1, stride, count, ColumnAccess.octets(columns, target), row);
      } else {
        long[] high = ColumnAccess.addressHigh(columns, target);
        addresses(data, from, stride, count, high, ColumnAccess.addressLow(columns, target), row);
      }
    }
  }

  private void specials(int target, byte[] data, int from, int stride, int length, int count) {
    long[] column = scratch.column(target);
    for (int record = 0; record < count; record++) {
      special(target, data, from + record * stride, length, column, record);
    }
  }

  private static void addresses(
      byte[] data, int from, int stride, int count, long[] high, long[] low, int row) {
    int position = from;
    int end = row + count;
    for (int i = row; i < end; i++, position += stride) {
      high[i] = i64(data, position);
      low[i] = i64(data, position + Long.BYTES);
    }
  }

  /**
   * Finds the records of variable length from {@code position} on, at most {@code max} of them and
   * at most as many as fit in the scratch space.
   *
   * @return how many are whole; {@link #walkedTo} says where they end
   */
  public int walk(RecordPlan plan, byte[] data, int position, int to, int max) {
    int limit = Math.min(max, RecordScratch.MAX_VARIABLE_RECORDS);
    scratch.ensureOffsets(plan.targets.length);
    truncated = false;
    walkedTo = position;
    int records = 0;
    // Fewer octets than the shortest record are padding (RFC 7011 section 3.3.1).
    while (records < limit && to - walkedTo >= plan.minRecordOctets) {
      int end = walkRecord(plan, data, walkedTo, to, records);
      if (end < 0) {
        truncated = true;
        break;
      }
      walkedTo = end;
      records++;
    }
    return records;
  }

  /** Where the records found by {@link #walk} end. */
  public int walkedTo() {
    return walkedTo;
  }

  /** Whether {@link #walk} stopped at a record that ends after its set. */
  public boolean isTruncated() {
    return truncated;
  }

  private int walkRecord(RecordPlan plan, byte[] data, int from, int to, int record) {
    int position = from;
    int[] fieldLengths = plan.fieldLengths;
    for (int field = 0; field < fieldLengths.length; field++) {
      int length = fieldLengths[field];
      if (length == FieldSpecifier.VARIABLE_LENGTH) {
        if (position >= to) {
          return -1;
        }
        length = u8(data, position++);
        if (length == LONG_LENGTH_PREFIX) {
          if (to - position < 2) {
            return -1;
          }
          length = u16(data, position);
          position += 2;
        }
      }
      if (to - position < length) {
        return -1;
      }
      int operation = plan.operationOfField[field];
      if (operation >= 0) {
        int at = operation * RecordScratch.MAX_VARIABLE_RECORDS + record;
        scratch.positions[at] = position;
        scratch.lengths[at] = length;
      }
      position += length;
    }
    return position;
  }

  /** Reads the {@code count} records last found by {@link #walk} into the rows from {@code row}. */
  public void decodeWalked(RecordPlan plan, byte[] data, int count, FlowColumns columns, int row) {
    clearPresences(plan, count);
    for (int i = 0; i < plan.targets.length; i++) {
      int target = plan.targets[i];
      int base = i * RecordScratch.MAX_VARIABLE_RECORDS;
      for (int record = 0; record < count; record++) {
        int position = scratch.positions[base + record];
        int length = scratch.lengths[base + record];
        if (target >= Target.FIRST_PRESENCE) {
          special(target, data, position, length, scratch.column(target), record);
        } else if (target >= Target.SCRATCH) {
          scratch.column(target)[record] = unsigned(data, position, length);
        } else if (target >= Target.SOURCE_IPV6) {
          ColumnAccess.addressHigh(columns, target)[row + record] = i64(data, position);
          ColumnAccess.addressLow(columns, target)[row + record] = i64(data, position + 8);
        } else if (target >= Target.SOURCE_PREFIX_LENGTH) {
          ColumnAccess.octets(columns, target)[row + record] =
              (byte) unsigned(data, position, length);
        } else if (target >= Target.INGRESS_INTERFACE) {
          ColumnAccess.ints(columns, target)[row + record] = (int) unsigned(data, position, length);
        } else {
          ColumnAccess.longs(columns, target)[row + record] = unsigned(data, position, length);
        }
      }
    }
  }

  private static void longs(
      byte[] data, int from, int stride, int length, int count, long[] column, int row) {
    int position = from;
    int end = row + count;
    switch (length) {
      case 8 -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = i64(data, position);
        }
      }
      case 4 -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = u32(data, position);
        }
      }
      case 1 -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = u8(data, position);
        }
      }
      default -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = unsigned(data, position, length);
        }
      }
    }
  }

  private static void ints(
      byte[] data, int from, int stride, int length, int count, int[] column, int row) {
    int position = from;
    int end = row + count;
    switch (length) {
      case 4 -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = i32(data, position);
        }
      }
      case 2 -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = u16(data, position);
        }
      }
      case 1 -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = u8(data, position);
        }
      }
      default -> {
        for (int i = row; i < end; i++, position += stride) {
          column[i] = (int) unsigned(data, position, length);
        }
      }
    }
  }

  /** The last octet of a value, whatever its length: the others are leading zeros. */
  private static void octets(byte[] data, int from, int stride, int count, byte[] column, int row) {
    int position = from;
    for (int i = row; i < row + count; i++, position += stride) {
      column[i] = data[position];
    }
  }

  /** Several fields feed a presence, so each adds to what the one before it found. */
  private void clearPresences(RecordPlan plan, int count) {
    if (plan.hasPresences) {
      for (int target = Target.FIRST_PRESENCE; target < Target.FIRST_PLACE; target++) {
        Arrays.fill(scratch.column(target), 0, count, 0);
      }
    }
  }

  /** Reads a value whose number is of no interest: only whether there is one, or where it is. */
  private static void special(
      int target, byte[] data, int position, int length, long[] column, int record) {
    if (target >= Target.FIRST_PLACE) {
      column[record] = RecordScratch.place(position, length);
      return;
    }
    boolean present =
        switch (target) {
          case Target.SRV6_LIST -> BasicList.hasValues(data, position, length);
          case Target.FORWARDING_EXCEPTION -> isForwardingException(data, position, length);
          default -> isNonZero(data, position, length);
        };
    if (present) {
      column[record] = 1;
    }
  }

  /**
   * Junos inline monitoring: of the common properties, that with 2 in its six high bits is the code
   * of the exception a packet ran into, and has two octets.
   */
  private static boolean isForwardingException(byte[] data, int position, int length) {
    return length == Short.BYTES
        && u16(data, position) >>> COMMON_PROPERTY_BITS == EXCEPTION_CODE_PROPERTY
        && (u16(data, position) & EXCEPTION_CODE_MASK) != 0;
  }

  private static boolean isNonZero(byte[] data, int position, int length) {
    for (int i = position; i < position + length; i++) {
      if (data[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
