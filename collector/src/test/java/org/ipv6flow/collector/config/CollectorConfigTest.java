package org.ipv6flow.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ipv6flow.collector.sender.AddressPrefix;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorConfigTest {

  private static final String FULL =
      """
      collector:
        id: beijing-1
        listen:
          - address: 0.0.0.0
            port: 4739
            sockets: 4
            receive-buffer-bytes: 33554432
            max-datagram-octets: 65535
          - address: "::1"
            port: 2055
        admin:
          address: 0.0.0.0
          port: 9100
        kafka:
          bootstrap-servers: kafka-1:9092,kafka-2:9092
          compression: zstd
          memory-bytes: 268435456
          shards: 8
          batch-records: 1024
          linger-millis: 20
          partitions: 12
          properties:
            security.protocol: SSL
            socket.connection.setup.timeout.ms: 3000
        templates:
          path: state/templates
        inventory: ../inventory
        listen-tcp:
          - address: 127.0.0.1
            port: 4740
            max-connections: 8
            tls:
              certificate: tls/collector.pem
              key: tls/collector.key
              client-ca: tls/exporters.pem
        senders:
          allow: [192.0.2.0/24, "2001:db8::/32"]
          max-datagrams-per-second: 500
          quarantine:
            malformed-per-minute: 20
            seconds: 300
      """;

  private final Path directory;
  private final Path file;

  CollectorConfigTest(@TempDir Path directory) {
    this.directory = directory;
    file = directory.resolve("collector.yaml");
  }

  @Test
  void readsEverySetting() throws Exception {
    assertThat(load(FULL))
        .isEqualTo(
            new CollectorConfig(
                "beijing-1",
                List.of(
                    new ListenerConfig("0.0.0.0", 4739, 4, 33_554_432, 65_535),
                    new ListenerConfig("::1", 2055, 1, 16_777_216, 9_216)),
                List.of(
                    new StreamListenerConfig(
                        "127.0.0.1",
                        4740,
                        8,
                        new StreamListenerConfig.Tls(
                            directory.resolve("tls/collector.pem"),
                            directory.resolve("tls/collector.key"),
                            directory.resolve("tls/exporters.pem")))),
                new SenderConfig(
                    List.of(
                        AddressPrefix.parse("192.0.2.0/24"), AddressPrefix.parse("2001:db8::/32")),
                    500,
                    20,
                    Duration.ofMinutes(5)),
                new InetSocketAddress("0.0.0.0", 9100),
                new PublisherConfig(
                    "kafka-1:9092,kafka-2:9092",
                    "zstd",
                    268_435_456L,
                    8,
                    1024,
                    20,
                    12,
                    Map.of(
                        "security.protocol", "SSL", "socket.connection.setup.timeout.ms", "3000")),
                directory.resolve("state/templates"),
                directory.resolveSibling("inventory")));
  }

  @Test
  void hasDefaultsForAllButPortAndKafka() throws Exception {
    assertThat(
            load(
                """
                collector:
                  listen: [{port: 0}]
                  kafka: {bootstrap-servers: "127.0.0.1:9092"}
                """))
        .isEqualTo(
            new CollectorConfig(
                "collector-1",
                List.of(new ListenerConfig("::", 0, 1, 16_777_216, 9_216)),
                List.of(),
                new SenderConfig(null, 100_000, 1_000, Duration.ofMinutes(1)),
                new InetSocketAddress("127.0.0.1", 8_081),
                new PublisherConfig("127.0.0.1:9092", "lz4", 134_217_728L, 4, 512, 50, 4, Map.of()),
                null,
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sockets: 4      | sokets: 4        | 6  | unknown key 'sokets' (expected: address, port,"
            + " sockets, receive-buffer-bytes, spread-datagrams, max-datagram-octets)",
        "sockets: 4      | sockets: 0       | 6  | 'collector.listen[0].sockets': 0 (expected: 1 to"
            + " 256)",
        "port: 4739      | port: 70000      | 5  | 'collector.listen[0].port': 70000 (expected: 0"
            + " to 65535)",
        "port: 4739      | port: netflow    | 5  | 'collector.listen[0].port': 'netflow' (expected:"
            + " a whole number)",
        "33554432        | 1000             | 7  | 'collector.listen[0].receive-buffer-bytes': 1000"
            + " (expected: 65536 to 1073741824)",
        "65535           | 512              | 8  | 'collector.listen[0].max-datagram-octets': 512"
            + " (expected: 1500 to 65535)",
        "compression: zstd | compression: rar | 16 | 'collector.kafka.compression': 'rar' (expected:"
            + " one of none, lz4, zstd, snappy, gzip)",
        "memory-bytes: 268435456 | memory-bytes: 1 | 17 | 'collector.kafka.memory-bytes': 1"
            + " (expected: at least 4194304)",
        "batch-records: 1024 | batch-records: 5000 | 19 | 'collector.kafka.batch-records': 5000"
            + " (expected: 16 to 4096)",
        "192.0.2.0/24    | 192.0.2.1/24     | 37 | '192.0.2.1/24' has bits set behind its length"
            + " (expected: zeros there)",
        "192.0.2.0/24    | 192.0.2.0/33     | 37 | '192.0.2.0/33' has no right length (expected: 0"
            + " to 32 behind the slash)",
        "192.0.2.0/24    | router-1         | 37 | 'router-1' is no prefix (expected: such as"
            + " 192.0.2.0/24 or 2001:db8::/32)",
        "client-ca: tls/exporters.pem | # none | 32 | 'collector.listen-tcp[0].tls': key 'client-ca' is"
            + " missing",
        "3000            | [a]              | 24 | 'collector.kafka.properties.socket.connection"
            + ".setup.timeout.ms': a list (expected: text or a number or true or false)"
      })
  void refusesAWrongSettingAtItsLine(String right, String wrong, int line, String finding) {
    assertThatThrownBy(() -> load(FULL.replace(right, wrong)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("%s:%d: %s".formatted(file, line, finding));
  }

  /** RFC 6761 section 6.4: a name that never resolves. */
  @ParameterizedTest
  @CsvSource({"'- address: 0.0.0.0', 4", "'    address: 0.0.0.0', 12"})
  void refusesAnAddressThatIsNone(String right, int line) {
    String wrong = right.replace("0.0.0.0", "router.invalid");

    assertThatThrownBy(() -> load(FULL.replace(right, wrong)))
        .hasMessage(
            "%s:%d: 'router.invalid' is no address (expected: one of this machine, such as"
                    .formatted(file, line)
                + " 127.0.0.1 or '::')");
  }

  @Test
  void refusesThatAPortIsListenedOnTwice() {
    assertThatThrownBy(
            () -> load(FULL.replace("\"::1\"", "0.0.0.0").replace("port: 2055", "port: 4739")))
        .hasMessage(file + ":10: port 4739 on 0.0.0.0 is listened on twice");
  }

  @Test
  void namesAMissingSetting() {
    assertThatThrownBy(() -> load("collector:\n  listen: [{port: 0}]\n"))
        .hasMessage(file + ":1: 'collector': key 'kafka' is missing");
  }

  private CollectorConfig load(String text) throws IOException, InvalidConfigException {
    Files.writeString(file, text);
    return CollectorConfig.load(file);
  }
}
