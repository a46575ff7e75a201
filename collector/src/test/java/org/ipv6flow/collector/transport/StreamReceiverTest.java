package org.ipv6flow.collector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ipv6flow.collector.testing.ExporterStyles.ipv6Message;
import static org.ipv6flow.collector.testing.ExporterStyles.ipv6Template;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.ipv6flow.collector.admin.StartupException;
import org.ipv6flow.collector.config.PublisherConfig;
import org.ipv6flow.collector.config.StreamListenerConfig;
import org.ipv6flow.collector.decode.DecoderState;
import org.ipv6flow.collector.kafka.ShardBatches;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.sampling.SamplingOverrides;
import org.ipv6flow.collector.sender.AddressPrefix;
import org.ipv6flow.collector.sender.SenderPolicy;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.CapturingPublisher;
import org.ipv6flow.collector.testing.TestCertificates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** IPFIX over real TCP connections, with TLS and without. */
class StreamReceiverTest {

  private final CapturingPublisher published = new CapturingPublisher();
  private final StreamCounters counters = new StreamCounters();
  private @Nullable StreamReceiver receiver;

  @AfterEach
  void tearDown() {
    if (receiver != null) {
      receiver.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void decodesMessagesHoweverTheStreamIsCut_rfc7011Section10_4(Transport transport)
      throws Exception {
    assumeTrue(transport == Transport.NIO || Transport.best() == Transport.EPOLL, "Linux");
    start(transport, null, 4, SenderPolicy.open());

    try (Socket exporter = connect()) {
      OutputStream out = exporter.getOutputStream();
      out.write(ipv6Template(7));
      byte[] message = ipv6Message(7, 10);
      for (int i = 0; i < 50; i++) {
        int cut = 1 + i * 23 % (message.length - 1);
        out.write(message, 0, cut);
        out.flush();
        out.write(message, cut, message.length - cut);
      }
      awaitCount(Counter.DATAGRAMS, 51);
    }
    await().until(() -> counters.open() == 0);
    close();

    assertThat(count(Counter.DATAGRAMS_DECODED)).isEqualTo(51);
    assertThat(published.records()).isEqualTo(500);
    assertThat(counters.accepted()).isEqualTo(1);
    assertThat(counters.truncated()).isZero();
  }

  @Test
  void templatesEndWithTheirConnectionAndWithdrawalsAreObeyed_rfc7011Section8_1() throws Exception {
    start(null, 4);
    try (Socket exporter = connect()) {
      write(exporter, ipfix(1).template(256, field(1, 8)).template(257, field(1, 8)).build());
      write(
          exporter,
          ipfix(1).set(2, record().u16(257).u16(0).build()).data(256, record().u64(5)).build());
      write(exporter, ipfix(1).data(257, record().u64(6)).build());
      awaitCount(Counter.DATAGRAMS, 3);
    }
    await().until(() -> counters.open() == 0);
    try (Socket exporter = connect()) {
      write(exporter, ipfix(1).data(256, record().u64(7)).build());
      awaitCount(Counter.DATAGRAMS, 4);
    }
    close();

    assertThat(published.records()).isEqualTo(1);
    assertThat(count(Counter.TEMPLATES_WITHDRAWN)).isEqualTo(1);
    assertThat(dropped(DropReason.TEMPLATE_UNKNOWN)).isEqualTo(2);
  }

  @Test
  void closesAConnectionThatSendsNoIpfix_rfc7011Section10_4() throws Exception {
    start(null, 4);
    try (Socket exporter = connect()) {
      write(exporter, netflow9(1).template(256, field(1, 8)).build());

      assertThat(exporter.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket exporter = connect()) {
      write(exporter, new byte[] {0, 10, 0, 3, 9, 9, 9});

      assertThat(exporter.getInputStream().read()).isEqualTo(-1);
    }

    assertThat(counters.malformed()).isEqualTo(2);
    assertThat(count(Counter.DATAGRAMS))
        .isEqualTo(
            count(Counter.DATAGRAMS_DECODED)
                + receiver().loop().decoder().totals().dropped(DropReason.Level.DATAGRAM));
  }

  @Test
  void countsAConnectionThatEndsInTheMiddleOfAMessage() throws Exception {
    start(null, 4);
    try (Socket exporter = connect()) {
      exporter.getOutputStream().write(ipv6Template(7), 0, 30);
    }

    await().until(() -> counters.truncated() == 1);
  }

  @Test
  void refusesMoreConnectionsThanAllowed() throws Exception {
    start(null, 1);
    try (Socket first = connect()) {
      await().until(() -> counters.open() == 1);
      try (Socket second = connect()) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      write(first, ipv6Template(7));
      awaitCount(Counter.DATAGRAMS, 1);
    }

    assertThat(counters.limitRefused()).isEqualTo(1);
  }

  @Test
  void refusesSendersThatAreNotAllowed() throws Exception {
    start(
        Transport.best(),
        null,
        4,
        new SenderPolicy(List.of(AddressPrefix.parse("192.0.2.0/24")), 0, 0, Duration.ZERO));
    try (Socket exporter = connect()) {
      assertThat(exporter.getInputStream().read()).isEqualTo(-1);
    }

    assertThat(counters.senderRefused()).isEqualTo(1);
    assertThat(counters.accepted()).isZero();
  }

  @Test
  void acceptsExportersWhoseCertificateItsAuthoritySigned_rfc7011Section11_3(
      @TempDir Path directory) throws Exception {
    TestCertificates authority = new TestCertificates(directory, "ca");
    start(tls(authority, directory), 4);
    try (Socket exporter = connect(authority.issue("router-1"))) {
      write(exporter, ipv6Template(7));
      write(exporter, ipv6Message(7, 10));
      awaitCount(Counter.DATAGRAMS, 2);
    }
    close();

    assertThat(published.records()).isEqualTo(10);
    assertThat(counters.accepted()).isEqualTo(1);
    assertThat(counters.tlsFailed()).isZero();
  }

  @Test
  void refusesAndCountsBadCertificates(@TempDir Path directory) throws Exception {
    TestCertificates authority = new TestCertificates(directory, "ca");
    TestCertificates stranger = new TestCertificates(directory, "other-ca");
    start(tls(authority, directory), 4);

    assertRefused(stranger.issue("of-a-stranger"), 1);
    assertRefused(authority.issueExpired("expired"), 2);
    assertRefused(null, 3);
    try (Socket plain = connect()) {
      write(plain, ipv6Template(7));
      assertThat(plain.getInputStream().readAllBytes()).isNotNull();
    } catch (IOException e) {
      // Reset, since what it sent was not read: just as refused.
    }
    await().until(() -> counters.tlsFailed() == 4);

    assertThat(counters.accepted()).isZero();
    assertThat(count(Counter.DATAGRAMS)).isZero();
  }

  private void assertRefused(TestCertificates.@Nullable Issued client, int failures)
      throws Exception {
    try (Socket exporter = connect(client)) {
      write(exporter, ipv6Template(7));
      exporter.getInputStream().read();
    } catch (IOException e) {
      // The alert of the collector, or a reset after it.
    }
    await().until(() -> counters.tlsFailed() == failures);
  }

  @Test
  void saysWhichTlsFileIsWrong(@TempDir Path directory) throws Exception {
    TestCertificates authority = new TestCertificates(directory, "ca");
    StreamListenerConfig.Tls right = tls(authority, directory);
    Path none = directory.resolve("none.pem");
    Path noise = Files.writeString(directory.resolve("noise.key"), "noise");

    assertThatThrownBy(
            () -> start(new StreamListenerConfig.Tls(none, right.key(), right.clientCa()), 4))
        .isInstanceOf(StartupException.class)
        .hasMessage("TLS: " + none + " cannot be read");
    tearDown();
    assertThatThrownBy(
            () ->
                start(
                    new StreamListenerConfig.Tls(right.certificate(), noise, right.clientCa()), 4))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(noise.toString())
        .hasMessageContaining("expected: certificates, and an unencrypted PKCS #8 key");
  }

  @Test
  void saysThatItsPortIsInUse() throws Exception {
    start(null, 4);
    StreamReceiver second =
        new StreamReceiver(
            new StreamListenerConfig("127.0.0.1", receiver().port(), 4, null),
            Transport.best(),
            receiver().loop(),
            counters);
    try (second) {
      assertThatThrownBy(second::start)
          .isInstanceOf(StartupException.class)
          .hasMessage("TCP port %d on 127.0.0.1 is in use".formatted(receiver().port()));
    }
  }

  private StreamListenerConfig.Tls tls(TestCertificates authority, Path directory)
      throws Exception {
    TestCertificates.Issued own = authority.issue("collector");
    return new StreamListenerConfig.Tls(own.certificate(), own.key(), directory.resolve("ca.pem"));
  }

  private void start(StreamListenerConfig.@Nullable Tls tls, int connections)
      throws StartupException {
    start(Transport.best(), tls, connections, SenderPolicy.open());
  }

  private void start(
      Transport transport,
      StreamListenerConfig.@Nullable Tls tls,
      int connections,
      SenderPolicy policy)
      throws StartupException {
    PublisherConfig config = new PublisherConfig("unused", "none", 1 << 22, 1, 16, 20, 1, Map.of());
    DecoderState state = new DecoderState(DecoderLimits.defaults(), SamplingOverrides.NONE, policy);
    receiver =
        new StreamReceiver(
            new StreamListenerConfig("127.0.0.1", 0, connections, tls),
            transport,
            new ReceiveLoop(state, new ShardBatches("collector-1", config, published)),
            counters);
    receiver.start();
  }

  private StreamReceiver receiver() {
    StreamReceiver started = receiver;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private void close() {
    receiver().close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", receiver().port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Socket connect(TestCertificates.@Nullable Issued client) throws Exception {
    SslContextBuilder builder =
        SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE);
    if (client != null) {
      builder.keyManager(client.certificate().toFile(), client.key().toFile());
    }
    SSLContext context = ((JdkSslContext) builder.sslProvider(SslProvider.JDK).build()).context();
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", receiver().port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, byte[] message) throws IOException {
    socket.getOutputStream().write(message);
    socket.getOutputStream().flush();
  }

  private void awaitCount(Counter counter, long expected) {
    await().untilAsserted(() -> assertThat(count(counter)).isEqualTo(expected));
  }

  private long count(Counter counter) {
    return receiver().loop().decoder().totals().value(counter);
  }

  private long dropped(DropReason reason) {
    return receiver().loop().decoder().totals().dropped(reason);
  }
}
