package org.ipv6flow.collector.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Builds the octets of a data record, field by field in template order. */
public final class RecordBuilder {

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  private RecordBuilder() {}

  public static RecordBuilder record() {
    return new RecordBuilder();
  }

  public RecordBuilder u8(int value) {
    return unsigned(value, 1);
  }

  public RecordBuilder u16(int value) {
    return unsigned(value, 2);
  }

  public RecordBuilder u32(long value) {
    return unsigned(value, 4);
  }

  public RecordBuilder u64(long value) {
    return unsigned(value, 8);
  }

  /** The low {@code length} octets of a value, with leading zeros if it has fewer than eight. */
  public RecordBuilder unsigned(long value, int length) {
    for (int i = length - 1; i >= 0; i--) {
      octets.write(i >= Long.BYTES ? 0 : (int) (value >>> (8 * i)));
    }
    return this;
  }

  public RecordBuilder unsigned(BigInteger value, int length) {
    for (int i = length - 1; i >= 0; i--) {
      octets.write(value.shiftRight(8 * i).intValue());
    }
    return this;
  }

  /** An IPv4 or IPv6 address, in as many octets as it has. */
  public RecordBuilder address(String literal) {
    try {
      octets.writeBytes(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
    return this;
  }

  public RecordBuilder octets(byte... values) {
    octets.writeBytes(values);
    return this;
  }

  public RecordBuilder zeros(int count) {
    octets.writeBytes(new byte[count]);
    return this;
  }

  /** A value of variable length with its one-octet length prefix (RFC 7011 section 7). */
  public RecordBuilder variable(byte... value) {
    u8(value.length);
    octets.writeBytes(value);
    return this;
  }

  /** A value of variable length with its three-octet length prefix (RFC 7011 section 7). */
  public RecordBuilder longVariable(byte... value) {
    u8(255).u16(value.length);
    octets.writeBytes(value);
    return this;
  }

  public RecordBuilder string(String text) {
    return variable(text.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] build() {
    return octets.toByteArray();
  }
}
