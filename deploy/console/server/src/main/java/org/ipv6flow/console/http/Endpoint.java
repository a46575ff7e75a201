package org.ipv6flow.console.http;

import org.ipv6flow.console.clickhouse.ClickHouseException;

/**
 * One operation of {@code openapi.yaml}.
 *
 * @param operationId as in that file; {@code Access} knows it by this name
 * @param path below {@code /api/v1}, with placeholders such as {@code {link}}
 */
public record Endpoint(String operationId, String method, String path, Handler handler) {

  /** Answers a call. */
  @FunctionalInterface
  public interface Handler {
    Answer answer(Call call) throws Problem, ClickHouseException;
  }

  public static Endpoint get(String operationId, String path, Handler handler) {
    return new Endpoint(operationId, "GET", path, handler);
  }
}
