package org.ipv6flow.schema.flow;

import java.util.Arrays;

/**
 * One array of each of few sizes, made when it is first asked for. Sizes grow by a sixteenth at
 * most, so that little of an array is left over. Not thread-safe.
 */
final class ReusedArrays {

  private static final int SIZES_PER_DOUBLING_BITS = 4;
  private static final int MIN_SIZE_BITS = 8;

  private static final byte[] NOT_MADE_YET = new byte[0];

  private final byte[][] arrays =
      new byte[(Integer.SIZE - MIN_SIZE_BITS) << SIZES_PER_DOUBLING_BITS][];

  ReusedArrays() {
    Arrays.fill(arrays, NOT_MADE_YET);
  }

  /** The array of the smallest size that holds so many octets; its content is undefined. */
  byte[] atLeast(int octets) {
    int size = size(octets);
    int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(size);
    int step = (size >>> (bits - SIZES_PER_DOUBLING_BITS)) - (1 << SIZES_PER_DOUBLING_BITS);
    int index = ((bits - MIN_SIZE_BITS) << SIZES_PER_DOUBLING_BITS) + step;
    byte[] array = arrays[index];
    if (array == NOT_MADE_YET) {
      array = new byte[size];
      arrays[index] = array;
    }
    return array;
  }

  /** The next number that only its five highest bits are set of. */
  private static int size(int octets) {
    int wanted = Math.max(octets, 1 << MIN_SIZE_BITS);
    int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(wanted);
    int unit = 1 << (bits - SIZES_PER_DOUBLING_BITS);
    return (wanted + unit - 1) & -unit;
  }
}
