package org.ipv6flow.jobs.reissue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.kafka.KafkaTopics;
import org.ipv6flow.embedded.clickhouse.EmbeddedClickHouse;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.clickhouse.ClickHouseEndpoint;
import org.ipv6flow.jobs.config.CheckpointConfig;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.config.KafkaConfig;
import org.ipv6flow.jobs.source.InventoryTopic;
import org.ipv6flow.schema.clickhouse.InventoryTables;
import org.ipv6flow.schema.clickhouse.Migrator;
import org.ipv6flow.schema.flow.FlowBatchEncoder;
import org.ipv6flow.schema.flow.FlowColumns;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.ipv6flow.schema.topic.Topics;
import org.ipv6flow.standalone.kafka.EmbeddedKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Numbers made again from a real Kafka into a real store: the first issue of an empty store is what
 * Kafka holds, and every later one a correction of what is published before it.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // Set before all tests.
class ReissueIT {

  private static final long IPV4_MAPPED = 0x0000_FFFF_0000_0000L;
  private static final Path DEMO_NATION = Path.of("../inventory/demo-nation");

  /** Half an hour ago, on the start of a minute. */
  private static final long START = System.currentTimeMillis() / 60_000 * 60_000 - 1_800_000;

  private static final Instant FROM = Instant.ofEpochMilli(START);
  private static final Instant UNTIL = FROM.plusSeconds(600);

  @TempDir static Path directory;
  private static EmbeddedKafka kafka;
  private static EmbeddedClickHouse clickHouse;
  private static Connection connection;
  private static Inventory inventory;
  private static JobConfig config;
  private static long observedOctets;
  private static long observedOctetsOfCt;

  @BeforeAll
  static void start() throws Exception {
    EmbeddedKafka.Place place =
        EmbeddedKafka.Place.of(
            Files.createDirectories(directory.resolve("kafka")),
            Files.createDirectories(directory.resolve("logs")),
            0);
    kafka = EmbeddedKafka.start(place);
    clickHouse = EmbeddedClickHouse.builder().dataDir(directory.resolve("clickhouse")).start();
    connection = DriverManager.getConnection(clickHouse.jdbcUrl());
    new Migrator(connection, Map.of()).apply();
    inventory = InventoryLoader.load(DEMO_NATION);
    InventoryTables.publish(connection, inventory);
    config =
        new JobConfig(
            new KafkaConfig(place.bootstrapServers(), "test", Map.of()),
            new ClickHouseEndpoint(URI.create(clickHouse.httpUrl()), "ipv6flow", "default", ""),
            DEMO_NATION,
            new CheckpointConfig(Duration.ofSeconds(5), directory.toUri().toString()),
            1,
            Duration.ofSeconds(60),
            Duration.ofHours(72),
            Outputs.NONE,
            1_000);
    KafkaTopics.ensure(
        new PublisherConfig(place.bootstrapServers(), "lz4", 0, 1, 1, 1, 2, Map.of()));
    send(place.bootstrapServers());
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    clickHouse.close();
    kafka.stop();
  }

  @Test
  @Order(1)
  void whatKafkaHoldsIsPublishedToTheOctet() throws Exception {
    ReissueRequest request = request(inventory, Map.of());
    Difference difference = new Reissue(config).compute(request);
    assertThat(number("SELECT count() FROM ipv6flow.link_traffic_1m_current")).isZero();

    new Reissue(config).publish(request, difference);

    assertThat(difference.recordsBefore()).isZero();
    assertThat(number("SELECT sum(octets) FROM ipv6flow.link_traffic_1m_current"))
        .isEqualTo(1_000 * observedOctets);
    assertThat(number("SELECT sum(octets) FROM ipv6flow.link_traffic_1m")).isZero();
  }

  @Test
  @Order(2)
  void theSameAgainMakesNoDifference() throws Exception {
    Difference difference = new Reissue(config).compute(request(inventory, Map.of()));

    assertThat(difference.corrections().size()).isZero();
    assertThat(difference.recordsBefore()).isEqualTo(difference.recordsAfter()).isPositive();
  }

  /** One router sampled 1 in 2000 and announced 1 in 1000. */
  @Test
  @Order(3)
  void aCorrectedSamplingIntervalScalesItsExporterAlone() throws Exception {
    Instant before = Instant.now();
    Thread.sleep(5);
    ReissueRequest request = request(inventory, Map.of("DCP-BJ-CT-R1", 2_000.0));
    Reissue reissue = new Reissue(config);

    String issue = reissue.publish(request, reissue.compute(request));

    assertThat(number("SELECT sum(octets) FROM ipv6flow.link_traffic_1m_current"))
        .isEqualTo(1_000 * (observedOctets + observedOctetsOfCt));
    assertThat(
            number(
                "SELECT sum(octets_difference) FROM ipv6flow.reissue_differences WHERE issue = '"
                    + issue
                    + "'"))
        .isEqualTo(1_000 * observedOctetsOfCt);
    // What was published before stays readable.
    assertThat(
            number(
                "SELECT sum(octets) FROM ipv6flow.link_traffic_1m_as_of(at = '%s')"
                    .formatted(before.toString().replace('T', ' ').substring(0, 23))))
        .isEqualTo(1_000 * observedOctets);
    // And the definitions follow.
    assertThat(
            number(
                "SELECT sum(octets) FROM ipv6flow.link_traffic_rows(from = '%s', until = '%s',"
                        .formatted(clock(FROM), clock(UNTIL))
                    + " step = 300)"))
        .isEqualTo(1_000 * (observedOctets + observedOctetsOfCt));
  }

  @Test
  @Order(4)
  void aCorrectedInventoryMovesTrafficToAnotherLink() throws Exception {
    ReissueRequest request = request(swapped(), Map.of("DCP-BJ-CT-R1", 2_000.0));
    Reissue reissue = new Reissue(config);
    Difference difference = reissue.compute(request);

    reissue.publish(request, difference);

    assertThat(difference.octets().keySet())
        .extracting(Difference.Population::link)
        .contains("DCP-BJ-CT-CU", "DCP-BJ-CT-CM");
    assertThat(
            number(
                "SELECT sum(octets) FROM ipv6flow.link_traffic_1m_current"
                    + " WHERE link = 'DCP-BJ-CT-CU' AND direction = 'b_to_a'"))
        .isZero();
    assertThat(
            number(
                "SELECT sum(octets) FROM ipv6flow.link_traffic_1m_current"
                    + " WHERE link = 'DCP-BJ-CT-CM' AND direction = 'b_to_a'"))
        .isEqualTo(2_000 * observedOctetsOfCt);
  }

  @Test
  @Order(5)
  void anExporterThatNobodyKnowsIsRefused() {
    ReissueRequest request = request(inventory, Map.of("NOBODY", 2.0));

    assertThatThrownBy(() -> new Reissue(config).compute(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sampling of exporter 'NOBODY', which the inventory does not know");
  }

  @Test
  @Order(6)
  void anInventoryIsPublishedOnceAndReplacesWhatTookEffectAtTheSameTime()
      throws IOException, InterruptedException {
    InventoryTopic topic = new InventoryTopic(config.kafka());

    assertThat(topic.begin(inventory))
        .extracting(PublishedInventory::inventory)
        .containsExactly(inventory);
    assertThat(topic.publish(inventory)).isFalse();
    assertThat(topic.publish(swapped())).isTrue();
    assertThat(topic.begin(inventory))
        .extracting(PublishedInventory::inventory)
        .containsExactly(swapped());
  }

  private static ReissueRequest request(Inventory by, Map<String, Double> sampling) {
    return new ReissueRequest(FROM, UNTIL, List.of(by), sampling, Duration.ofMinutes(5), "a test");
  }

  /** Interfaces 1001 and 1002 of DCP-BJ-CT-R1 were written down the wrong way round. */
  private static Inventory swapped() {
    List<Exporter> exporters = new ArrayList<>();
    for (Exporter exporter : inventory.exporters()) {
      List<ExporterInterface> interfaces = new ArrayList<>();
      for (ExporterInterface port : exporter.interfaces()) {
        long index = port.index() == 1001 ? 1002 : port.index() == 1002 ? 1001 : port.index();
        interfaces.add(
            new ExporterInterface(
                exporter.id().equals("DCP-BJ-CT-R1") ? index : port.index(),
                port.name(),
                port.linkId(),
                port.role(),
                port.countMode(),
                port.speedBitsPerSecond()));
      }
      exporters.add(
          new Exporter(
              exporter.id(),
              exporter.nodeId(),
              exporter.operatorId(),
              exporter.address(),
              exporter.vendorStyle(),
              exporter.protocol(),
              exporter.observationDomainBase(),
              exporter.samplingInterval(),
              exporter.samplingAlgorithm(),
              exporter.samplingSignalling(),
              exporter.activeTimeoutSeconds(),
              exporter.idleTimeoutSeconds(),
              exporter.interfaceIndexOctets(),
              interfaces,
              exporter.samplingOverride()));
    }
    return new Inventory(
        "corrected",
        inventory.effectiveFrom(),
        inventory.nodes(),
        inventory.operators(),
        inventory.links(),
        exporters,
        inventory.prefixSets(),
        inventory.organisations(),
        inventory.accessPools());
  }

  /** Ten minutes of the two ends of DCP-BJ-CT-CU, in batches of both partitions. */
  private static void send(String bootstrapServers) throws Exception {
    Random random = new Random(3);
    FlowBatchEncoder encoder = new FlowBatchEncoder("test");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int b = 0; b < 100; b++) {
        FlowColumns batch = new FlowColumns(200);
        long received = START + 6_000L * b + 6_000;
        batch.baseTimeMillis = received;
        int sampling = batch.samplingIndex(1_000, (byte) 1);
        batch.recordCount = 200;
        boolean isCt = b % 2 == 0;
        for (int i = 0; i < 200; i++) {
          batch.ipVersion[i] = 4;
          batch.sourceAddressLow[i] = IPV4_MAPPED | 0x3A20_0000L + random.nextInt(1 << 21);
          batch.destinationAddressLow[i] = IPV4_MAPPED | 0x3C00_0000L + random.nextInt(1 << 21);
          batch.protocol[i] = 6;
          batch.octets[i] = random.nextInt(100_000);
          batch.packets[i] = 1 + random.nextInt(100);
          batch.lastSwitchedMillis[i] = received - random.nextInt(6_000);
          batch.firstSwitchedMillis[i] =
              Math.max(START, batch.lastSwitchedMillis[i] - random.nextInt(60_000));
          batch.samplingIndex[i] = (byte) sampling;
          batch.ingressInterface[i] = 1001;
          observedOctets += batch.octets[i];
          observedOctetsOfCt += isCt ? batch.octets[i] : 0;
        }
        batch.addMessage(
            batch.sourceIndex(0, IPV4_MAPPED | (isCt ? 0x7F12_0002L : 0x7F12_0003L), 0),
            200,
            b + 1,
            received,
            received);
        producer.send(
            new ProducerRecord<>(
                Topics.FLOWS, b % 2, received, new byte[4], encoder.toByteArray(batch)));
      }
    }
  }

  private static String clock(Instant instant) {
    return instant.toString().replace('T', ' ').substring(0, 19);
  }

  private static long number(String sql) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
