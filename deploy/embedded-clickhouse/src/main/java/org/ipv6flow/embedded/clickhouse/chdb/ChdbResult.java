package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One result, or one chunk of a streamed result, in the engine's memory until closed. */
public final class ChdbResult implements AutoCloseable {

  private final Pointer result;
  private final @Nullable Pointer buffer;
  private final long length;

  private ChdbResult(Pointer result) {
    this.result = result;
    this.buffer = ChdbNative.chdb_result_buffer(result);
    this.length = buffer == null ? 0 : ChdbNative.chdb_result_length(result);
  }

  /** Takes {@code result} over; frees it at once if it is an error. */
  static ChdbResult of(Pointer result) throws ChdbException {
    String error = ChdbNative.chdb_result_error(result);
    if (error != null && !error.isEmpty()) {
      ChdbNative.chdb_destroy_query_result(result);
      throw ChdbException.ofEngine(error);
    }
    return new ChdbResult(result);
  }

  /** Octets of the formatted result. */
  public long length() {
    return length;
  }

  /** Copies {@code count} octets from {@code offset} to the start of {@code into}. */
  public void read(long offset, byte[] into, int count) {
    if (buffer == null || offset + count > length) {
      throw new IndexOutOfBoundsException("%d+%d of %d".formatted(offset, count, length));
    }
    buffer.read(offset, into, 0, count);
  }

  public String utf8() {
    byte[] octets = new byte[Math.toIntExact(length)];
    if (length > 0) {
      read(0, octets, octets.length);
    }
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** What the statement read and wrote. */
  public Summary summary() {
    return new Summary(
        ChdbNative.chdb_result_storage_rows_read(result),
        ChdbNative.chdb_result_storage_bytes_read(result),
        ChdbNative.chdb_result_rows_written(result),
        ChdbNative.chdb_result_bytes_written(result),
        ChdbNative.chdb_result_rows_read(result));
  }

  @Override
  public void close() {
    ChdbNative.chdb_destroy_query_result(result);
  }

  /**
   * Work done by a statement.
   *
   * @param writtenRows includes the rows written by materialized views
   */
  public record Summary(
      long readRows, long readBytes, long writtenRows, long writtenBytes, long resultRows) {

    public static final Summary NONE = new Summary(0, 0, 0, 0, 0);
  }
}
