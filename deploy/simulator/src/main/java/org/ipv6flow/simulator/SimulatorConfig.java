package org.ipv6flow.simulator;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.ipv6flow.schema.inventory.Inventory;
import org.jspecify.annotations.Nullable;

/**
 * What to simulate.
 *
 * @param target where the collector listens; used unless {@code captureFile} is given
 * @param captureFile write the messages into this capture file instead of sending them
 * @param recordsPerSecond flow records of all exporters together; 0 samples as the inventory says
 * @param duration of the simulated traffic
 * @param rampUp until all routers export: they begin one after another
 * @param realTime traffic follows the wall clock; else it is made as fast as possible
 * @param startMillis when the traffic begins, if not in real time; 0 so that it ends now
 * @param seed the same seed gives the same network
 * @param truthDirectory where to write the truth; null for nowhere
 * @param listMessages also list there every message of flow records, as {@code messages.csv}
 * @param exportDelay after the end of a flow until it is exported, as an idle timeout
 * @param templateRefresh how often templates and options data are sent again
 */
public record SimulatorConfig(
    Inventory inventory,
    InetSocketAddress target,
    @Nullable Path captureFile,
    double recordsPerSecond,
    Duration duration,
    Duration rampUp,
    boolean realTime,
    long startMillis,
    long seed,
    @Nullable Path truthDirectory,
    boolean listMessages,
    Duration exportDelay,
    Duration templateRefresh,
    Scenario scenario) {

  public SimulatorConfig {
    if (recordsPerSecond < 0) {
      throw new IllegalArgumentException(
          "rate " + recordsPerSecond + " (expected: 0 or more records per second)");
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration " + duration + " (expected: more than 0)");
    }
    if (listMessages && truthDirectory == null) {
      throw new IllegalArgumentException("messages are listed beside the truth, which is not kept");
    }
  }

  public static Builder builder(Inventory inventory, InetSocketAddress target) {
    return new Builder(inventory, target);
  }

  /** Starts with a minute of real time at 20 000 records per second. */
  public static final class Builder {

    private final Inventory inventory;
    private final InetSocketAddress target;
    private @Nullable Path captureFile;
    private double recordsPerSecond = 20_000;
    private Duration duration = Duration.ofSeconds(60);
    private Duration rampUp = Duration.ZERO;
    private boolean realTime = true;
    private long startMillis;
    private long seed = 1;
    private @Nullable Path truthDirectory;
    private boolean listMessages;
    private Duration exportDelay = Duration.ofMillis(1_500);
    private Duration templateRefresh = Duration.ofSeconds(20);
    private Scenario scenario = Scenario.NOTHING;

    private Builder(Inventory inventory, InetSocketAddress target) {
      this.inventory = inventory;
      this.target = target;
    }

    public Builder captureFile(Path file) {
      this.captureFile = file;
      return this;
    }

    public Builder recordsPerSecond(double rate) {
      this.recordsPerSecond = rate;
      return this;
    }

    public Builder duration(Duration duration) {
      this.duration = duration;
      return this;
    }

    /** Routers begin to export one after another; the last one so long after the first. */
    public Builder rampUp(Duration rampUp) {
      this.rampUp = rampUp;
      return this;
    }

    /** As fast as possible, with traffic that ends about now. */
    public Builder asFastAsPossible() {
      this.realTime = false;
      return this;
    }

    /** As fast as possible, with traffic from the given time on. */
    public Builder asFastAsPossibleFrom(long startMillis) {
      this.realTime = false;
      this.startMillis = startMillis;
      return this;
    }

    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    public Builder truthDirectory(Path directory) {
      this.truthDirectory = directory;
      return this;
    }

    /** Also list every message of flow records in the directory of the truth. */
    public Builder listMessages() {
      this.listMessages = true;
      return this;
    }

    public Builder exportDelay(Duration delay) {
      this.exportDelay = delay;
      return this;
    }

    public Builder templateRefresh(Duration interval) {
      this.templateRefresh = interval;
      return this;
    }

    public Builder scenario(Scenario scenario) {
      this.scenario = scenario;
      return this;
    }

    public SimulatorConfig build() {
      return new SimulatorConfig(
          inventory,
          target,
          captureFile,
          recordsPerSecond,
          duration,
          rampUp,
          realTime,
          startMillis,
          seed,
          truthDirectory,
          listMessages,
          exportDelay,
          templateRefresh,
          scenario);
    }
  }
}
