package org.ipv6flow.launcher.demo;

import java.nio.file.Path;

/** Where what the demo plays is on this machine. */
public final class DemoHome {

  private static final String HOME = "ipv6flow.home";

  private DemoHome() {}

  /** The inventory of the demo nation. */
  public static Path nation() {
    return Path.of(System.getProperty(HOME, "deploy"), "inventory", "demo-nation");
  }
}
