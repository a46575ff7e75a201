package org.ipv6flow.standalone.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ipv6flow.standalone.process.ChildCommand;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.ipv6flow.standalone.process.ChildProcess;
import org.ipv6flow.standalone.process.FreePorts;
import org.ipv6flow.standalone.process.Service;

/** A Kafka broker in a child process, on the loopback address. */
public final class EmbeddedKafka implements Service {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  /** Where it keeps its data and listens: the same at every start. */
  public record Place(Path dataDirectory, Path logDirectory, int brokerPort, int controllerPort) {

    /**
     * @param brokerPort 0 for any free one
     */
    public static Place of(Path dataDirectory, Path logDirectory, int brokerPort) {
      return new Place(dataDirectory, logDirectory, FreePorts.orNext(brokerPort), FreePorts.next());
    }

    public String bootstrapServers() {
      return "127.0.0.1:" + brokerPort;
    }
  }

  private final ChildProcess process;

  private EmbeddedKafka(ChildProcess process) {
    this.process = process;
  }

  public static EmbeddedKafka start(Place place) throws ChildFailedException, InterruptedException {
    ChildCommand command =
        new ChildCommand(
            "kafka",
            KafkaMain.class.getName(),
            List.of("-Xmx512m", "-XX:+UseSerialGC"),
            List.of(
                place.dataDirectory().toString(),
                Integer.toString(place.brokerPort()),
                Integer.toString(place.controllerPort())),
            Map.of());
    return new EmbeddedKafka(ChildProcess.start(command, place.logDirectory(), START_TIMEOUT));
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  @Override
  public void stop() throws InterruptedException {
    process.stop(STOP_TIMEOUT);
  }
}
