package org.ipv6flow.jobs.active;

import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;

/**
 * A HyperLogLog of 4096 registers (Flajolet et al., 2007): standard error 1.04 / √4096 = 1.6 %.
 * Remembers which registers rose since they were last written; registers only rise, so writing one
 * twice, or from several writers, is harmless.
 */
final class Sketch {

  static final int INDEX_BITS = 12;

  private static final int REGISTERS = 1 << INDEX_BITS;

  private final byte[] registers = new byte[REGISTERS];
  private final long[] risen = new long[REGISTERS / Long.SIZE];
  private int risenCount;

  void add(long hash) {
    int index = (int) (hash >>> Long.SIZE - INDEX_BITS);
    // The bit behind the hash's last ends the count of zeros.
    long rest = hash << INDEX_BITS | 1L << INDEX_BITS - 1;
    int rank = Long.numberOfLeadingZeros(rest) + 1;
    if (rank > registers[index]) {
      registers[index] = (byte) rank;
      long bit = 1L << index;
      if ((risen[index >>> 6] & bit) == 0) {
        risen[index >>> 6] |= bit;
        risenCount++;
      }
    }
  }

  boolean hasRisen() {
    return risenCount > 0;
  }

  /** Writes the registers that rose: their indexes, then their ranks. */
  void write(RowBinaryBuffer out) {
    out.arrayLength(risenCount);
    for (int word = 0; word < risen.length; word++) {
      for (long bits = risen[word]; bits != 0; bits &= bits - 1) {
        out.uint16(word * Long.SIZE + Long.numberOfTrailingZeros(bits));
      }
    }
    out.arrayLength(risenCount);
    for (int word = 0; word < risen.length; word++) {
      for (long bits = risen[word]; bits != 0; bits &= bits - 1) {
        out.uint8(registers[word * Long.SIZE + Long.numberOfTrailingZeros(bits)]);
      }
      risen[word] = 0;
    }
    risenCount = 0;
  }
}
