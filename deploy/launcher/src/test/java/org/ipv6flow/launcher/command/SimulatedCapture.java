package org.ipv6flow.launcher.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.simulator.Simulator;
import org.ipv6flow.simulator.SimulatorConfig;
import org.ipv6flow.simulator.SimulatorSummary;

/**
 * Three seconds of the demo nation in a capture file.
 *
 * @param sent what its exporters say they have sent
 */
record SimulatedCapture(Path file, SimulatorSummary sent) {

  static final Path DEMO_NATION = Path.of("..", "inventory", "demo-nation");

  static SimulatedCapture write(Path file) throws IOException, InvalidConfigException {
    SimulatorConfig config =
        SimulatorConfig.builder(
                InventoryLoader.load(DEMO_NATION), new InetSocketAddress("127.0.0.1", 0))
            .captureFile(file)
            .asFastAsPossibleFrom(1_700_000_000_000L)
            .recordsPerSecond(400)
            .duration(Duration.ofSeconds(3))
            .seed(7)
            .build();
    return new SimulatedCapture(file, new Simulator(config).run());
  }
}
