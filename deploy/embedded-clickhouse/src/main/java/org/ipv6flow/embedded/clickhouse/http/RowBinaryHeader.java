package org.ipv6flow.embedded.clickhouse.http;

/**
 * Measures the header of RowBinaryWithNamesAndTypes: a count, as many names, as many types.
 *
 * <p>Every chunk of a streamed result repeats it, while a driver expects it once.
 */
final class RowBinaryHeader {

  private final byte[] octets;
  private final int limit;
  private int position;

  private RowBinaryHeader(byte[] octets, int limit) {
    this.octets = octets;
    this.limit = limit;
  }

  /** Returns the octets the header takes, or -1 if the first {@code limit} are fewer than that. */
  static int length(byte[] octets, int limit) {
    RowBinaryHeader header = new RowBinaryHeader(octets, limit);
    long columns = header.readVarint();
    for (long i = 0; i < 2 * columns && header.position >= 0; i++) {
      header.skipString();
    }
    return header.position;
  }

  private void skipString() {
    long length = readVarint();
    if (position >= 0) {
      position = length <= limit - position ? position + (int) length : -1;
    }
  }

  /** LEB128, as ClickHouse writes lengths. */
  private long readVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && position >= 0; shift += 7) {
      if (position >= limit) {
        position = -1;
        return 0;
      }
      byte octet = octets[position++];
      value |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    position = -1;
    return 0;
  }
}
