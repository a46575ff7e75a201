package org.ipv6flow.simulator;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.InventoryLoader;

/** The demo inventory, wherever in the checkout the tests run. */
public final class DemoNation {

  private DemoNation() {}

  public static Path path() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path nation = directory.resolve("deploy/inventory/demo-nation");
      if (Files.isDirectory(nation)) {
        return nation;
      }
      directory = directory.getParent();
    }
    throw new IllegalStateException("no deploy/inventory/demo-nation above the working directory");
  }

  public static Inventory load() throws InvalidConfigException {
    return InventoryLoader.load(path());
  }
}
