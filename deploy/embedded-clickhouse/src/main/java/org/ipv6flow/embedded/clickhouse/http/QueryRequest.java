package org.ipv6flow.embedded.clickhouse.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.jspecify.annotations.Nullable;

/**
 * One request to run a statement, as ClickHouse's HTTP interface defines its parameters.
 *
 * @param query SQL of the {@code query} parameter; what the body holds is appended to it
 * @param settings settings of the engine for this request
 * @param parameters values of {@code {name:Type}} placeholders, in escaped form
 * @param format format of the result unless the statement names one
 * @param requestCoding coding of the body
 * @param responseCoding coding of the answer
 * @param waitsForEnd whether the answer shall start only when the statement has ended
 */
record QueryRequest(
    String query,
    String queryId,
    @Nullable String sessionId,
    @Nullable String database,
    Map<String, String> settings,
    Map<String, String> parameters,
    String format,
    Coding requestCoding,
    Coding responseCoding,
    boolean waitsForEnd) {

  /** How octets are compressed on the wire. */
  enum Coding {
    IDENTITY,
    /** ClickHouse's own blocks, which no header announces. */
    BLOCKS,
    LZ4,
    ZSTD,
    GZIP
  }

  private static final int UNKNOWN_SETTING = 115;
  private static final int UNKNOWN_COMPRESSION_METHOD = 89;

  /** Parameters that are no settings; those not used here are accepted as a server does. */
  private static final Set<String> RESERVED =
      Set.of(
          "query",
          "query_id",
          "database",
          "default_format",
          "compress",
          "decompress",
          "session_id",
          "session_timeout",
          "session_check",
          "user",
          "password",
          "quota_key",
          "stacktrace",
          "role",
          "wait_end_of_query",
          "buffer_size",
          "enable_http_compression",
          "client_protocol_version",
          // The statement's own mark, see StatementText.
          "log_comment");

  /**
   * Reads the parameters and headers of {@code request}.
   *
   * @param isSetting whether the engine knows a setting
   */
  static QueryRequest of(HttpRequest request, Predicate<String> isSetting) throws ChdbException {
    Map<String, String> values = new LinkedHashMap<>();
    new QueryStringDecoder(request.uri())
        .parameters()
        .forEach((name, list) -> values.put(name, last(list)));
    HttpHeaders headers = request.headers();
    String queryId =
        firstOf(values.get("query_id"), headers.get("X-ClickHouse-Query-Id"), randomId());
    return new QueryRequest(
        values.getOrDefault("query", ""),
        queryId,
        values.get("session_id"),
        emptyToNull(values.getOrDefault("database", headers.get("X-ClickHouse-Database", ""))),
        settings(request, values, queryId, isSetting),
        parameters(values),
        firstOf(values.get("default_format"), headers.get("X-ClickHouse-Format"), "TabSeparated"),
        requestCoding(values, headers),
        responseCoding(values, headers),
        isOn(values, "wait_end_of_query"));
  }

  private static Map<String, String> settings(
      HttpRequest request, Map<String, String> values, String queryId, Predicate<String> isSetting)
      throws ChdbException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Map.Entry<String, String> value : values.entrySet()) {
      String name = value.getKey();
      if (RESERVED.contains(name) || name.startsWith("param_")) {
        continue;
      }
      if (!isSetting.test(name)) {
        throw ChdbException.of(
            UNKNOWN_SETTING,
            "UNKNOWN_SETTING",
            "Setting " + name + " is neither a builtin setting");
      }
      settings.put(name, value.getValue());
    }
    settings.put("log_comment", queryId);
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      // Of a link, a statement may only read (2: and still change settings).
      settings.putIfAbsent("readonly", "2");
    }
    return settings;
  }

  private static Map<String, String> parameters(Map<String, String> values) {
    Map<String, String> parameters = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith("param_")) {
            parameters.put(name.substring("param_".length()), value);
          }
        });
    return parameters;
  }

  private static Coding requestCoding(Map<String, String> values, HttpHeaders headers)
      throws ChdbException {
    if (isOn(values, "decompress")) {
      return Coding.BLOCKS;
    }
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "").toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> Coding.IDENTITY;
      case "lz4" -> Coding.LZ4;
      case "zstd" -> Coding.ZSTD;
      case "gzip", "x-gzip" -> Coding.GZIP;
      default ->
          throw ChdbException.of(
              UNKNOWN_COMPRESSION_METHOD,
              "UNKNOWN_COMPRESSION_METHOD",
              "Content-Encoding %s (expected: lz4, zstd or gzip)".formatted(coding));
    };
  }

  private static Coding responseCoding(Map<String, String> values, HttpHeaders headers) {
    if (isOn(values, "compress")) {
      return Coding.BLOCKS;
    }
    if (isOn(values, "enable_http_compression")) {
      String accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING, "").toLowerCase(Locale.ROOT);
      if (accepted.contains("lz4")) {
        return Coding.LZ4;
      }
      if (accepted.contains("zstd")) {
        return Coding.ZSTD;
      }
      if (accepted.contains("gzip")) {
        return Coding.GZIP;
      }
    }
    return Coding.IDENTITY;
  }

  private static boolean isOn(Map<String, String> values, String name) {
    String value = values.get(name);
    return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
  }

  private static String firstOf(@Nullable String first, @Nullable String second, String otherwise) {
    if (first != null && !first.isEmpty()) {
      return first;
    }
    return second != null && !second.isEmpty() ? second : otherwise;
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String last(List<String> values) {
    return values.get(values.size() - 1);
  }

  private static String randomId() {
    return UUID.randomUUID().toString();
  }
}
