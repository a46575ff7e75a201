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

  /** Operator and province. */
  private record Place(String operator, String province) {}

  private final SipHash hash;
  private final Names names;
  private final Numbering<Place> places = new Numbering<>();
  private final RowBinaryBuffer rows = new RowBinaryBuffer();

  /** Number of the place of an area, plus 1; 0 where it is not known yet. */
  private int[] placeOfArea = new int[64];

  /** Open addressing: keys (0 is free) and their sketches. */
  private final long[] keys = new long[4 * MAX_SKETCHES];

  private final Sketch[] sketches = new Sketch[4 * MAX_SKETCHES];
  private int size;

  public ActivePrefixes(PseudonymKey key, Names names) {
    hash = new SipHash(key.high(), key.low());
    this.names = names;
  }

  /** Adds the source of record {@code i}, which lies in an area, at a time. */
  public void add(FlowColumns batch, int i, int area, long epochMillis) {
    int place = place(area);
    long hour = Math.floorDiv(epochMillis, MILLIS_PER_HOUR);
    if (batch.ipVersion[i] == 6) {
      long high = batch.sourceAddressHigh[i];
      sketch(place, PrefixUnit.V6_64, hour).add(hash.of(high));
      sketch(place, PrefixUnit.V6_56, hour).add(hash.of(high & WITHOUT_LAST_8_BITS | MARK_OF_56));
    } else if (batch.ipVersion[i] == 4) {
      sketch(place, PrefixUnit.V4_32, hour).add(hash.of(batch.sourceAddressLow[i]));
    }
  }

  /** Rows of what is new since the last call; possibly none. */
  public RowBlock take() {
    writeAll();
    if (size > MAX_SKETCHES / 2) {
      // Hours that are over would fill it; those that are not will be written once more.
      forget();
    }
    return rows.take(ClickHouseTable.ACTIVE_PREFIXES);
  }

  private void write(long key, Sketch sketch) {
    Place place = places.name((int) (key >>> 34) - 1);
    rows.uint32((key & 0xFFFF_FFFFL) * SECONDS_PER_HOUR);
    rows.string(place.operator().getBytes(StandardCharsets.UTF_8));
    rows.string(place.province().getBytes(StandardCharsets.UTF_8));
    rows.uint8((int) (key >>> 32 & 3));
    sketch.write(rows);
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

  private Sketch sketch(int place, PrefixUnit unit, long hour) {
    long key = (long) place << 34 | (long) unit.code() << 32 | hour & 0xFFFF_FFFFL;
    int mask = keys.length - 1;
    int slot = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
    while (keys[slot] != key) {
      if (keys[slot] == 0) {
        if (size == MAX_SKETCHES) {
          writeAll();
          forget();
          slot = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
        }
        keys[slot] = key;
        sketches[slot] = new Sketch();
        size++;
        break;
      }
      slot = (slot + 1) & mask;
    }
    return sketches[slot];
  }

  private void writeAll() {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0 && sketches[slot].hasRisen()) {
        write(keys[slot], sketches[slot]);
      }
    }
  }

  private void forget() {
    Arrays.fill(keys, 0);
    Arrays.fill(sketches, null);
    size = 0;
  }
}
