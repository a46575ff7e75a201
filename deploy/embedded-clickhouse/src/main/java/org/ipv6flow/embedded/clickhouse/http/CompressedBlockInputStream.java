package org.ipv6flow.embedded.clickhouse.http;

import com.github.luben.zstd.Zstd;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Reads ClickHouse's compressed blocks, as requests with {@code decompress=1} have them. */
final class CompressedBlockInputStream extends InputStream {

  private static final int PREFIX_BYTES =
      CompressedBlocks.CHECKSUM_BYTES + CompressedBlocks.HEADER_BYTES;

  private final InputStream in;
  private final LZ4SafeDecompressor decompressor = LZ4Factory.fastestInstance().safeDecompressor();
  private byte[] block = new byte[1 << 17];
  private byte[] plain = new byte[0];
  private int position;
  private int limit;

  CompressedBlockInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return fill() ? plain[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(plain, position, into, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    while (position == limit) {
      if (!readBlock()) {
        return false;
      }
    }
    return true;
  }

  private boolean readBlock() throws IOException {
    int got = in.readNBytes(block, 0, PREFIX_BYTES);
    if (got == 0) {
      return false;
    }
    if (got < PREFIX_BYTES) {
      throw new EOFException("compressed block ends within its header");
    }
    ByteBuffer header = CompressedBlocks.little(block);
    byte method = block[CompressedBlocks.CHECKSUM_BYTES];
    int compressed =
        header.getInt(CompressedBlocks.CHECKSUM_BYTES + 1) - CompressedBlocks.HEADER_BYTES;
    int size = header.getInt(CompressedBlocks.CHECKSUM_BYTES + 5);
    if (compressed < 0
        || compressed > CompressedBlocks.MAX_BLOCK_BYTES
        || size < 0
        || size > CompressedBlocks.MAX_BLOCK_BYTES) {
      throw new IOException("compressed block of %d octets for %d".formatted(compressed, size));
    }
    if (block.length < PREFIX_BYTES + compressed) {
      block = Arrays.copyOf(block, PREFIX_BYTES + compressed);
    }
    if (in.readNBytes(block, PREFIX_BYTES, compressed) < compressed) {
      throw new EOFException("compressed block ends within its data");
    }
    requireChecksum(compressed);
    unpack(method, compressed, size);
    return true;
  }

  private void requireChecksum(int compressed) throws IOException {
    CityHash128 hash =
        CityHash128.of(
            block, CompressedBlocks.CHECKSUM_BYTES, CompressedBlocks.HEADER_BYTES + compressed);
    ByteBuffer header = CompressedBlocks.little(block);
    if (hash.low() != header.getLong(0) || hash.high() != header.getLong(8)) {
      throw new IOException("compressed block with a wrong checksum");
    }
  }

  private void unpack(byte method, int compressed, int size) throws IOException {
    if (plain.length < size) {
      plain = new byte[size];
    }
    int actual = unpackTo(plain, method, compressed, size);
    if (actual != size) {
      throw new IOException("compressed block of %d octets (expected: %d)".formatted(actual, size));
    }
    position = 0;
    limit = size;
  }

  private int unpackTo(byte[] into, byte method, int compressed, int size) throws IOException {
    switch (method) {
      case CompressedBlocks.METHOD_LZ4 -> {
        try {
          return decompressor.decompress(block, PREFIX_BYTES, compressed, into, 0, size);
        } catch (LZ4Exception e) {
          throw new IOException("compressed block that is no LZ4", e);
        }
      }
      case CompressedBlocks.METHOD_ZSTD -> {
        long result = Zstd.decompressByteArray(into, 0, size, block, PREFIX_BYTES, compressed);
        if (Zstd.isError(result)) {
          throw new IOException("compressed block that is no ZSTD: " + Zstd.getErrorName(result));
        }
        return (int) result;
      }
      case CompressedBlocks.METHOD_NONE -> {
        int count = Math.min(compressed, size);
        System.arraycopy(block, PREFIX_BYTES, into, 0, count);
        return count;
      }
      default ->
          throw new IOException(
              "compression method 0x%02x (expected: LZ4, 0x82, or ZSTD, 0x90)"
                  .formatted(method & 0xff));
    }
  }
}
