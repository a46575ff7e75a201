package org.ipv6flow.simulator;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.network.Impairments;
import org.jspecify.annotations.Nullable;

/** Reads the simulator's command line. */
final class SimulatorArguments {

  static final String USAGE =
      """
      simulate --inventory FILE|DIRECTORY (--target HOST:PORT | --capture FILE.pcap)
        --rate N                records per second of all exporters together (20000);
                                0 samples as the inventory says
        --duration TIME         of traffic: 90s, 10m, 1h (60s)
        --ramp-up TIME          until all routers export; they begin one after another (0s)
        --seed N                the same seed gives the same network (1)
        --truth DIRECTORY       write truth.csv and summary.json there
        --list-messages         also messages.csv: every message of flow records
        --as-fast-as-possible   do not wait for the wall clock
        --start EPOCH_MILLIS    when the traffic begins, if as fast as possible (so that it ends now)
        --export-delay TIME     from the end of a flow to its export (1500ms)
        --template-refresh TIME templates and options are sent again (20s)
        --loss P --duplication P --reordering P
                                of a message, probabilities from 0 to 1 (0)
        --sampling-options-delay TIME
                                announce sampling so long after the start (0s)
        --skew EXPORTER=TIME    the exporter's clock is ahead, or behind if negative
        --restart EXPORTER=TIME the exporter restarts so long after the start""";

  private final Deque<String> left;

  private boolean help;
  private @Nullable Path inventory;
  private @Nullable InetSocketAddress target;
  private @Nullable Path capture;
  private double rate = 20_000;
  private Duration duration = Duration.ofSeconds(60);
  private Duration rampUp = Duration.ZERO;
  private long seed = 1;
  private @Nullable Path truth;
  private boolean listMessages;
  private boolean asFastAsPossible;
  private long startMillis;
  private Duration exportDelay = Duration.ofMillis(1_500);
  private Duration templateRefresh = Duration.ofSeconds(20);
  private double loss;
  private double duplication;
  private double reordering;
  private Scenario scenario = Scenario.NOTHING;

  private SimulatorArguments(String[] args) {
    this.left = new ArrayDeque<>(List.of(args));
  }

  static SimulatorArguments parse(String[] args) {
    SimulatorArguments arguments = new SimulatorArguments(args);
    while (!arguments.left.isEmpty()) {
      arguments.option(arguments.left.remove());
    }
    return arguments;
  }

  boolean help() {
    return help;
  }

  /** Loads the inventory and puts everything together. */
  SimulatorConfig config() throws InvalidConfigException {
    Path inventoryPath = inventory;
    if (inventoryPath == null) {
      throw new IllegalArgumentException("--inventory is missing (expected: FILE|DIRECTORY)");
    }
    InetSocketAddress collector = target;
    if (collector == null && capture == null) {
      throw new IllegalArgumentException(
          "neither --target nor --capture (expected: HOST:PORT or FILE.pcap)");
    }
    return new SimulatorConfig(
        InventoryLoader.load(inventoryPath),
        collector != null ? collector : new InetSocketAddress("127.0.0.1", 0),
        capture,
        rate,
        duration,
        rampUp,
        !asFastAsPossible && capture == null,
        startMillis,
        seed,
        truth,
        listMessages,
        exportDelay,
        templateRefresh,
        scenario.withImpairments(new Impairments(loss, duplication, reordering)));
  }

  private void option(String name) {
    switch (name) {
      case "--help", "-h" -> help = true;
      case "--inventory" -> inventory = Path.of(value(name));
      case "--target" -> target = address(name, value(name));
      case "--capture" -> capture = Path.of(value(name));
      case "--rate" -> rate = number(name, value(name));
      case "--duration" -> duration = duration(name, value(name));
      case "--ramp-up" -> rampUp = duration(name, value(name));
      case "--seed" -> seed = (long) number(name, value(name));
      case "--truth" -> truth = Path.of(value(name));
      case "--list-messages" -> listMessages = true;
      case "--as-fast-as-possible" -> asFastAsPossible = true;
      case "--start" -> startMillis = (long) number(name, value(name));
      case "--export-delay" -> exportDelay = duration(name, value(name));
      case "--template-refresh" -> templateRefresh = duration(name, value(name));
      case "--loss" -> loss = number(name, value(name));
      case "--duplication" -> duplication = number(name, value(name));
      case "--reordering" -> reordering = number(name, value(name));
      case "--sampling-options-delay" ->
          scenario = scenario.withSamplingOptionsDelay(duration(name, value(name)));
      case "--skew" -> {
        String[] parts = exporterAndTime(name, value(name));
        scenario = scenario.withClockSkew(parts[0], duration(name, parts[1]));
      }
      case "--restart" -> {
        String[] parts = exporterAndTime(name, value(name));
        scenario = scenario.withRestart(parts[0], duration(name, parts[1]));
      }
      default -> throw new IllegalArgumentException("unknown option " + name + " (see --help)");
    }
  }

  private String value(String name) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(name + " has no value (see --help)");
    }
    return left.remove();
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " " + text + " (expected: a number)", e);
    }
  }

  /** {@code 90s}, {@code 1500ms}, {@code 10m}, {@code 1h}; a plain number is seconds. */
  static Duration duration(String name, String text) {
    String digits = text.replaceFirst("(ms|s|m|h)$", "");
    String unit = text.substring(digits.length());
    try {
      long count = Long.parseLong(digits);
      return switch (unit) {
        case "ms" -> Duration.ofMillis(count);
        case "m" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofSeconds(count);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " " + text + " (expected: a duration such as 90s, 1500ms, 10m or 1h)", e);
    }
  }

  private static InetSocketAddress address(String name, String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && port > 0 && port < 65_536) {
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), port);
        if (!address.isUnresolved()) {
          return address;
        }
      }
    } catch (NumberFormatException e) {
      // Reported below, as any other address that is none.
    }
    throw new IllegalArgumentException(name + " " + text + " (expected: HOST:PORT)");
  }

  private static String[] exporterAndTime(String name, String text) {
    String[] parts = text.split("=", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(name + " " + text + " (expected: EXPORTER=TIME)");
    }
    return parts;
  }
}
