package org.ipv6flow.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipv6flow.collector.sender.AddressPrefix;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.config.YamlFile;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a collector ({@code collector.*}); {@code collector.schema.json} describes each.
 *
 * @param id names it in what it publishes
 * @param streamListeners TCP ports, with TLS or without
 * @param templates file that keeps templates and sampling intervals over a restart; null for none
 * @param inventory file or directory of the inventory, for its sampling overrides; null for none
 */
public record CollectorConfig(
    String id,
    List<ListenerConfig> listeners,
    List<StreamListenerConfig> streamListeners,
    SenderConfig senders,
    InetSocketAddress admin,
    PublisherConfig kafka,
    @Nullable Path templates,
    @Nullable Path inventory) {

  private static final String SCHEMA = "/org/ipv6flow/collector/config/collector.schema.json";
  private static final int DEFAULT_RECEIVE_BUFFER_BYTES = 16 << 20;
  private static final int DEFAULT_MAX_DATAGRAM_OCTETS = 9_216;
  private static final int DEFAULT_ADMIN_PORT = 8_081;
  private static final long DEFAULT_MEMORY_BYTES = 128L << 20;
  private static final int DEFAULT_SHARDS = 4;
  private static final int DEFAULT_BATCH_RECORDS = 512;
  private static final int DEFAULT_LINGER_MILLIS = 50;
  private static final int DEFAULT_PARTITIONS = 4;
  private static final int DEFAULT_MAX_CONNECTIONS = 256;

  /** More than 2 million flow records a second: a fault, or an attack. */
  private static final int DEFAULT_MAX_DATAGRAMS_PER_SECOND = 100_000;

  private static final int DEFAULT_MALFORMED_PER_MINUTE = 1_000;
  private static final int DEFAULT_QUARANTINE_SECONDS = 60;

  public CollectorConfig {
    listeners = List.copyOf(listeners);
    streamListeners = List.copyOf(streamListeners);
  }

  /** Reads and checks a file; relative paths in it are relative to its directory. */
  public static CollectorConfig load(Path file) throws InvalidConfigException {
    YamlFile yaml = YamlFile.read(file, SCHEMA);
    JsonNode collector = yaml.root().path("collector");
    JsonNode admin = collector.path("admin");
    return new CollectorConfig(
        collector.path("id").asText("collector-1"),
        listeners(yaml, collector.path("listen")),
        streamListeners(yaml, file, collector.path("listen-tcp")),
        senders(yaml, collector.path("senders")),
        address(
            yaml,
            "/collector/admin/address",
            admin.path("address").asText("127.0.0.1"),
            admin.path("port").asInt(DEFAULT_ADMIN_PORT)),
        publisher(collector.path("kafka")),
        path(file, collector.at("/templates/path")),
        path(file, collector.path("inventory")));
  }

  private static @Nullable Path path(Path file, JsonNode relative) {
    return relative.isMissingNode() ? null : pathOf(file, relative);
  }

  private static Path pathOf(Path file, JsonNode relative) {
    return file.toAbsolutePath().resolveSibling(relative.asText()).normalize();
  }

  private static InetSocketAddress address(YamlFile yaml, String pointer, String host, int port)
      throws InvalidConfigException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw yaml.error(
          pointer,
          "'%s' is no address (expected: one of this machine, such as 127.0.0.1 or '::')"
              .formatted(host));
    }
    return address;
  }

  private static List<ListenerConfig> listeners(YamlFile yaml, JsonNode list)
      throws InvalidConfigException {
    List<ListenerConfig> listeners = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode listener = list.get(i);
      ListenerConfig read =
          new ListenerConfig(
              listener.path("address").asText("::"),
              listener.path("port").asInt(),
              listener.path("sockets").asInt(1),
              listener.path("receive-buffer-bytes").asInt(DEFAULT_RECEIVE_BUFFER_BYTES),
              listener.path("max-datagram-octets").asInt(DEFAULT_MAX_DATAGRAM_OCTETS),
              listener.path("spread-datagrams").asBoolean(false));
      address(yaml, "/collector/listen/%d/address".formatted(i), read.address(), read.port());
      for (ListenerConfig other : listeners) {
        if (read.port() != 0
            && other.port() == read.port()
            && other.address().equals(read.address())) {
          throw yaml.error(
              "/collector/listen/%d/port".formatted(i),
              "port %d on %s is listened on twice".formatted(read.port(), read.address()));
        }
      }
      listeners.add(read);
    }
    return listeners;
  }

  private static List<StreamListenerConfig> streamListeners(YamlFile yaml, Path file, JsonNode list)
      throws InvalidConfigException {
    List<StreamListenerConfig> listeners = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode listener = list.get(i);
      JsonNode tls = listener.path("tls");
      StreamListenerConfig read =
          new StreamListenerConfig(
              listener.path("address").asText("::"),
              listener.path("port").asInt(),
              listener.path("max-connections").asInt(DEFAULT_MAX_CONNECTIONS),
              tls.isMissingNode()
                  ? null
                  : new StreamListenerConfig.Tls(
                      pathOf(file, tls.path("certificate")),
                      pathOf(file, tls.path("key")),
                      pathOf(file, tls.path("client-ca"))));
      address(yaml, "/collector/listen-tcp/%d/address".formatted(i), read.address(), read.port());
      listeners.add(read);
    }
    return listeners;
  }

  private static SenderConfig senders(YamlFile yaml, JsonNode senders)
      throws InvalidConfigException {
    JsonNode quarantine = senders.path("quarantine");
    return new SenderConfig(
        senders.has("allow") ? prefixes(yaml, senders.path("allow")) : null,
        senders.path("max-datagrams-per-second").asInt(DEFAULT_MAX_DATAGRAMS_PER_SECOND),
        quarantine.path("malformed-per-minute").asInt(DEFAULT_MALFORMED_PER_MINUTE),
        Duration.ofSeconds(quarantine.path("seconds").asInt(DEFAULT_QUARANTINE_SECONDS)));
  }

  private static List<AddressPrefix> prefixes(YamlFile yaml, JsonNode list)
      throws InvalidConfigException {
    List<AddressPrefix> prefixes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      try {
        prefixes.add(AddressPrefix.parse(list.get(i).asText()));
      } catch (IllegalArgumentException e) {
        throw yaml.error(
            "/collector/senders/allow/%d".formatted(i), String.valueOf(e.getMessage()));
      }
    }
    return prefixes;
  }

  private static PublisherConfig publisher(JsonNode kafka) {
    Map<String, String> properties = new LinkedHashMap<>();
    kafka
        .path("properties")
        .fields()
        .forEachRemaining(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
    return new PublisherConfig(
        kafka.path("bootstrap-servers").asText(),
        kafka.path("compression").asText("lz4"),
        kafka.path("memory-bytes").asLong(DEFAULT_MEMORY_BYTES),
        kafka.path("shards").asInt(DEFAULT_SHARDS),
        kafka.path("batch-records").asInt(DEFAULT_BATCH_RECORDS),
        kafka.path("linger-millis").asInt(DEFAULT_LINGER_MILLIS),
        kafka.path("partitions").asInt(DEFAULT_PARTITIONS),
        properties);
  }
}
