package org.ipv6flow.console.clickhouse;

import java.net.URI;

/**
 * Where and as whom to query.
 *
 * @param url of the HTTP interface, such as {@code http://127.0.0.1:8123}, without a user
 * @param database that holds the schema
 */
public record ClickHouseAccount(URI url, String user, String password, String database) {

  /** Takes user and password out of the URL, if they are in it. */
  public static ClickHouseAccount of(String url, String database) {
    URI uri = URI.create(url);
    String login = uri.getUserInfo();
    if (login == null) {
      return new ClickHouseAccount(uri, "default", "", database);
    }
    int colon = login.indexOf(':');
    return new ClickHouseAccount(
        URI.create(url.replace(uri.getRawUserInfo() + "@", "")),
        colon < 0 ? login : login.substring(0, colon),
        colon < 0 ? "" : login.substring(colon + 1),
        database);
  }

  @Override
  public String toString() {
    return url + "/" + database;
  }
}
