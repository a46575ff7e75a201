package org.ipv6flow.jobs.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.awaitility.Awaitility;
import org.ipv6flow.jobs.testing.InsertEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ClickHouseCommitterTest {

  private static final InsertCommittable INSERT =
      InsertCommittable.of(
          new RowBlock(ClickHouseTable.UNATTRIBUTED, 3, "rows".getBytes(StandardCharsets.UTF_8)),
          "token-7");

  @Test
  void sendsRowsAndTokenInOneInsert() throws Exception {
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      committer(clickHouse.port()).commit(request(INSERT));

      InsertEndpoint.Received insert = clickHouse.received().get(0);
      assertThat(clickHouse.received()).hasSize(1);
      assertThat(insert.body()).asString().isEqualTo("rows");
      assertThat(insert.user()).isEqualTo("writer");
      assertThat(insert.key()).isEqualTo("se cret");
      assertThat(insert.parameters())
          .containsEntry("database", "ipv6flow")
          .containsEntry(
              "query",
              "INSERT INTO unattributed_1m (bucket, exporter, observation_domain, interface,"
                  + " meter, reason, ip_version, octets, packets, observed_octets,"
                  + " observed_packets, records) FORMAT RowBinary")
          .containsEntry("insert_deduplication_token", "token-7")
          .containsEntry("deduplicate_blocks_in_dependent_materialized_views", "1")
          .containsEntry("async_insert", "0");
    }
  }

  /** 241: memory limit; 60: unknown table; 516: wrong password. None of them loses rows. */
  @ParameterizedTest
  @CsvSource({"500, 241", "404, 60", "403, 516", "503, 0"})
  void aRefusedInsertIsRepeatedWithTheSameToken(int status, String exceptionCode) throws Exception {
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      clickHouse
          .refuseNext(status, exceptionCode, "Code: " + exceptionCode + ". DB::Exception")
          .refuseNext(status, exceptionCode, "Code: " + exceptionCode + ". DB::Exception again");

      committer(clickHouse.port()).commit(request(INSERT));

      assertThat(clickHouse.received()).hasSize(3);
      assertThat(clickHouse.received())
          .allSatisfy(
              insert -> {
                assertThat(insert.body()).asString().isEqualTo("rows");
                assertThat(insert.parameters())
                    .containsEntry("insert_deduplication_token", "token-7");
              });
    }
  }

  @Test
  void anErrorInASuccessfulAnswerIsNoSuccess() throws Exception {
    try (InsertEndpoint clickHouse = new InsertEndpoint()) {
      clickHouse.refuseNext(200, "241", "Code: 241. DB::Exception");

      committer(clickHouse.port()).commit(request(INSERT));

      assertThat(clickHouse.received()).hasSize(2);
    }
  }

  @Test
  void waitsWhileNobodyListensAndCommitsWhenSomebodyDoes() throws Exception {
    int port = freePort();
    CompletableFuture<Void> commit =
        CompletableFuture.runAsync(
            () -> {
              try {
                committer(port).commit(request(INSERT));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await().during(Duration.ofMillis(500)).until(() -> !commit.isDone());

    try (InsertEndpoint clickHouse = new InsertEndpoint(port)) {
      commit.join();

      assertThat(clickHouse.received()).hasSize(1);
    }
  }

  @Test
  void saysHowManyRowsWaitAndSinceWhen() throws Exception {
    Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();
    MetricGroup metrics =
        new UnregisteredMetricsGroup() {
          @Override
          public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
          }
        };
    int port = freePort();
    ClickHouseCommitter committer = new ClickHouseCommitter(InsertEndpoint.endpoint(port), metrics);
    CompletableFuture<Void> commit =
        CompletableFuture.runAsync(
            () -> {
              try {
                committer.commit(List.of(new SilentRequest(INSERT), new SilentRequest(INSERT)));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await().until(() -> value(gauges, "outageSeconds").equals(1L));
    assertThat(value(gauges, "waitingRows")).isEqualTo(6L);

    try (InsertEndpoint clickHouse = new InsertEndpoint(port)) {
      commit.join();

      assertThat(clickHouse.received()).hasSize(2);
      assertThat(value(gauges, "outageSeconds")).isEqualTo(0L);
      assertThat(value(gauges, "waitingRows")).isEqualTo(0L);
    }
  }

  @Test
  void cancellingTheJobEndsTheWait() throws Exception {
    ClickHouseCommitter committer = committer(freePort());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread task =
        new Thread(
            () -> {
              try {
                committer.commit(request(INSERT));
              } catch (InterruptedException e) {
                thrown.set(e);
              }
            });
    task.start();
    Awaitility.await().until(() -> task.getState() == Thread.State.TIMED_WAITING);

    task.interrupt();
    task.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  private static Object value(Map<String, Gauge<?>> gauges, String name) {
    return Objects.requireNonNull(gauges.get(name), name).getValue();
  }

  private static ClickHouseCommitter committer(int port) {
    return new ClickHouseCommitter(InsertEndpoint.endpoint(port), new UnregisteredMetricsGroup());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Collection<CommitRequest<InsertCommittable>> request(InsertCommittable insert) {
    return List.of(new SilentRequest(insert));
  }

  /** A request that must neither be given up nor handed back. */
  private record SilentRequest(InsertCommittable insert)
      implements CommitRequest<InsertCommittable> {

    @Override
    public InsertCommittable getCommittable() {
      return insert;
    }

    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
      throw new AssertionError("given up", reason);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
      throw new AssertionError("given up", reason);
    }

    @Override
    public void retryLater() {
      throw new AssertionError("handed back");
    }

    @Override
    public void updateAndRetryLater(InsertCommittable committable) {
      throw new AssertionError("handed back");
    }

    @Override
    public void signalAlreadyCommitted() {}
  }
}
