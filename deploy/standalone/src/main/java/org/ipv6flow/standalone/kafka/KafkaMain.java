package org.ipv6flow.standalone.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.ipv6flow.standalone.process.ParentWatch;
import org.ipv6flow.standalone.process.ReadyLine;
import org.ipv6flow.standalone.process.TerminalSignals;

/** The child process: {@code KafkaMain DATA_DIRECTORY BROKER_PORT CONTROLLER_PORT}. */
public final class KafkaMain {

  private static final int NODE_ID = 1;
  private static final String CLUSTER_ID = "aXB2NmZsb3ctZW1iZWRkZQ";

  private KafkaMain() {}

  public static void main(String[] args) throws Exception {
    TerminalSignals.leaveToParent();
    Path data = Path.of(args[0]);
    int brokerPort = Integer.parseInt(args[1]);
    int controllerPort = Integer.parseInt(args[2]);
    try {
      format(data);
      KafkaRaftServer server =
          new KafkaRaftServer(
              new KafkaConfig(settings(data, brokerPort, controllerPort), false), Time.SYSTEM);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.shutdown();
                    server.awaitShutdown();
                  },
                  "kafka-shutdown"));
      server.startup();
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.err.println(cause.getMessage());
      Runtime.getRuntime().halt(1);
    }
    ParentWatch.start();
    ReadyLine.print(System.out, Map.of("broker", brokerPort));
  }

  private static void format(Path data) throws Exception {
    new Formatter()
        .setClusterId(CLUSTER_ID)
        .setNodeId(NODE_ID)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(data.toString())
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setDirectories(List.of(data.toString()))
        .setIgnoreFormatted(true)
        .run();
  }

  private static Properties settings(Path data, int brokerPort, int controllerPort) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", NODE_ID);
    settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(brokerPort, controllerPort));
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
    settings.put("log.dirs", data.toString());
    // One broker: every internal topic has one replica and one partition.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // A broker that was killed is otherwise believed alive for 9 s, and cannot come back before.
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("message.max.bytes", Integer.toString(4 << 20));
    settings.put("auto.create.topics.enable", "false");
    // Flow records can be replayed for a day, as long as they fit into 20 GiB a partition.
    settings.put("log.retention.hours", "24");
    settings.put("log.retention.bytes", Long.toString(20L << 30));
    settings.put("log.segment.bytes", Integer.toString(256 << 20));
    return settings;
  }
}
