package org.ipv6flow.schema.inventory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.config.YamlFile;

/** Reads an inventory and checks it as a whole. */
public final class InventoryLoader {

  private static final String SCHEMA = "/org/ipv6flow/schema/inventory/inventory.schema.json";

  private InventoryLoader() {}

  /**
   * Loads one YAML file, or all {@code *.yaml} files of a directory taken together.
   *
   * @throws InvalidConfigException with everything that is wrong, each at its file and line
   */
  public static Inventory load(Path fileOrDirectory) throws InvalidConfigException {
    Findings findings = new Findings();
    InventoryReader reader = new InventoryReader(findings);
    boolean complete = true;
    for (Path file : files(fileOrDirectory)) {
      try {
        reader.read(YamlFile.read(file, SCHEMA));
      } catch (InvalidConfigException e) {
        findings.addAll(e.findings());
        complete = false;
      }
    }
    Inventory inventory = reader.inventory();
    if (complete) {
      // Otherwise all that a broken file would have defined would seem to be missing.
      new InventoryCheck(inventory, reader.places(), findings).run();
    }
    findings.throwIfAny();
    return inventory;
  }

  private static List<Path> files(Path fileOrDirectory) throws InvalidConfigException {
    if (!Files.isDirectory(fileOrDirectory)) {
      return List.of(fileOrDirectory);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(fileOrDirectory, "*.yaml")) {
      entries.forEach(files::add);
    } catch (IOException e) {
      throw new InvalidConfigException(
          fileOrDirectory + ": cannot be read (" + e.getMessage() + ")");
    }
    if (files.isEmpty()) {
      throw new InvalidConfigException(fileOrDirectory + ": no *.yaml file in it");
    }
    files.sort(null);
    return files;
  }
}
