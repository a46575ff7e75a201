package org.ipv6flow.embedded.clickhouse.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Who a request says it is from, in the three ways ClickHouse's drivers say it. */
final class Credentials {

  private static final String BASIC = "Basic ";
  private static final String DEFAULT_USER = "default";

  private Credentials() {}

  static String userOf(Map<String, String> parameters, HttpHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basicUser(authorization.substring(BASIC.length()).strip());
    }
    String user = headers.get("X-ClickHouse-User", parameters.getOrDefault("user", ""));
    return user.isEmpty() ? DEFAULT_USER : user;
  }

  private static String basicUser(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      String user = decoded.split(":", 2)[0];
      return user.isEmpty() ? DEFAULT_USER : user;
    } catch (IllegalArgumentException e) {
      return "(not Base64)";
    }
  }
}
