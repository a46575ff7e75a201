package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The functions of chdb.h (26.7.3) that are used here, under their C names.
 *
 * <p>{@code size_t} is a {@code long}: the library exists for 64-bit platforms only. Texts are not
 * ended by a NUL but carry their length in octets.
 */
@SuppressWarnings("checkstyle:MethodName")
final class ChdbNative {

  private ChdbNative() {}

  /** Binds the functions below; must come before any of them is called. */
  static void load(Path library) {
    Native.register(ChdbNative.class, NativeLibrary.getInstance(library.toString()));
  }

  static native String chdb_version();

  static native void chdb_set_signal_handlers_enabled(int enabled);

  /** Returns a pointer to the connection handle, or null; the cause goes to stderr only. */
  static native @Nullable Pointer chdb_connect(int argumentCount, Pointer arguments);

  /** Takes the pointer that {@link #chdb_connect} gave; all others take the handle it points to. */
  static native void chdb_close_conn(Pointer connection);

  static native Pointer chdb_query_with_params_n(
      Pointer handle,
      Pointer query,
      long queryLength,
      Pointer format,
      long formatLength,
      @Nullable Pointer names,
      @Nullable Pointer nameLengths,
      @Nullable Pointer values,
      @Nullable Pointer valueLengths,
      long parameterCount);

  static native Pointer chdb_stream_query_with_params_n(
      Pointer handle,
      Pointer query,
      long queryLength,
      Pointer format,
      long formatLength,
      @Nullable Pointer names,
      @Nullable Pointer nameLengths,
      @Nullable Pointer values,
      @Nullable Pointer valueLengths,
      long parameterCount);

  static native @Nullable Pointer chdb_stream_fetch_result(Pointer handle, Pointer stream);

  static native void chdb_stream_cancel_query(Pointer handle, Pointer stream);

  static native Pointer chdb_stream_insert_with_params_n(
      Pointer handle,
      Pointer query,
      long queryLength,
      Pointer format,
      long formatLength,
      @Nullable Pointer names,
      @Nullable Pointer nameLengths,
      @Nullable Pointer values,
      @Nullable Pointer valueLengths,
      long parameterCount);

  static native int chdb_stream_append(Pointer stream, Pointer data, long length);

  static native Pointer chdb_stream_done(Pointer stream);

  static native void chdb_stream_cancel_insert(Pointer stream);

  static native @Nullable String chdb_stream_insert_error(Pointer stream);

  static native void chdb_destroy_insert_stream(Pointer stream);

  static native @Nullable Pointer chdb_result_buffer(Pointer result);

  static native long chdb_result_length(Pointer result);

  static native long chdb_result_rows_read(Pointer result);

  static native long chdb_result_storage_rows_read(Pointer result);

  static native long chdb_result_storage_bytes_read(Pointer result);

  static native long chdb_result_rows_written(Pointer result);

  static native long chdb_result_bytes_written(Pointer result);

  static native @Nullable String chdb_result_error(Pointer result);

  static native void chdb_destroy_query_result(Pointer result);

  static native int chdb_classify_query_n(
      Pointer handle,
      Pointer query,
      long queryLength,
      @Nullable Pointer targetDatabase,
      long targetDatabaseLength,
      Pointer analysis);
}
