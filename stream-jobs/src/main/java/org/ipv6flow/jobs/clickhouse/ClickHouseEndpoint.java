package org.ipv6flow.jobs.clickhouse;

import java.io.Serializable;
import java.net.URI;

/**
 * Where ClickHouse takes rows over HTTP.
 *
 * @param url such as {@code http://127.0.0.1:8123}
 */
public record ClickHouseEndpoint(URI url, String database, String user, String password)
    implements Serializable {

  /** Without the password. */
  @Override
  public String toString() {
    return url + "/" + database;
  }
}
