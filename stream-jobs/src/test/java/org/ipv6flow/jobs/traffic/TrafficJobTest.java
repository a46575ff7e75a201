package org.ipv6flow.jobs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.ipv6flow.jobs.aggregate.Outputs;
import org.ipv6flow.jobs.clickhouse.ClickHouseEndpoint;
import org.ipv6flow.jobs.config.CheckpointConfig;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.jobs.config.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficJobTest {

  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  @TempDir
  Path directory;

  @Test
  void decodingAndSummingRunInOneTask() {
    assertThat(StreamSupport.stream(jobGraph().getVertices().spliterator(), false))
        .extracting(JobVertex::getName)
        .anySatisfy(name -> assertThat(name).contains("Combine flow records"))
        .anySatisfy(name -> assertThat(name).contains("Merge sums").contains("Traffic: Writer"));
  }

  /** Uids name state in savepoints: a job without one of them cannot be built at all. */
  @Test
  void everyOperatorHasAUid() {
    StreamGraph graph = environment().getStreamGraph();

    assertThat(graph.getStreamNodes())
        .allSatisfy(node -> assertThat(node.getTransformationUID()).as("%s", node).isNotNull());
  }

  /** They never change: what a savepoint holds of an operator that is not there is refused. */
  @Test
  void uidsAreThoseOfEarlierReleases() {
    assertThat(environment().getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .contains(
            "flow-batches",
            "inventories",
            "exporter-status",
            "combine-flow-records",
            "merge-sums",
            "traffic-rows",
            "sample-rows",
            "exporter-status-to-rows",
            "quality-rows",
            "dead-letters");
  }

  @Test
  void checkpointsStayAlignedAndExactlyOnce() {
    StreamExecutionEnvironment environment = environment();

    assertThat(environment.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
    assertThat(environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(environment.getConfig().isObjectReuseEnabled()).isTrue();
  }

  @Test
  void aWrongCommandLineSaysTheRightOne() {
    assertThatThrownBy(() -> TrafficJob.main(new String[] {"jobs.yaml"}))
        .hasMessage("usage: TrafficJob --config FILE");
  }

  @Test
  void aWrongConfigurationIsOneClearLine() throws Exception {
    Path file = Files.writeString(directory.resolve("jobs.yaml"), "jobs: {}\n");

    assertThatThrownBy(() -> TrafficJob.main(new String[] {"--config", file.toString()}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jobs.yaml:1: 'jobs': key 'kafka' is missing");
  }

  private JobGraph jobGraph() {
    return environment().getStreamGraph().getJobGraph();
  }

  private StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment();
    TrafficJob.build(
        environment,
        new JobConfig(
            new KafkaConfig("127.0.0.1:9092", "group", Map.of()),
            new ClickHouseEndpoint(URI.create("http://127.0.0.1:8123"), "ipv6flow", "default", ""),
            directory,
            new CheckpointConfig(Duration.ofSeconds(5), directory.toUri().toString()),
            2,
            Duration.ofSeconds(60),
            Duration.ofHours(72),
            Outputs.DEFAULT,
            1_000),
        Operators.inventories());
    return environment;
  }
}
