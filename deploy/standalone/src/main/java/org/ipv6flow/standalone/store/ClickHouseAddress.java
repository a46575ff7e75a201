package org.ipv6flow.standalone.store;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A ClickHouse to connect to.
 *
 * @param url HTTP interface, such as {@code http://127.0.0.1:8123}; a user and password may stand
 *     in it as {@code http://user:password@host:port}
 */
public record ClickHouseAddress(String url, String user, String password) {

  private static final int DEFAULT_PORT = 8123;
  private static final int DEFAULT_TLS_PORT = 8443;

  /** Takes user and password out of the URL, if they are in it. */
  public static ClickHouseAddress of(String url) {
    URI uri = URI.create(url);
    String login = uri.getUserInfo();
    if (login == null) {
      return new ClickHouseAddress(url, "default", "");
    }
    int colon = login.indexOf(':');
    return new ClickHouseAddress(
        url.replace(uri.getRawUserInfo() + "@", ""),
        colon < 0 ? login : login.substring(0, colon),
        colon < 0 ? "" : login.substring(colon + 1));
  }

  /** A connection of the official driver, to the database {@code default}. */
  public Connection connect() throws SQLException {
    URI uri = URI.create(url);
    boolean tls = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    if (tls) {
      properties.setProperty("ssl", "true");
    }
    return DriverManager.getConnection(
        "jdbc:clickhouse://%s:%d".formatted(uri.getHost(), port), properties);
  }

  @Override
  public String toString() {
    return url;
  }
}
