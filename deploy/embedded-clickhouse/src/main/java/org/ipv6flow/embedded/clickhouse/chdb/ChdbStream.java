package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A running SELECT.
 *
 * <p>Every chunk is a whole document of its format: those with a header repeat it.
 */
public final class ChdbStream implements AutoCloseable {

  private final Pointer handle;
  private final Pointer stream;
  private boolean ended;

  private ChdbStream(Pointer handle, Pointer stream) {
    this.handle = handle;
    this.stream = stream;
  }

  static ChdbStream of(Pointer handle, Pointer stream) throws ChdbException {
    String error = ChdbNative.chdb_result_error(stream);
    if (error != null && !error.isEmpty()) {
      ChdbNative.chdb_destroy_query_result(stream);
      throw ChdbException.ofEngine(error);
    }
    return new ChdbStream(handle, stream);
  }

  /** Returns the next chunk, to be closed by the caller, or null at the end. */
  public @Nullable ChdbResult next() throws ChdbException {
    if (ended) {
      return null;
    }
    Pointer chunk = ChdbNative.chdb_stream_fetch_result(handle, stream);
    if (chunk == null) {
      ended = true;
      return null;
    }
    ChdbResult result;
    try {
      result = ChdbResult.of(chunk);
    } catch (ChdbException e) {
      ended = true;
      throw e;
    }
    if (result.length() > 0) {
      return result;
    }
    ended = true;
    result.close();
    return null;
  }

  @Override
  public void close() {
    if (!ended) {
      ChdbNative.chdb_stream_cancel_query(handle, stream);
    }
    ChdbNative.chdb_destroy_query_result(stream);
  }
}
