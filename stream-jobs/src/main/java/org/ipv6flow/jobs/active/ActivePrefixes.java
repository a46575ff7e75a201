package org.ipv6flow.jobs.active;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;
import org.ipv6flow.jobs.clickhouse.RowBinaryBuffer;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.dictionary.Area;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.dictionary.Numbering;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Distinct source prefixes of every operator and province by the hour. Sources only: an address
 * that is merely scanned is not active. Not thread-safe.
 *
 * <p>What has been written is remembered only in order not to write it again; a new instance writes
 * it once more, and nothing changes, since stored registers keep their maximum.
 */
public final class ActivePrefixes {

  private static final long MILLIS_PER_HOUR = 3_600_000;
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final long WITHOUT_LAST_8_BITS = -1L << 8;

  /** Distinguishes a /56 from the /64 at its start. */
  private static final long MARK_OF_56 = 1;

  /** 16 MiB of registers. */
  private static final int MAX_SKETCHES = 4_096;

  private static final int SKETCH_BITS = 16;

  /** Operator and province. */
  private record Place(String operator, String province) {}

  private final SipHash hash;
  private final Names names;
  private final Numbering<Place> places = new Numbering<>();
  private final RowBinaryBuffer rows = new RowBinaryBuffer();

  /** Number of the place of an area, plus 1; 0 where it is not known yet. */
  private int[] placeOfArea = new int[64];

  /** Open addressing: keys (0 is free) and the numbers of their sketches. */
  private final long[] keys = new long[4 * MAX_SKETCHES];

  private final int[] sketchOfKey = new int[4 * MAX_SKETCHES];
  private final Sketches sketches = new Sketches();

  /**
   * The sketches used last, by area, unit and the parity of the hour, so that most records find
   * theirs at once: the hour and, in the low 16 bits, the number of the sketch plus 1.
   */
  private long[] lately = new long[64];

  public ActivePrefixes(PseudonymKey key, Names names) {
    hash = new SipHash(key.high(), key.low());
    this.names = names;
  }

  /** Adds the source of record {@code i}, which lies in an area, at a time. */
  public void add(FlowColumns batch, int i, int area, long epochMillis) {
    long hour = Math.floorDiv(epochMillis, MILLIS_PER_HOUR);
    if (batch.ipVersion[i] == 6) {
      long high = batch.sourceAddressHigh[i];
      long without8Bits = high & WITHOUT_LAST_8_BITS;
      sketches.add(sketch(area, PrefixUnit.V6_64, hour), hash.of(high));
      sketches.add(sketch(area, PrefixUnit.V6_56, hour), hash.of(without8Bits | MARK_OF_56));
    } else if (batch.ipVersion[i] == 4) {
      sketches.add(sketch(area, PrefixUnit.V4_32, hour), hash.of(batch.sourceAddressLow[i]));
    }
  }

  /** Rows of what is new since the last call; possibly none. */
  public RowBlock take() {
    writeAll();
    if (sketches.size() > MAX_SKETCHES / 2) {
      // Hours that are over would fill it; those that are not will be written once more.
      forget();
    }
    return rows.take(ClickHouseTable.ACTIVE_PREFIXES);
  }

  private void write(long key, int sketch) {
    Place place = places.name((int) (key >>> 34) - 1);
    rows.uint32((key & 0xFFFF_FFFFL) * SECONDS_PER_HOUR);
    rows.string(place.operator().getBytes(StandardCharsets.UTF_8));
    rows.string(place.province().getBytes(StandardCharsets.UTF_8));
    rows.uint8((int) (key >>> 32 & 3));
    sketches.write(sketch, rows);
    rows.endRow();
  }

  private int place(int area) {
    if (area >= placeOfArea.length) {
      placeOfArea = Arrays.copyOf(placeOfArea, Math.max(area + 1, 2 * placeOfArea.length));
    }
    if (placeOfArea[area] == 0) {
      Area named = names.areas().name(area);
      placeOfArea[area] = places.number(new Place(named.operator(), named.province())) + 1;
    }
    return placeOfArea[area];
  }

  private int sketch(int area, PrefixUnit unit, long hour) {
    int at = (area << 2 | unit.code()) << 1 | (int) hour & 1;
    if (at < lately.length && lately[at] >>> SKETCH_BITS == hour) {
      int numberPlus1 = (int) lately[at] & (1 << SKETCH_BITS) - 1;
      if (numberPlus1 != 0) {
        return numberPlus1 - 1;
      }
    }
    int sketch = find(place(area), unit, hour);
    if (at >= lately.length) {
      lately = Arrays.copyOf(lately, 2 * at + 2);
    }
    lately[at] = hour << SKETCH_BITS | (sketch + 1);
    return sketch;
  }

  private int find(int place, PrefixUnit unit, long hour) {
    long key = (long) place << 34 | (long) unit.code() << 32 | hour & 0xFFFF_FFFFL;
    int slot = slot(key);
    if (keys[slot] == 0) {
      if (sketches.size() == MAX_SKETCHES) {
        writeAll();
        forget();
        slot = slot(key);
      }
      keys[slot] = key;
      sketchOfKey[slot] = sketches.create();
    }
    return sketchOfKey[slot];
  }

  /** Where a key is, or would be. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void writeAll() {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0 && sketches.hasRisen(sketchOfKey[slot])) {
        write(keys[slot], sketchOfKey[slot]);
      }
    }
  }

  private void forget() {
    Arrays.fill(keys, 0);
    Arrays.fill(lately, 0);
    sketches.clear();
  }
}
