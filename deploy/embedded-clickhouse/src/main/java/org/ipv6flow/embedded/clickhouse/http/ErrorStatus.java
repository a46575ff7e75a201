package org.ipv6flow.embedded.clickhouse.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Which HTTP status a ClickHouse error has; drivers decide by the code, people by the status. */
final class ErrorStatus {

  private ErrorStatus() {}

  static HttpResponseStatus of(int code) {
    return switch (code) {
      case 194, 516 -> HttpResponseStatus.FORBIDDEN; // REQUIRED_PASSWORD, AUTHENTICATION_FAILED
      case 164, 497 -> HttpResponseStatus.FORBIDDEN; // READONLY, ACCESS_DENIED
      case 6, 25, 26, 27, 32, 33, 38, 41, 53, 62, 69, 70, 72, 117, 170, 271, 89 ->
          HttpResponseStatus.BAD_REQUEST; // malformed text or data
      case 16, 46, 47, 50, 56, 60, 73, 81, 115 ->
          HttpResponseStatus.NOT_FOUND; // unknown column, function, type, table, ...
      case 48 -> HttpResponseStatus.NOT_IMPLEMENTED;
      case 202 -> HttpResponseStatus.SERVICE_UNAVAILABLE; // TOO_MANY_SIMULTANEOUS_QUERIES
      case 159 -> HttpResponseStatus.REQUEST_TIMEOUT; // TIMEOUT_EXCEEDED
      default -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
