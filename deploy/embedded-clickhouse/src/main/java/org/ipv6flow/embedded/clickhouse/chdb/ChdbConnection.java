package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One session of the engine.
 *
 * <p>Not thread-safe: a connection runs one statement at a time. SQL is given as octets because it
 * may carry string literals that are not UTF-8.
 */
public final class ChdbConnection implements AutoCloseable {

  /** {@code chdb_query_analysis_v1}: struct_size, statement_count, flags, query_class. */
  private static final int ANALYSIS_BYTES = 16;

  private static final int STATEMENT_COUNT_OFFSET = 4;

  private final Pointer connection;
  private final Pointer handle;

  ChdbConnection(Pointer connection) {
    this.connection = connection;
    this.handle = connection.getPointer(0);
  }

  /** Runs one statement and holds its whole result. */
  public ChdbResult query(byte[] sql, String format, Map<String, String> parameters)
      throws ChdbException {
    try (NativeText text = new NativeText()) {
      Bound bound = Bound.of(text, sql, format, parameters);
      return ChdbResult.of(
          ChdbNative.chdb_query_with_params_n(
              handle,
              bound.sql,
              sql.length,
              bound.format,
              bound.formatLength,
              bound.names,
              bound.nameLengths,
              bound.values,
              bound.valueLengths,
              parameters.size()));
    }
  }

  public ChdbResult query(String sql, String format) throws ChdbException {
    return query(sql.getBytes(StandardCharsets.UTF_8), format, Map.of());
  }

  /** Starts a SELECT whose result is fetched in chunks; other statements are refused. */
  public ChdbStream stream(byte[] sql, String format, Map<String, String> parameters)
      throws ChdbException {
    try (NativeText text = new NativeText()) {
      Bound bound = Bound.of(text, sql, format, parameters);
      Pointer stream =
          ChdbNative.chdb_stream_query_with_params_n(
              handle,
              bound.sql,
              sql.length,
              bound.format,
              bound.formatLength,
              bound.names,
              bound.nameLengths,
              bound.values,
              bound.valueLengths,
              parameters.size());
      return ChdbStream.of(handle, stream);
    }
  }

  /**
   * Starts an INSERT whose data follows.
   *
   * @param sql the statement up to, and without, its FORMAT or VALUES clause
   */
  public ChdbInsert insert(byte[] sql, String format, Map<String, String> parameters)
      throws ChdbException {
    try (NativeText text = new NativeText()) {
      Bound bound = Bound.of(text, sql, format, parameters);
      Pointer stream =
          ChdbNative.chdb_stream_insert_with_params_n(
              handle,
              bound.sql,
              sql.length,
              bound.format,
              bound.formatLength,
              bound.names,
              bound.nameLengths,
              bound.values,
              bound.valueLengths,
              parameters.size());
      return ChdbInsert.of(stream);
    }
  }

  /** Number of statements in {@code sql}; 0 if it is empty or does not parse. */
  public int statementCount(byte[] sql) {
    try (NativeText text = new NativeText()) {
      Memory analysis = text.allocate(ANALYSIS_BYTES);
      analysis.clear();
      analysis.setInt(0, ANALYSIS_BYTES);
      ChdbNative.chdb_classify_query_n(handle, text.octets(sql), sql.length, null, 0, analysis);
      return analysis.getInt(STATEMENT_COUNT_OFFSET);
    }
  }

  @Override
  public void close() {
    ChdbNative.chdb_close_conn(connection);
  }

  /** The arguments that every way of running a statement shares. */
  private record Bound(
      Pointer sql,
      Pointer format,
      long formatLength,
      Pointer names,
      Pointer nameLengths,
      Pointer values,
      Pointer valueLengths) {

    static Bound of(NativeText text, byte[] sql, String format, Map<String, String> parameters) {
      List<String> names = List.copyOf(parameters.keySet());
      List<String> values = names.stream().map(parameters::get).toList();
      return new Bound(
          text.octets(sql),
          text.utf8(format),
          format.getBytes(StandardCharsets.UTF_8).length,
          text.utf8Array(names),
          text.utf8Lengths(names),
          text.utf8Array(values),
          text.utf8Lengths(values));
    }
  }
}
