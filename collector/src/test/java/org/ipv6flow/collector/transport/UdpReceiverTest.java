package org.ipv6flow.collector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ipv6flow.collector.testing.ExporterStyles.ipv6Message;
import static org.ipv6flow.collector.testing.ExporterStyles.ipv6Template;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.ListenerConfig;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.kafka.BatchPublisher;
import org.ipv6flow.collector.kafka.ShardBatches;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecodeCounters;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.CapturingPublisher;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets on the loopback interface, the real decoder, and batches that are kept. */
class UdpReceiverTest {

  private static final int BATCH_RECORDS = 16;
  private static final int BUFFER_BYTES = 2 << 20;
  private static final int DATAGRAM_OCTETS = 9_216;

  private final CapturingPublisher published = new CapturingPublisher();
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private UdpReceiver receiver = receiver(Transport.NIO, "127.0.0.1", 1, BUFFER_BYTES);

  @AfterEach
  void tearDown() {
    release.countDown();
    receiver.close();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void decodesEveryDatagramIntoBatches(Transport transport) throws Exception {
    start(transport, "127.0.0.1", 1, BUFFER_BYTES);

    try (DatagramSocket exporter = new DatagramSocket()) {
      send(exporter, "127.0.0.1", ipv6Template(7));
      for (int i = 0; i < 200; i++) {
        send(exporter, "127.0.0.1", ipv6Message(7, 10));
      }
      awaitCount(Counter.DATAGRAMS, 201);
    }
    receiver.close();

    assertThat(count(Counter.DATAGRAMS_DECODED)).isEqualTo(201);
    assertThat(published.records()).isEqualTo(2_000);
    assertThat(octets()).isEqualTo(count(Counter.OCTETS)).isPositive();
    assertThat(receiver.socketDrops()).isZero();
  }

  /** A busy socket is read in bulk, a quiet one datagram by datagram; none is lost in between. */
  @Test
  void losesNothingBetweenBusyAndQuiet() throws Exception {
    start(Transport.BULK, "::", 1, BUFFER_BYTES);

    int sent = 1;
    try (DatagramSocket exporter = new DatagramSocket()) {
      send(exporter, "127.0.0.1", ipv6Template(7));
      for (int burst = 0; burst < 5; burst++) {
        for (int i = 0; i < 300; i++) {
          send(exporter, "127.0.0.1", ipv6Message(7, 1));
        }
        sent += 300;
        awaitCount(Counter.DATAGRAMS, sent);
        // Longer than a socket stays busy without a datagram.
        Thread.sleep(50);
      }
      send(exporter, "127.0.0.1", ipv6Message(7, 1));
      awaitCount(Counter.DATAGRAMS, sent + 1);
    }
    receiver.close();

    assertThat(published.records()).isEqualTo(sent);
    assertThat(published.sent())
        .allSatisfy(
            batch -> {
              assertThat(batch.columns().sourceCount).isEqualTo(1);
              assertThat(batch.columns().sourceExporterLow[0]).isEqualTo(0xFFFF_7F00_0001L);
            });
  }

  /** Received = decoded + dropped, whatever comes; and what is dropped has a reason. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void dropsWhatCannotBeDecodedForANamedReason(Transport transport) throws Exception {
    start(transport, "127.0.0.1", 1, BUFFER_BYTES);
    byte[] message = ipv6Message(7, 10);

    try (DatagramSocket exporter = new DatagramSocket()) {
      send(exporter, "127.0.0.1", ipv6Template(7));
      send(exporter, "127.0.0.1", new byte[0]);
      send(exporter, "127.0.0.1", new byte[] {0});
      send(exporter, "127.0.0.1", new byte[] {0, 7, 0, 1, 2, 3, 4});
      send(exporter, "127.0.0.1", Arrays.copyOf(message, 12));
      send(exporter, "127.0.0.1", Arrays.copyOf(message, message.length - 1));
      send(exporter, "127.0.0.1", message);
      awaitCount(Counter.DATAGRAMS, 7);
    }
    receiver.close();

    assertThat(dropped(DropReason.DATAGRAM_TOO_SHORT)).isEqualTo(3);
    assertThat(dropped(DropReason.UNSUPPORTED_VERSION)).isEqualTo(1);
    assertThat(dropped(DropReason.SET_EXCEEDS_MESSAGE)).isEqualTo(1);
    assertThat(count(Counter.DATAGRAMS))
        .isEqualTo(
            count(Counter.DATAGRAMS_DECODED)
                + sum(counters -> counters.dropped(DropReason.Level.DATAGRAM)));
    assertThat(published.records()).isEqualTo((int) count(Counter.FLOW_RECORDS)).isPositive();
  }

  /** What is cut off is missed, not taken for zeros. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void dropsTheSetOfADatagramThatWasCutOff(Transport transport) throws Exception {
    start(transport, "127.0.0.1", 1, BUFFER_BYTES);

    try (DatagramSocket exporter = new DatagramSocket()) {
      send(exporter, "127.0.0.1", ipv6Template(7));
      send(exporter, "127.0.0.1", ipv6Message(7, 100));
      send(exporter, "127.0.0.1", ipv6Message(7, 10));
      awaitCount(Counter.DATAGRAMS, 3);
    }
    receiver.close();

    assertThat(dropped(DropReason.SET_EXCEEDS_MESSAGE)).isEqualTo(1);
    assertThat(count(Counter.DATAGRAM_OCTETS))
        .isEqualTo(ipv6Template(7).length + DATAGRAM_OCTETS + ipv6Message(7, 10).length);
    assertThat(count(Counter.FLOW_RECORDS)).isEqualTo(published.records());
  }

  @ParameterizedTest
  @CsvSource({
    "BULK, 127.0.0.1, 0, 0xFFFF7F000001",
    "BULK, ::1, 0, 1",
    "EPOLL, 127.0.0.1, 0, 0xFFFF7F000001",
    "EPOLL, ::1, 0, 1",
    "NIO, 127.0.0.1, 0, 0xFFFF7F000001",
    "NIO, ::1, 0, 1"
  })
  void knowsExportersOfBothFamiliesOnOneSocket(
      Transport transport, String exporterAddress, long high, String low) throws Exception {
    start(transport, "::", 1, BUFFER_BYTES);

    try (DatagramSocket exporter =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName(exporterAddress), 0))) {
      send(exporter, exporterAddress, ipv6Template(7));
      send(exporter, exporterAddress, ipv6Message(7, 1));
      awaitCount(Counter.DATAGRAMS, 2);
    }
    receiver.close();

    FlowColumns batch = published.sent().get(0).columns();
    assertThat(batch.sourceExporterHigh[0]).isEqualTo(high);
    assertThat(batch.sourceExporterLow[0]).isEqualTo(Long.decode(low));
    assertThat(batch.sourceDomain[0]).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(names = {"BULK", "EPOLL"})
  void sharesAPortBetweenSockets(Transport transport) throws Exception {
    start(transport, "127.0.0.1", 4, BUFFER_BYTES);

    // The kernel chooses the socket by the exporter's port.
    for (int i = 0; i < 40; i++) {
      try (DatagramSocket exporter = new DatagramSocket()) {
        send(exporter, "127.0.0.1", ipv6Template(i));
        send(exporter, "127.0.0.1", ipv6Message(i, 5));
      }
    }
    awaitCount(Counter.DATAGRAMS, 80);
    receiver.close();

    assertThat(receiver.loops())
        .hasSize(4)
        .filteredOn(loop -> loop.decoder().totals().value(Counter.DATAGRAMS) > 0)
        .hasSizeGreaterThan(1);
    assertThat(published.records()).isEqualTo(200);
  }

  /**
   * All datagrams of one exporter's port would come to one socket: spread, each loop gets its part,
   * and templates that one has learned hold for all.
   */
  @ParameterizedTest
  @EnumSource(names = {"BULK", "EPOLL"})
  void spreadsOneBusyExporterOverAllSockets(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable(), transport + " is Linux's");
    receiver.close();
    int loops = 4;
    receiver =
        new UdpReceiver(
            new ListenerConfig("127.0.0.1", 0, loops, BUFFER_BYTES, DATAGRAM_OCTETS, true),
            transport);
    receiver.start(loops(published));

    int sent = 2_000;
    try (DatagramSocket exporter = new DatagramSocket()) {
      send(exporter, "127.0.0.1", ipv6Template(7));
      awaitCount(Counter.DATAGRAMS, 1);
      for (int i = 0; i < sent; i++) {
        send(exporter, "127.0.0.1", ipv6Message(7, 5));
      }
      awaitCount(Counter.DATAGRAMS, sent + 1L);
    }
    receiver.close();

    assertThat(published.records()).isEqualTo(sent * 5);
    assertThat(receiver.loops())
        .hasSize(loops)
        .allSatisfy(
            loop ->
                assertThat(loop.decoder().totals().value(Counter.DATAGRAMS))
                    .isBetween(sent / loops / 2L, sent / loops * 2L));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void readsWhatWaitsInTheSocketWhenItCloses(Transport transport) throws Exception {
    startBlocking(transport, BUFFER_BYTES);

    try (DatagramSocket exporter = new DatagramSocket()) {
      block(exporter);
      for (int i = 0; i < 300; i++) {
        send(exporter, "127.0.0.1", ipv6Message(7, 1));
      }
    }
    assertThat(count(Counter.DATAGRAMS)).isLessThan(302);
    release.countDown();
    receiver.close();

    assertThat(count(Counter.DATAGRAMS)).isEqualTo(302);
    assertThat(published.records()).isEqualTo(BATCH_RECORDS + 1 + 300);
  }

  @ParameterizedTest
  @EnumSource(names = {"BULK", "EPOLL"})
  void countsWhatTheKernelDropped(Transport transport) throws Exception {
    startBlocking(transport, 8_192);

    int sent = 1_000;
    try (DatagramSocket exporter = new DatagramSocket()) {
      block(exporter);
      for (int i = 0; i < sent; i++) {
        send(exporter, "127.0.0.1", ipv6Message(7, 1));
      }
    }
    long dropsWhileOpen = receiver.socketDrops();
    release.countDown();
    receiver.close();

    assertThat(dropsWhileOpen).isPositive();
    assertThat(receiver.socketDrops()).isEqualTo(dropsWhileOpen);
    assertThat(count(Counter.DATAGRAMS) + receiver.socketDrops()).isEqualTo(sent + 2);
  }

  /** The last of a batch need not wait for the next datagram. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void publishesABatchThatIsNotFullAfterAWhile(Transport transport) throws Exception {
    start(transport, "127.0.0.1", 1, BUFFER_BYTES);

    try (DatagramSocket exporter = new DatagramSocket()) {
      send(exporter, "127.0.0.1", ipv6Template(7));
      send(exporter, "127.0.0.1", ipv6Message(7, 3));
    }

    await().untilAsserted(() -> assertThat(published.records()).isEqualTo(3));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void saysThatItsPortIsInUse(Transport transport) throws Exception {
    receiver.close();
    try (DatagramSocket other =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
      receiver =
          new UdpReceiver(
              new ListenerConfig(
                  "127.0.0.1", other.getLocalPort(), 1, BUFFER_BYTES, DATAGRAM_OCTETS),
              transport);

      assertThatThrownBy(() -> receiver.start(loops(published)))
          .isInstanceOf(StartupException.class)
          .hasMessage("UDP port %d on 127.0.0.1 is in use".formatted(other.getLocalPort()));
    }
  }

  @Test
  void saysThatAnAddressIsNotThisMachines() {
    receiver.close();
    receiver = receiver(Transport.best(), "192.0.2.1", 1, BUFFER_BYTES);

    assertThatThrownBy(() -> receiver.start(loops(published)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("UDP port 0 on 192.0.2.1 cannot be bound (")
        .hasMessageContaining("assign requested address");
  }

  private void start(Transport transport, String address, int sockets, int bufferBytes)
      throws StartupException {
    start(transport, address, sockets, bufferBytes, published);
  }

  /** The first full batch stops the event loop until it is released. */
  private void startBlocking(Transport transport, int bufferBytes) throws StartupException {
    BatchPublisher blocking =
        (shard, timestampMillis, batch, records, contents) -> {
          published.send(shard, timestampMillis, batch, records, contents);
          if (records == BATCH_RECORDS) {
            blocked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    start(transport, "127.0.0.1", 1, bufferBytes, blocking);
  }

  private void block(DatagramSocket exporter) throws Exception {
    send(exporter, "127.0.0.1", ipv6Template(7));
    send(exporter, "127.0.0.1", ipv6Message(7, BATCH_RECORDS + 1));
    blocked.await();
  }

  private void start(
      Transport transport, String address, int sockets, int bufferBytes, BatchPublisher publisher)
      throws StartupException {
    assumeTrue(transport.isAvailable(), transport + " is Linux's");
    receiver.close();
    receiver = receiver(transport, address, sockets, bufferBytes);
    receiver.start(loops(publisher));
  }

  private static UdpReceiver receiver(
      Transport transport, String address, int sockets, int bufferBytes) {
    return new UdpReceiver(
        new ListenerConfig(address, 0, sockets, bufferBytes, DATAGRAM_OCTETS), transport);
  }

  private static Supplier<ReceiveLoop> loops(BatchPublisher publisher) {
    DecoderState state = new DecoderState(DecoderLimits.defaults());
    PublisherConfig config =
        new PublisherConfig("unused", "none", 1 << 22, 1, BATCH_RECORDS, 20, 1, Map.of());
    return () -> new ReceiveLoop(state, new ShardBatches("collector-1", config, publisher));
  }

  private void send(DatagramSocket exporter, String address, byte[] datagram) throws IOException {
    exporter.send(
        new DatagramPacket(
            datagram, datagram.length, InetAddress.getByName(address), receiver.port()));
  }

  private void awaitCount(Counter counter, long expected) {
    await().untilAsserted(() -> assertThat(count(counter)).isEqualTo(expected));
  }

  private long count(Counter counter) {
    return sum(counters -> counters.value(counter));
  }

  private long dropped(DropReason reason) {
    return sum(counters -> counters.dropped(reason));
  }

  private long sum(ToLongFunction<DecodeCounters> value) {
    return receiver.loops().stream()
        .mapToLong(loop -> value.applyAsLong(loop.decoder().totals()))
        .sum();
  }

  private long octets() {
    return published.sent().stream()
        .map(CapturingPublisher.Sent::columns)
        .mapToLong(batch -> Arrays.stream(batch.octets, 0, batch.recordCount).sum())
        .sum();
  }
}
