package org.ipv6flow.standalone.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a child is started.
 *
 * @param name what it is called in messages, and its log file
 * @param mainClass found on the class path
 * @param jvmOptions such as {@code -Xmx512m}
 * @param arguments of the main class
 * @param environment added to this process's own
 * @param classPath as {@code java -cp} takes it
 */
public record ChildCommand(
    String name,
    String mainClass,
    List<String> jvmOptions,
    List<String> arguments,
    Map<String, String> environment,
    String classPath) {

  /** Silences what JDK 24 and later print about libraries that all engines use. */
  private static final int QUIET_NATIVE_ACCESS_SINCE = 24;

  /** A child with this process's own class path. */
  public ChildCommand(
      String name,
      String mainClass,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment) {
    this(
        name, mainClass, jvmOptions, arguments, environment, System.getProperty("java.class.path"));
  }

  List<String> commandLine(Path logFile) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Duser.timezone=UTC");
    command.add("-Dipv6flow.log.file=" + logFile);
    command.add("-Dlog4j2.configurationFile=classpath:log4j2-child.xml");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-UsePerfData");
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    if (Runtime.version().feature() >= QUIET_NATIVE_ACCESS_SINCE) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
