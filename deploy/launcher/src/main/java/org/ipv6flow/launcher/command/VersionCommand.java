package org.ipv6flow.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ipv6flow version}. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
public final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** The version this was built as. */
  public static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = VersionCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "ipv6flow %s (Java %s)"
            .formatted(version == null ? "development" : version, Runtime.version())
      };
    }
  }

  @Override
  public void run() {
    spec.commandLine().getOut().println(new Provider().getVersion()[0]);
  }
}
