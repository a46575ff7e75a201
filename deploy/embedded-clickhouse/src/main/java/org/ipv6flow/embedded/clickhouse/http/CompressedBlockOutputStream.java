package org.ipv6flow.embedded.clickhouse.http;

import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Writes ClickHouse's LZ4 blocks, as answers to {@code compress=1} have them. */
final class CompressedBlockOutputStream extends OutputStream {

  private static final int BLOCK_BYTES = 1 << 18;
  private static final int PREFIX_BYTES =
      CompressedBlocks.CHECKSUM_BYTES + CompressedBlocks.HEADER_BYTES;

  private final OutputStream out;
  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final byte[] plain = new byte[BLOCK_BYTES];
  private final byte[] block = new byte[PREFIX_BYTES + compressor.maxCompressedLength(BLOCK_BYTES)];
  private int filled;

  CompressedBlockOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int count = Math.min(BLOCK_BYTES - filled, end - from);
      System.arraycopy(octets, from, plain, filled, count);
      filled += count;
      from += count;
      if (filled == BLOCK_BYTES) {
        writeBlock();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (filled > 0) {
      writeBlock();
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }

  private void writeBlock() throws IOException {
    int compressed =
        compressor.compress(plain, 0, filled, block, PREFIX_BYTES, block.length - PREFIX_BYTES);
    block[CompressedBlocks.CHECKSUM_BYTES] = CompressedBlocks.METHOD_LZ4;
    CompressedBlocks.little(block)
        .putInt(CompressedBlocks.CHECKSUM_BYTES + 1, compressed + CompressedBlocks.HEADER_BYTES)
        .putInt(CompressedBlocks.CHECKSUM_BYTES + 5, filled);
    CompressedBlocks.seal(block, PREFIX_BYTES + compressed);
    out.write(block, 0, PREFIX_BYTES + compressed);
    filled = 0;
  }
}
