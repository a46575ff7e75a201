package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** An INSERT that is being fed; nothing of it is committed unless {@link #commit} returns. */
public final class ChdbInsert implements AutoCloseable {

  private static final int SUCCESS = 0;
  private static final int BUFFER_BYTES = 1 << 18;

  private final Pointer stream;
  private final Memory buffer = new Memory(BUFFER_BYTES);
  private boolean done;

  private ChdbInsert(Pointer stream) {
    this.stream = stream;
  }

  static ChdbInsert of(Pointer stream) throws ChdbException {
    String error = ChdbNative.chdb_stream_insert_error(stream);
    if (error != null && !error.isEmpty()) {
      ChdbNative.chdb_destroy_insert_stream(stream);
      throw ChdbException.ofEngine(error);
    }
    return new ChdbInsert(stream);
  }

  /** Blocks while the engine has enough to do. */
  public void append(byte[] data, int offset, int length) throws ChdbException {
    int end = offset + length;
    for (int from = offset; from < end; from += BUFFER_BYTES) {
      int count = Math.min(BUFFER_BYTES, end - from);
      buffer.write(0, data, from, count);
      if (ChdbNative.chdb_stream_append(stream, buffer, count) != SUCCESS) {
        throw failure();
      }
    }
  }

  /** Ends the data and waits until it is written. */
  public ChdbResult.Summary commit() throws ChdbException {
    done = true;
    try (ChdbResult result = ChdbResult.of(ChdbNative.chdb_stream_done(stream))) {
      return result.summary();
    }
  }

  /** Drops what was not committed. */
  @Override
  public void close() {
    if (!done) {
      ChdbNative.chdb_stream_cancel_insert(stream);
    }
    ChdbNative.chdb_destroy_insert_stream(stream);
    buffer.close();
  }

  private ChdbException failure() throws ChdbException {
    String error = ChdbNative.chdb_stream_insert_error(stream);
    if (error == null || error.isEmpty()) {
      // The engine keeps some parse errors for the end.
      commit();
      return ChdbException.of(1002, "UNKNOWN_EXCEPTION", "The engine refused the data");
    }
    return ChdbException.ofEngine(error);
  }
}
