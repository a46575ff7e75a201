package org.ipv6flow.console.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back.
 *
 * @param headers beside those that every answer has
 * @param rows of the result, for the audit log; -1 where it has none
 */
public record Answer(
    int status, String contentType, byte[] body, Map<String, String> headers, int rows) {

  public static Answer of(String contentType, byte[] body) {
    return new Answer(200, contentType, body, Map.of(), -1);
  }

  public static Answer noContent() {
    return new Answer(204, "", new byte[0], Map.of(), -1);
  }

  public Answer withStatus(int newStatus) {
    return new Answer(newStatus, contentType, body, headers, rows);
  }

  public Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, more, rows);
  }

  public Answer withRows(int count) {
    return new Answer(status, contentType, body, headers, count);
  }
}
