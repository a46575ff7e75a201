package org.ipv6flow.jobs.rows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;

/**
 * Sums of rows that are written once their bucket is over, and not with every checkpoint: the
 * largest of a minute are known only then, and there are fewer rows. A row that comes later makes a
 * further one with the same key, and the table adds them up. Not thread-safe.
 *
 * <p>How long a bucket stays is counted by the clock of this machine from its first row on, so that
 * after an outage, too, rows of a bucket meet.
 */
public final class HeldRows {

  /** Buckets of more rows are reduced, or written early: bounds memory and state. */
  static final int MAX_ROWS_PER_BUCKET = 1 << 17;

  /** After a bucket's end its last flows are exported: active timeout and delay. */
  private static final long MILLIS_AFTER_BUCKET = 90_000;

  private static final byte STATE_VERSION = 1;

  private static final class Bucket {
    final ClickHouseTable table;
    final long start;
    final long openedMillis;
    RowSums rows;

    Bucket(ClickHouseTable table, long start, long openedMillis) {
      this.table = table;
      this.start = start;
      this.openedMillis = openedMillis;
      rows = new RowSums(table);
    }
  }

  private final int asPairs;
  private final List<Bucket> buckets = new ArrayList<>();

  /** The bucket of the last row: the next is likely to belong to it, too. */
  private int lastUsed;

  /**
   * @param asPairs pairs of AS that are told apart, beside "other"
   */
  public HeldRows(int asPairs) {
    this.asPairs = asPairs;
  }

  /** Rows held. */
  public int size() {
    int size = 0;
    for (Bucket bucket : buckets) {
      size += bucket.rows.size();
    }
    return size;
  }

  public void add(RowDelta delta, long nowMillis) {
    Bucket bucket = bucket(delta.table, delta.bucket(), nowMillis);
    bucket.rows.add(delta);
    if (bucket.rows.size() >= MAX_ROWS_PER_BUCKET && delta.table == ClickHouseTable.AS_TRAFFIC) {
      // Generous, so that what grows later still has a chance.
      bucket.rows = TopPairs.reduce(bucket.rows, 4 * asPairs);
    }
  }

  /** Hands out, and forgets, the rows of buckets that are over, or too large to be held. */
  public void takeDue(long nowMillis, Consumer<RowSums> to) {
    take(
        bucket ->
            nowMillis - bucket.openedMillis >= widthMillis(bucket.table) + MILLIS_AFTER_BUCKET
                || nowMillis < bucket.openedMillis
                || bucket.rows.size() >= MAX_ROWS_PER_BUCKET,
        to);
  }

  /** Hands out, and forgets, all rows. */
  public void takeAll(Consumer<RowSums> to) {
    take(bucket -> true, to);
  }

  private void take(Predicate<Bucket> which, Consumer<RowSums> to) {
    lastUsed = 0;
    for (Iterator<Bucket> all = buckets.iterator(); all.hasNext(); ) {
      Bucket bucket = all.next();
      if (which.test(bucket)) {
        all.remove();
        to.accept(
            bucket.table == ClickHouseTable.AS_TRAFFIC
                ? TopPairs.reduce(bucket.rows, asPairs)
                : bucket.rows);
      }
    }
  }

  /** Whether a table's rows are held. */
  public static boolean holds(ClickHouseTable table) {
    return widthMillis(table) > 0;
  }

  private static long widthMillis(ClickHouseTable table) {
    return switch (table) {
      case AS_TRAFFIC -> 60_000;
      case ORGANISATION_TRAFFIC, SERVICE_TRAFFIC -> 300_000;
      default -> 0;
    };
  }

  private Bucket bucket(ClickHouseTable table, long start, long openedMillis) {
    if (lastUsed < buckets.size() && isBucket(buckets.get(lastUsed), table, start)) {
      return buckets.get(lastUsed);
    }
    for (int i = 0; i < buckets.size(); i++) {
      if (isBucket(buckets.get(i), table, start)) {
        lastUsed = i;
        return buckets.get(i);
      }
    }
    Bucket opened = new Bucket(table, start, openedMillis);
    lastUsed = buckets.size();
    buckets.add(opened);
    return opened;
  }

  private static boolean isBucket(Bucket bucket, ClickHouseTable table, long start) {
    return bucket.start == start && bucket.table == table;
  }

  /**
   * The state of every bucket by itself. Version 1: version, table code (1 octet each), bucket's
   * start in epoch seconds, when it was opened in epoch milliseconds (8 octets each), number of
   * rows (4 octets); of each row: length of the key (2 octets), key, five sums and the bits of a
   * double (8 octets each).
   */
  public List<byte[]> state() throws IOException {
    List<byte[]> states = new ArrayList<>();
    RowDelta row = new RowDelta();
    for (Bucket bucket : buckets) {
      ByteArrayOutputStream octets = new ByteArrayOutputStream(64 + 96 * bucket.rows.size());
      DataOutputStream out = new DataOutputStream(octets);
      out.writeByte(STATE_VERSION);
      out.writeByte(bucket.table.code());
      out.writeLong(bucket.start);
      out.writeLong(bucket.openedMillis);
      out.writeInt(bucket.rows.size());
      for (int i = 0; i < bucket.rows.size(); i++) {
        bucket.rows.get(i, row);
        out.writeShort(row.keyLength);
        out.write(row.key, 0, row.keyLength);
        out.writeLong(row.octets);
        out.writeLong(row.packets);
        out.writeLong(row.observedOctets);
        out.writeLong(row.observedPackets);
        out.writeLong(row.records);
        out.writeDouble(row.octetsVariance);
      }
      states.add(octets.toByteArray());
    }
    return states;
  }

  /** Adds what {@link #state} wrote, possibly at another parallelism. */
  public void restore(byte[] state) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
    int version = in.readByte();
    if (version != STATE_VERSION) {
      throw new IOException("held rows of version %d (expected: 1)".formatted(version));
    }
    ClickHouseTable table = ClickHouseTable.of(in.readByte());
    Bucket bucket = bucket(table, in.readLong(), in.readLong());
    RowDelta row = new RowDelta();
    row.table = table;
    for (int rows = in.readInt(); rows > 0; rows--) {
      row.keyLength = in.readUnsignedShort();
      if (row.key.length < row.keyLength) {
        row.key = new byte[row.keyLength];
      }
      in.readFully(row.key, 0, row.keyLength);
      row.octets = in.readLong();
      row.packets = in.readLong();
      row.observedOctets = in.readLong();
      row.observedPackets = in.readLong();
      row.records = in.readLong();
      row.octetsVariance = in.readDouble();
      bucket.rows.add(row);
    }
  }
}
