package org.ipv6flow.embedded.clickhouse.chdb;

import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine of this process on one data directory.
 *
 * <p>Holds a connection of its own open for as long as it lives: the engine stops when its last
 * connection closes. Thread-safe.
 */
public final class ChdbEngine implements AutoCloseable {

  /** The release of libchdb that the signatures in {@link ChdbNative} belong to. */
  public static final String LIBRARY_VERSION = "26.7.3";

  /** Where this engine's defaults differ from those of a ClickHouse server. */
  private static final Map<String, String> SERVER_DEFAULTS =
      Map.of("implicit_select", "0", "async_insert", "0");

  private final Path dataDirectory;
  private final ChdbConnection root;
  private final Set<String> settings;
  private final String version;
  private final String timezone;

  private ChdbEngine(Path dataDirectory, ChdbConnection root) throws ChdbException {
    this.dataDirectory = dataDirectory;
    this.root = root;
    this.settings = Set.of(read("SELECT name FROM system.settings").split("\n", -1));
    this.version = read("SELECT version()");
    this.timezone = read("SELECT timezone()");
  }

  /**
   * Starts the engine; the first call of a process decides about library and directory.
   *
   * @param options server settings such as {@code max_server_memory_usage}
   */
  public static ChdbEngine open(Path library, Path dataDirectory, Map<String, String> options)
      throws ChdbException {
    ChdbNative.load(library);
    String release = ChdbNative.chdb_version();
    if (!release.equals(LIBRARY_VERSION)) {
      throw ChdbException.of(
          1,
          "UNSUPPORTED_METHOD",
          "%s is libchdb %s (expected: %s)".formatted(library, release, LIBRARY_VERSION));
    }
    // The JVM needs SIGSEGV and others for itself: with the engine's handlers it dies at the first
    // null pointer or full stack.
    ChdbNative.chdb_set_signal_handlers_enabled(0);
    Pointer handlerBefore = LibC.segmentationFaultHandler();
    List<String> arguments = new ArrayList<>();
    arguments.add("--path=" + dataDirectory);
    options.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    Pointer connection = connect(arguments, SERVER_DEFAULTS);
    if (connection == null) {
      throw ChdbException.of(1001, "STD_EXCEPTION", "The engine did not open " + dataDirectory);
    }
    if (!Objects.equals(handlerBefore, LibC.segmentationFaultHandler())) {
      throw ChdbException.of(
          1001, "STD_EXCEPTION", "The engine replaced the signal handlers of the JVM");
    }
    return new ChdbEngine(dataDirectory, new ChdbConnection(connection));
  }

  /** Opens a session with {@code settings} of its own; takes about a millisecond. */
  public ChdbConnection connect(Map<String, String> settings) throws ChdbException {
    Pointer connection = connect(List.of("--path=" + dataDirectory), settings);
    if (connection == null) {
      throw refusal(settings);
    }
    return new ChdbConnection(connection);
  }

  /** Whether the engine knows a setting: it ignores unknown ones silently. */
  public boolean hasSetting(String name) {
    return settings.contains(name);
  }

  /** The version of ClickHouse, which is not the version of the library. */
  public String version() {
    return version;
  }

  public String timezone() {
    return timezone;
  }

  @Override
  public void close() {
    root.close();
  }

  private static @Nullable Pointer connect(
      List<String> serverArguments, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("clickhouse");
    arguments.addAll(serverArguments);
    SERVER_DEFAULTS.forEach(
        (name, value) -> arguments.add("--" + name + "=" + settings.getOrDefault(name, value)));
    settings.forEach(
        (name, value) -> {
          if (!SERVER_DEFAULTS.containsKey(name)) {
            arguments.add("--" + name + "=" + value);
          }
        });
    try (NativeText text = new NativeText()) {
      return ChdbNative.chdb_connect(arguments.size(), text.utf8Array(arguments));
    }
  }

  /** A refused connection does not say why, a refused SET does. */
  private ChdbException refusal(Map<String, String> settings) {
    Pointer plain = connect(List.of("--path=" + dataDirectory), Map.of());
    if (plain == null) {
      return ChdbException.of(1001, "STD_EXCEPTION", "The engine accepts no more connections");
    }
    try (ChdbConnection connection = new ChdbConnection(plain)) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        String literal = setting.getValue().replace("\\", "\\\\").replace("'", "\\'");
        connection.query("SET %s = '%s'".formatted(setting.getKey(), literal), "Null").close();
      }
    } catch (ChdbException e) {
      return e;
    }
    return ChdbException.of(1001, "STD_EXCEPTION", "The engine refused the settings " + settings);
  }

  private String read(String sql) throws ChdbException {
    try (ChdbResult result = root.query(sql, "TabSeparatedRaw")) {
      return result.utf8().strip();
    }
  }
}
