package org.ipv6flow.console.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.ipv6flow.console.access.Users;
import org.ipv6flow.console.alerts.AlertSettings;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.clickhouse.QueryLimits;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the console ({@code console.*}); {@code console.schema.json} describes each.
 *
 * @param bucketZone time zone of days and months, as the schema was applied with
 * @param data directory of saved views, acknowledgements and reports; null keeps them in memory
 * @param audit file of the audit log; null keeps the newest in memory
 * @param demo nobody logs in, and the role can be chosen; loopback only
 * @param synthetic the traffic is made up
 * @param proxies whose headers name the user
 * @param alerts what alerts, and where it is told
 * @param parts admin addresses of the other processes, by name, for the page of the pipeline
 */
public record ConsoleConfig(
    InetSocketAddress listen,
    ClickHouseAccount clickHouse,
    QueryLimits limits,
    ZoneId bucketZone,
    @Nullable Path data,
    @Nullable Path audit,
    boolean demo,
    boolean synthetic,
    Set<InetAddress> proxies,
    Users users,
    int requestsPerMinute,
    int maxRows,
    Map<String, String> parts,
    AlertSettings alerts) {

  public static final int DEFAULT_REQUESTS_PER_MINUTE = 600;
  public static final int DEFAULT_MAX_ROWS = 200_000;

  public ConsoleConfig {
    proxies = Set.copyOf(proxies);
    parts = Map.copyOf(parts);
  }

  /** A demo: no login, on a loopback address. */
  public static ConsoleConfig demo(
      int port, ClickHouseAccount clickHouse, @Nullable Path data, Map<String, String> parts) {
    return new ConsoleConfig(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        clickHouse,
        QueryLimits.DEFAULT,
        ZoneId.of("Asia/Shanghai"),
        data,
        data == null ? null : data.resolve("audit.jsonl"),
        true,
        true,
        Set.of(),
        new Users(Map.of()),
        DEFAULT_REQUESTS_PER_MINUTE * 10,
        DEFAULT_MAX_ROWS,
        parts,
        AlertSettings.DEFAULT);
  }
}
