package org.ipv6flow.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to start, and where.
 *
 * @param data directory of everything that is kept: engines' data, checkpoints, logs
 * @param inventory file or directory of the inventory
 * @param listenAddress where the collector receives
 * @param ports 0 for any free one
 * @param taskManagers processes of Flink beside its job manager; 0 for one process that does all
 * @param kafkaBootstrapServers an existing Kafka; null to start one
 * @param clickHouseUrl an existing ClickHouse; null to start one
 * @param flinkRestAddress an existing Flink; null to start one
 */
public record StandaloneOptions(
    Path data,
    Path inventory,
    String listenAddress,
    int sockets,
    Ports ports,
    int checkpointIntervalMillis,
    int parallelism,
    int taskManagers,
    @Nullable String kafkaBootstrapServers,
    @Nullable String clickHouseUrl,
    @Nullable String flinkRestAddress) {

  /** Flink in one process. */
  public StandaloneOptions(
      Path data,
      Path inventory,
      String listenAddress,
      int sockets,
      Ports ports,
      int checkpointIntervalMillis,
      int parallelism,
      @Nullable String kafkaBootstrapServers,
      @Nullable String clickHouseUrl,
      @Nullable String flinkRestAddress) {
    this(
        data,
        inventory,
        listenAddress,
        sockets,
        ports,
        checkpointIntervalMillis,
        parallelism,
        0,
        kafkaBootstrapServers,
        clickHouseUrl,
        flinkRestAddress);
  }

  /** TCP ports, but for {@code udp}. */
  public record Ports(
      int udp,
      int collectorAdmin,
      int kafka,
      int clickHouse,
      int flink,
      int flinkMetrics,
      int console) {

    /** Free ports all over. */
    public static final Ports ANY = new Ports(0, 0, 0, 0, 0, 0, 0);
  }
}
