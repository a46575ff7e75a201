package org.ipv6flow.jobs.rows;

import java.util.Arrays;
import org.ipv6flow.jobs.clickhouse.ClickHouseTable;

/**
 * What some records add to one row: the only thing that crosses the shuffle. Mutable and reused by
 * whoever emits it.
 */
public final class RowDelta {

  public ClickHouseTable table = ClickHouseTable.LINK_TRAFFIC;

  /** The same for rows that should meet in one subtask. */
  public int partition;

  /** The row's key columns in RowBinary, {@link #keyLength} octets of it. The bucket goes first. */
  public byte[] key = new byte[128];

  public int keyLength;

  /** Estimates: observed counts times the sampling interval. */
  public long octets;

  public long packets;
  public long observedOctets;
  public long observedPackets;

  /** Flow records, each counted in one delta of a table only. */
  public long records;

  /** Variance of the octet estimate. */
  public double octetsVariance;

  /** Takes over everything, in octets of its own. */
  public void set(RowDelta other) {
    table = other.table;
    partition = other.partition;
    if (key.length < other.keyLength) {
      key = new byte[other.key.length];
    }
    System.arraycopy(other.key, 0, key, 0, other.keyLength);
    keyLength = other.keyLength;
    octets = other.octets;
    packets = other.packets;
    observedOctets = other.observedOctets;
    observedPackets = other.observedPackets;
    records = other.records;
    octetsVariance = other.octetsVariance;
  }

  /** The key alone. */
  byte[] copyOfKey() {
    return Arrays.copyOf(key, keyLength);
  }

  /** Gives the row another bucket. */
  public void bucket(long epochSeconds) {
    for (int i = 0; i < Integer.BYTES; i++) {
      key[i] = (byte) (epochSeconds >>> Byte.SIZE * i);
    }
  }

  /** The bucket's start in epoch seconds: a key begins with it, little-endian. */
  public long bucket() {
    return (key[0] & 0xFF | (key[1] & 0xFF) << 8 | (key[2] & 0xFF) << 16 | (long) key[3] << 24)
        & 0xFFFF_FFFFL;
  }
}
