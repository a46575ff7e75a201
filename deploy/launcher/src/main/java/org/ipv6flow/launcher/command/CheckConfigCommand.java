package org.ipv6flow.launcher.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipv6flow.collector.config.CollectorConfig;
import org.ipv6flow.console.config.ConsoleConfigFile;
import org.ipv6flow.jobs.config.JobConfig;
import org.ipv6flow.schema.config.YamlFile;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;
import org.ipv6flow.standalone.config.StandaloneConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ipv6flow check-config}. */
@Command(
    name = "check-config",
    description = "Checks a settings file or an inventory; prints every finding with its line.",
    mixinStandardHelpOptions = true)
public final class CheckConfigCommand implements Callable<Integer> {

  private static final String ANY_OBJECT = "/org/ipv6flow/launcher/any-object.schema.json";

  /** An inventory has all of these, in one file or in several. */
  private static final List<String> INVENTORY_PARTS =
      List.of("nodes", "operators", "links", "exporters");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "settings of collector, jobs, console or standalone, or an inventory")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    spec.commandLine().getOut().printf("%s: %s%n", file, check());
    return ExitCode.OK;
  }

  private String check() throws Exception {
    if (Files.isDirectory(file)) {
      return inventory();
    }
    YamlFile yaml = YamlFile.read(file, ANY_OBJECT);
    if (yaml.root().has("collector")) {
      CollectorConfig collector = CollectorConfig.load(file);
      if (collector.inventory() != null) {
        InventoryLoader.load(collector.inventory());
      }
      return "valid settings of a collector";
    }
    if (yaml.root().has("jobs")) {
      InventoryLoader.load(JobConfig.load(file).inventory());
      return "valid settings of the stream job";
    }
    if (yaml.root().has("console")) {
      ConsoleConfigFile.load(file);
      return "valid settings of a console";
    }
    if (yaml.root().has("users")) {
      ConsoleConfigFile.users(file);
      return "valid users of a console";
    }
    if (yaml.root().has("standalone")) {
      InventoryLoader.load(StandaloneConfig.load(file).inventory());
      return "valid settings of a standalone installation";
    }
    long parts = INVENTORY_PARTS.stream().filter(yaml.root()::has).count();
    if (parts == INVENTORY_PARTS.size()) {
      return inventory();
    }
    if (parts > 0 || yaml.root().has("prefix-sets")) {
      // Alone it would have a finding for everything that another file defines.
      Path directory = file.toAbsolutePath().normalize().getParent();
      throw yaml.error(
          "",
          "a part of an inventory (expected: the directory with all parts, %s)"
              .formatted(directory));
    }
    throw yaml.error(
        "",
        "neither settings nor an inventory (expected: collector, jobs, console, standalone or"
            + " nodes)");
  }

  private String inventory() throws Exception {
    Inventory inventory = InventoryLoader.load(file);
    return "valid inventory %s: %d nodes, %d links, %d exporters, %d primary observations"
        .formatted(
            inventory.version(),
            inventory.nodes().size(),
            inventory.links().size(),
            inventory.exporters().size(),
            inventory.primaryObservations().size());
  }
}
