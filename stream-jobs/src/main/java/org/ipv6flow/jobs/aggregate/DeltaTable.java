package org.ipv6flow.jobs.aggregate;

import java.util.Arrays;

/**
 * Sums by key in one long array: open addressing with linear probing, no object per entry. Not
 * thread-safe.
 *
 * <p>An entry is its key words followed by six sums. It is free when its last key word is 0. The
 * table doubles when half full.
 */
public final class DeltaTable {

  private static final int INITIAL_SLOTS = 1 << 10;
  private static final int SUMS = 6;
  private static final int OCTETS = 0;
  private static final int PACKETS = 1;
  private static final int OBSERVED_OCTETS = 2;
  private static final int OBSERVED_PACKETS = 3;
  private static final int RECORDS = 4;

  /** The bits of a double. */
  private static final int OCTETS_VARIANCE = 5;

  private final DeltaKind kind;
  private final int keyWords;
  private final int stride;
  private final long bucketMillis;
  private long[] entries;
  private int mask;
  private int size;

  public DeltaTable(DeltaKind kind) {
    this.kind = kind;
    keyWords = kind.keyWords();
    bucketMillis = kind.bucketMillis();
    stride = keyWords + SUMS;
    entries = new long[INITIAL_SLOTS * stride];
    mask = INITIAL_SLOTS - 1;
  }

  public int size() {
    return size;
  }

  long bucketMillis() {
    return bucketMillis;
  }

  /** Position of the entry of a one-word key, for {@link #add}; made if there is none. */
  int locate(long key0) {
    int slot = mix(key0) & mask;
    while (true) {
      int position = slot * stride;
      long found = entries[position];
      if (found == key0) {
        return position;
      }
      if (found == 0) {
        return occupy(position, key0, 0, 0, 0);
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Position of the entry of a two-word key. */
  int locate(long key0, long key1) {
    int slot = mix(key0 * 0x9E37_79B9_7F4A_7C15L ^ key1) & mask;
    while (true) {
      int position = slot * stride;
      if (entries[position + 1] == 0) {
        return occupy(position, key0, key1, 0, 0);
      }
      if (entries[position + 1] == key1 && entries[position] == key0) {
        return position;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Position of the entry of a four-word key. */
  int locate(long key0, long key1, long key2, long key3) {
    int slot = mix(key0, key1, key2, key3) & mask;
    while (true) {
      int position = slot * stride;
      if (entries[position + 3] == 0) {
        return occupy(position, key0, key1, key2, key3);
      }
      if (entries[position + 3] == key3
          && entries[position + 2] == key2
          && entries[position + 1] == key1
          && entries[position] == key0) {
        return position;
      }
      slot = (slot + 1) & mask;
    }
  }

  /**
   * Position of the entry of a key whose last word gets a bucket; words beyond those that are in
   * use are not looked at.
   */
  int locate(long word0, long word1, long word2, long withoutBucket, long bucket) {
    long lastWord = LinkTrafficKey.withBucket(withoutBucket, bucket);
    return switch (keyWords) {
      case 1 -> locate(lastWord);
      case 2 -> locate(word0, lastWord);
      default -> locate(word0, word1, word2, lastWord);
    };
  }

  /**
   * Reads where the entry of a two-word key is likely to be, and does nothing with it: so that the
   * processor fetches many entries at a time before each is needed.
   */
  long touch(long key0, long key1) {
    int position = (mix(key0 * 0x9E37_79B9_7F4A_7C15L ^ key1) & mask) * stride;
    return entries[position] ^ entries[position + stride - 1];
  }

  /** Adds to the sums of the entry at a position just located. */
  void add(
      int position,
      long octets,
      long packets,
      long observedOctets,
      long observedPackets,
      long records,
      double octetsVariance) {
    int sums = position + keyWords;
    long[] to = entries;
    to[sums + OCTETS] += octets;
    to[sums + PACKETS] += packets;
    to[sums + OBSERVED_OCTETS] += observedOctets;
    to[sums + OBSERVED_PACKETS] += observedPackets;
    to[sums + RECORDS] += records;
    if (octetsVariance != 0) {
      double sum = Double.longBitsToDouble(to[sums + OCTETS_VARIANCE]) + octetsVariance;
      to[sums + OCTETS_VARIANCE] = Double.doubleToRawLongBits(sum);
    }
  }

  /** Adds a delta of this table's kind. */
  void add(Delta delta) {
    int position = locateAny(delta.key0, delta.key1, delta.key2, delta.key3);
    add(
        position,
        delta.octets,
        delta.packets,
        delta.observedOctets,
        delta.observedPackets,
        delta.records,
        delta.octetsVariance);
  }

  /**
   * Reads the next entry.
   *
   * @param from 0 to begin with, then what the last call returned
   * @return where to go on, or -1 when there was no further entry
   */
  public int next(int from, Delta into) {
    int position = from;
    while (position < entries.length && entries[position + keyWords - 1] == 0) {
      position += stride;
    }
    if (position >= entries.length) {
      return -1;
    }
    into.kind = kind;
    into.key0 = entries[position];
    into.key1 = keyWords == 1 ? 0 : entries[position + 1];
    into.key2 = keyWords == 4 ? entries[position + 2] : 0;
    into.key3 = keyWords == 4 ? entries[position + 3] : 0;
    int sums = position + keyWords;
    into.octets = entries[sums + OCTETS];
    into.packets = entries[sums + PACKETS];
    into.observedOctets = entries[sums + OBSERVED_OCTETS];
    into.observedPackets = entries[sums + OBSERVED_PACKETS];
    into.records = entries[sums + RECORDS];
    into.octetsVariance = Double.longBitsToDouble(entries[sums + OCTETS_VARIANCE]);
    return position + stride;
  }

  public void clear() {
    if (size > 0) {
      Arrays.fill(entries, 0);
      size = 0;
    }
  }

  private int occupy(int position, long key0, long key1, long key2, long key3) {
    if (2 * (size + 1) > mask) {
      grow();
      return locateAny(key0, key1, key2, key3);
    }
    size++;
    entries[position] = key0;
    if (keyWords > 1) {
      entries[position + 1] = key1;
    }
    if (keyWords > 2) {
      entries[position + 2] = key2;
      entries[position + 3] = key3;
    }
    return position;
  }

  private int locateAny(long key0, long key1, long key2, long key3) {
    return switch (keyWords) {
      case 1 -> locate(key0);
      case 2 -> locate(key0, key1);
      default -> locate(key0, key1, key2, key3);
    };
  }

  private void grow() {
    long[] old = entries;
    entries = new long[old.length * 2];
    mask = mask * 2 + 1;
    size = 0;
    for (int from = 0; from < old.length; from += stride) {
      if (old[from + keyWords - 1] != 0) {
        int position =
            locateAny(
                old[from],
                keyWords > 1 ? old[from + 1] : 0,
                keyWords > 2 ? old[from + 2] : 0,
                keyWords > 2 ? old[from + 3] : 0);
        System.arraycopy(old, from + keyWords, entries, position + keyWords, SUMS);
      }
    }
  }

  private int mix(long key) {
    long mixed = key * 0x9E37_79B9_7F4A_7C15L;
    return (int) ((mixed ^ mixed >>> 29) * 0xBF58_476D_1CE4_E5B9L >>> 32);
  }

  private int mix(long key0, long key1, long key2, long key3) {
    long mixed = key0 * 0x9E37_79B9_7F4A_7C15L ^ key1;
    mixed = mixed * 0xBF58_476D_1CE4_E5B9L ^ key2;
    mixed = (mixed ^ mixed >>> 31) * 0x94D0_49BB_1331_11EBL ^ key3;
    return mix(mixed);
  }
}
