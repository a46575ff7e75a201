package org.ipv6flow.jobs.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads RowBinary as ClickHouse's documentation describes it. */
public final class RowReader {

  private final ByteBuffer in;

  public RowReader(byte[] rows) {
    in = ByteBuffer.wrap(rows).order(ByteOrder.LITTLE_ENDIAN);
  }

  public boolean hasNext() {
    return in.hasRemaining();
  }

  public int uint8() {
    return in.get() & 0xFF;
  }

  public long uint32() {
    return in.getInt() & 0xFFFF_FFFFL;
  }

  public long uint64() {
    return in.getLong();
  }

  public double float64() {
    return in.getDouble();
  }

  /** 16 octets in network order, as two halves. */
  public long[] ipv6() {
    return new long[] {Long.reverseBytes(in.getLong()), Long.reverseBytes(in.getLong())};
  }

  public int uint16() {
    return in.getShort() & 0xFFFF;
  }

  /** Of a String or an Array. */
  public int length() {
    int length = 0;
    int shift = 0;
    int octet;
    do {
      octet = in.get();
      length |= (octet & 0x7F) << shift;
      shift += 7;
    } while ((octet & 0x80) != 0);
    return length;
  }

  public String string() {
    byte[] utf8 = new byte[length()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
