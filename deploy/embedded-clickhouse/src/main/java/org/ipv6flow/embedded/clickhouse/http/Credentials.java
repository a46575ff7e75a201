package org.ipv6flow.embedded.clickhouse.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;

/**
 * Who may run statements: the user {@code default} with the password of this server.
 *
 * <p>The engine has no other user, so another name in a configuration is a mistake worth telling.
 */
final class Credentials {

  private static final String BASIC = "Basic ";
  private static final String DEFAULT_USER = "default";
  private static final int AUTHENTICATION_FAILED = 516;

  private final String password;

  /**
   * @param password empty if none is asked for
   */
  Credentials(String password) {
    this.password = password;
  }

  private record Claim(String user, String password) {}

  void require(HttpRequest request) throws ChdbException {
    requireNoForeignPage(request.headers());
    Claim claim = claim(request);
    if (!claim.user.equals(DEFAULT_USER)) {
      throw refusal(claim.user + ": the embedded ClickHouse has the user default only");
    }
    if (!password.isEmpty() && !isEqual(claim.password, password)) {
      throw refusal(claim.user + ": password is incorrect");
    }
  }

  /** Any page that a browser on this machine shows could send statements otherwise. */
  private static void requireNoForeignPage(HttpHeaders headers) throws ChdbException {
    if (headers.get("Sec-Fetch-Site", "").equals("cross-site")) {
      throw refusal("a page of another site sent this request");
    }
  }

  /** In the three ways that ClickHouse's drivers have. */
  private static Claim claim(HttpRequest request) {
    HttpHeaders headers = request.headers();
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basic(authorization.substring(BASIC.length()).strip());
    }
    Map<String, List<String>> parameters = new QueryStringDecoder(request.uri()).parameters();
    return new Claim(
        orDefaultUser(headers.get("X-ClickHouse-User", first(parameters, "user"))),
        headers.get("X-ClickHouse-Key", first(parameters, "password")));
  }

  private static Claim basic(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      return colon < 0
          ? new Claim(orDefaultUser(decoded), "")
          : new Claim(orDefaultUser(decoded.substring(0, colon)), decoded.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return new Claim("(not Base64)", "");
    }
  }

  private static String orDefaultUser(String user) {
    return user.isEmpty() ? DEFAULT_USER : user;
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of("")).get(0);
  }

  /** Takes as long for a wrong password as for a nearly right one. */
  private static boolean isEqual(String actual, String expected) {
    return MessageDigest.isEqual(
        actual.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private static ChdbException refusal(String reason) {
    return ChdbException.of(
        AUTHENTICATION_FAILED, "AUTHENTICATION_FAILED", "Authentication failed: " + reason);
  }
}
