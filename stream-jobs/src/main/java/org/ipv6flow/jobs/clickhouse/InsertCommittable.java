package org.ipv6flow.jobs.clickhouse;

import com.github.luben.zstd.Zstd;

/**
 * One insert that is decided but not yet done: the rows and the token under which ClickHouse must
 * take them once.
 *
 * <p>The token is made together with the rows and travels with them through checkpoints, so that a
 * repetition after a crash always sends the same rows under the same token. A token made again at
 * commit time could meet other rows, which ClickHouse would silently drop.
 *
 * @param compressedRows RowBinary, compressed with zstd; owned by the committable
 * @param uncompressedBytes size of the rows before compression
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying it would double the memory.
public record InsertCommittable(
    ClickHouseTable table, String token, int rows, int uncompressedBytes, byte[] compressedRows) {

  private static final int COMPRESSION_LEVEL = 1;

  static InsertCommittable of(RowBlock block, String token) {
    return new InsertCommittable(
        block.table(),
        token,
        block.rows(),
        block.data().length,
        Zstd.compress(block.data(), COMPRESSION_LEVEL));
  }

  byte[] rowBinary() {
    return Zstd.decompress(compressedRows, uncompressedBytes);
  }
}
