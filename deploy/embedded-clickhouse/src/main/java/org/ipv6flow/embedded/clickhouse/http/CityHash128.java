package org.ipv6flow.embedded.clickhouse.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CityHash128 in version 1.0.2, the checksum of ClickHouse's compressed blocks.
 *
 * <p>Later versions of CityHash give other values. The variables are named as in Google's
 * description of the algorithm.
 */
final class CityHash128 {

  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;
  private static final long K3 = 0xc949d7c7509e6557L;
  private static final long MULTIPLIER = 0x9ddfea08eb382d69L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] data;

  private long low;
  private long high;

  private CityHash128(byte[] data) {
    this.data = data;
  }

  /** Hashes {@code length} octets from {@code offset}. */
  static CityHash128 of(byte[] data, int offset, int length) {
    CityHash128 hash = new CityHash128(data);
    if (length >= 16) {
      hash.mix(offset + 16, length - 16, hash.long64(offset) ^ K3, hash.long64(offset + 8));
    } else if (length >= 8) {
      hash.mix(
          offset, 0, hash.long64(offset) ^ (length * K0), hash.long64(offset + length - 8) ^ K1);
    } else {
      hash.mix(offset, length, K0, K1);
    }
    return hash;
  }

  /** The half that comes first in a compressed block. */
  long low() {
    return low;
  }

  long high() {
    return high;
  }

  private void mix(int offset, int length, long seedLow, long seedHigh) {
    if (length < 128) {
      mixShort(offset, length, seedLow, seedHigh);
    } else {
      mixLong(offset, length, seedLow, seedHigh);
    }
  }

  private void mixLong(int offset, int length, long seedLow, long seedHigh) {
    int s = offset;
    int left = length;
    long x = seedLow;
    long y = seedHigh;
    long z = length * K1;
    long v0 = Long.rotateRight(y ^ K1, 49) * K1 + long64(s);
    long v1 = Long.rotateRight(v0, 42) * K1 + long64(s + 8);
    long w0 = Long.rotateRight(y + z, 35) * K1 + x;
    long w1 = Long.rotateRight(x + long64(s + 88), 53) * K1;
    do {
      for (int half = 0; half < 2; half++) {
        x = Long.rotateRight(x + y + v0 + long64(s + 16), 37) * K1;
        y = Long.rotateRight(y + v1 + long64(s + 48), 42) * K1;
        x ^= w1;
        y ^= v0;
        z = Long.rotateRight(z ^ w0, 33);
        long seedA = v1 * K1;
        long seedB = x + w0;
        v0 = weakFirst(s, seedA);
        v1 = weakSecond(s, seedA, seedB);
        long seedC = z + w1;
        w0 = weakFirst(s + 32, seedC);
        w1 = weakSecond(s + 32, seedC, y);
        long swap = z;
        z = x;
        x = swap;
        s += 64;
      }
      left -= 128;
    } while (left >= 128);
    y += Long.rotateRight(w0, 37) * K0 + z;
    x += Long.rotateRight(v0 + z, 49) * K0;
    for (int done = 32; done < left + 32; done += 32) {
      y = Long.rotateRight(y - x, 42) * K0 + v1;
      w0 += long64(s + left - done + 16);
      x = Long.rotateRight(x, 49) * K0 + w0;
      w0 += v0;
      long seedA = v0;
      v0 = weakFirst(s + left - done, seedA);
      v1 = weakSecond(s + left - done, seedA, v1);
    }
    x = hash16(x, v0);
    y = hash16(y, w0);
    low = hash16(x + v1, w1) + y;
    high = hash16(x + w1, y + v1);
  }

  private void mixShort(int offset, int length, long seedLow, long seedHigh) {
    long a = seedLow;
    long b = seedHigh;
    long c;
    long d;
    if (length <= 16) {
      a = shiftMix(a * K1) * K1;
      c = b * K1 + hash0to16(offset, length);
      d = shiftMix(a + (length >= 8 ? long64(offset) : c));
    } else {
      c = hash16(long64(offset + length - 8) + K1, a);
      d = hash16(b + length, c + long64(offset + length - 16));
      a += d;
      int s = offset;
      for (int left = length - 16; left > 0; left -= 16) {
        a ^= shiftMix(long64(s) * K1) * K1;
        a *= K1;
        b ^= a;
        c ^= shiftMix(long64(s + 8) * K1) * K1;
        c *= K1;
        d ^= c;
        s += 16;
      }
    }
    a = hash16(a, c);
    b = hash16(d, b);
    low = a ^ b;
    high = hash16(b, a);
  }

  private long hash0to16(int offset, int length) {
    if (length > 8) {
      long a = long64(offset);
      long b = long64(offset + length - 8);
      return hash16(a, Long.rotateRight(b + length, length)) ^ b;
    }
    if (length >= 4) {
      return hash16(length + (unsignedInt(offset) << 3), unsignedInt(offset + length - 4));
    }
    if (length > 0) {
      int a = data[offset] & 0xff;
      int b = data[offset + (length >>> 1)] & 0xff;
      int c = data[offset + length - 1] & 0xff;
      return shiftMix((a + (b << 8)) * K2 ^ (length + (c << 2)) * K3) * K2;
    }
    return K2;
  }

  private long weakFirst(int s, long a) {
    return a + long64(s) + long64(s + 8) + long64(s + 16) + long64(s + 24);
  }

  private long weakSecond(int s, long a, long b) {
    long start = a + long64(s);
    long turned = Long.rotateRight(b + start + long64(s + 24), 21);
    return turned + Long.rotateRight(start + long64(s + 8) + long64(s + 16), 44) + start;
  }

  private static long hash16(long a, long b) {
    long first = shiftMix((a ^ b) * MULTIPLIER);
    return shiftMix((b ^ first) * MULTIPLIER) * MULTIPLIER;
  }

  private static long shiftMix(long value) {
    return value ^ (value >>> 47);
  }

  private long long64(int offset) {
    return (long) LONG.get(data, offset);
  }

  private long unsignedInt(int offset) {
    return (int) INT.get(data, offset) & 0xffffffffL;
  }
}
