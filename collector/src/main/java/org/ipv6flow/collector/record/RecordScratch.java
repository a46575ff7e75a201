package org.ipv6flow.collector.record;

/**
 * Working columns of one decoding thread: values that need another field to be understood.
 *
 * <p>Reused for every data set; a column holds what the last plan that wrote it left, so it may be
 * read only if the plan at hand has the field.
 */
public final class RecordScratch {

  /** Most records decoded in one go. */
  public static final int MAX_RECORDS = 512;

  /** Most records of variable length decoded in one go: their offsets take room in the cache. */
  static final int MAX_VARIABLE_RECORDS = 64;

  /** Octets of the records walked, and of each field that is wanted, per record. */
  int[] positions = new int[0];

  int[] lengths = new int[0];

  /** What was found in the frame of each record; valid only if the plan has frame sections. */
  final byte[] frameIpVersion = new byte[MAX_RECORDS];

  final byte[] frameInnerIpVersion = new byte[MAX_RECORDS];
  final long[] frameSourceHigh = new long[MAX_RECORDS];
  final long[] frameSourceLow = new long[MAX_RECORDS];
  final long[] frameDestinationHigh = new long[MAX_RECORDS];
  final long[] frameDestinationLow = new long[MAX_RECORDS];

  private final long[][] columns = new long[Target.SCRATCH_COLUMNS][MAX_RECORDS];

  long[] column(int target) {
    return columns[target - Target.SCRATCH];
  }

  /** Where a value is in the message, as one number: values have 65,535 octets at most. */
  static long place(int position, int length) {
    return (long) position << Short.SIZE | length;
  }

  static int position(long place) {
    return (int) (place >>> Short.SIZE);
  }

  static int length(long place) {
    return (int) place & 0xFFFF;
  }

  /** Room for the offsets of {@code fields} fields of variable-length records. */
  void ensureOffsets(int fields) {
    int size = fields * MAX_VARIABLE_RECORDS;
    if (positions.length < size) {
      positions = new int[size];
      lengths = new int[size];
    }
  }
}
