package org.ipv6flow.embedded.clickhouse.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The layout of ClickHouse's compressed blocks: checksum, method, two sizes, data.
 *
 * <p>The checksum covers all that follows it; the compressed size counts method and sizes too.
 */
final class CompressedBlocks {

  static final int CHECKSUM_BYTES = 16;
  static final int HEADER_BYTES = 9;
  static final byte METHOD_NONE = 0x02;
  static final byte METHOD_LZ4 = (byte) 0x82;
  static final byte METHOD_ZSTD = (byte) 0x90;

  /** Bounds the memory that a size read from the network can ask for. */
  static final int MAX_BLOCK_BYTES = 1 << 27;

  private CompressedBlocks() {}

  /** Writes the checksum of a block of {@code length} octets, checksum included, to its start. */
  static void seal(byte[] block, int length) {
    CityHash128 hash = CityHash128.of(block, CHECKSUM_BYTES, length - CHECKSUM_BYTES);
    little(block).putLong(0, hash.low()).putLong(8, hash.high());
  }

  static ByteBuffer little(byte[] octets) {
    return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
  }
}
