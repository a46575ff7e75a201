package org.ipv6flow.embedded.clickhouse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds the engine library, and installs it once per user if it is not there.
 *
 * <p>The library has 566 MB, too much for a jar. npm fetches it by the lock file in {@code native/}
 * from the registry the user has configured, into {@code
 * ${XDG_CACHE_HOME:-~/.cache}/ipv6flow/chdb/VERSION/}. {@code CHDB_LIB} names another copy.
 */
public final class ChdbLibrary {

  /** Version of the npm package in {@code native/package.json}. */
  public static final String VERSION = "26.7.3-stable.1";

  static final String FILE_NAME = "libchdb.so";

  private static final String OVERRIDE = "CHDB_LIB";
  private static final String LEFTOVER_PREFIX = ".install-";

  private final Path home;
  private final NpmPackage npm;

  ChdbLibrary(Path home, NpmPackage npm) {
    this.home = home;
    this.npm = npm;
  }

  /** Returns the library, after fetching 178 MB if this user does not have it yet. */
  public static Path locateOrInstall(ProgressListener progress) throws ClickHouseStartException {
    Optional<Path> present = locate();
    if (present.isPresent()) {
      return present.get();
    }
    requireLinuxX64();
    NpmPackage.requireNpm();
    return ofUser().install(progress);
  }

  /** Returns the library if it is there, without fetching anything. */
  public static Optional<Path> locate() throws ClickHouseStartException {
    String override = System.getenv(OVERRIDE);
    if (override == null || override.isEmpty()) {
      return ofUser().installed();
    }
    Path file = Path.of(override);
    if (!Files.isRegularFile(file)) {
      throw new ClickHouseStartException(
          "%s: %s is no file (expected: a libchdb.so of %s)".formatted(OVERRIDE, file, VERSION));
    }
    return Optional.of(file.toAbsolutePath());
  }

  /** Says why {@link #locateOrInstall} cannot work here, or nothing if it can be tried. */
  public static Optional<String> obstacle() {
    try {
      if (locate().isPresent()) {
        return Optional.empty();
      }
      requireLinuxX64();
      NpmPackage.requireNpm();
      return Optional.empty();
    } catch (ClickHouseStartException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ChdbLibrary ofUser() throws ClickHouseStartException {
    return new ChdbLibrary(cacheHome(System.getenv()), NpmPackage.ofResources());
  }

  /** {@code XDG_CACHE_HOME} counts only if absolute (XDG Base Directory Specification). */
  static Path cacheHome(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        configured.startsWith("/")
            ? Path.of(configured)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("ipv6flow").resolve("chdb");
  }

  private static void requireLinuxX64() throws ClickHouseStartException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    if (!system.equals("linux") || !processor.equals("amd64")) {
      throw new ClickHouseStartException(
          "the embedded ClickHouse exists for linux-x64 only, not for %s-%s: set CLICKHOUSE_URL to"
                  .formatted(system, processor)
              + " an existing server");
    }
  }

  Optional<Path> installed() {
    Path directory = home.resolve(VERSION);
    return npm.isVerified(directory) ? Optional.of(directory.resolve(FILE_NAME)) : Optional.empty();
  }

  /** One installer at a time: the lock holds between processes, the monitor within this one. */
  Path install(ProgressListener progress) throws ClickHouseStartException {
    synchronized (ChdbLibrary.class) {
      try {
        Files.createDirectories(home);
        try (FileChannel channel =
                FileChannel.open(
                    home.resolve("install.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = lock(channel, progress)) {
          Optional<Path> byAnother = installed();
          return byAnother.isPresent() ? byAnother.get() : installLocked(progress);
        }
      } catch (ClickHouseStartException e) {
        throw e;
      } catch (IOException e) {
        throw new ClickHouseStartException(
            "installing the ClickHouse library in %s failed: %s".formatted(home, e), e);
      }
    }
  }

  private static FileLock lock(FileChannel channel, ProgressListener progress) throws IOException {
    try {
      while (true) {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
        progress.onProgress("another process is installing the ClickHouse library, waiting", 0);
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickHouseStartException("interrupted while waiting for another installation", e);
    }
  }

  private Path installLocked(ProgressListener progress) throws IOException {
    removeLeftovers();
    Path directory = Files.createTempDirectory(home, LEFTOVER_PREFIX);
    try {
      Path complete = npm.fetch(directory, progress);
      Path target = home.resolve(VERSION);
      // Whatever is at the target failed the check, or it would have been used.
      if (Files.exists(target)) {
        Files.move(target, directory.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
      progress.onProgress("ClickHouse library installed in " + target, 100);
      return target.resolve(FILE_NAME);
    } finally {
      deleteTree(directory);
    }
  }

  /** Directories of installers that were killed; their lock is free, so none of them lives. */
  private void removeLeftovers() throws IOException {
    try (Stream<Path> entries = Files.list(home)) {
      for (Path entry : entries.toList()) {
        if (String.valueOf(entry.getFileName()).startsWith(LEFTOVER_PREFIX)) {
          deleteTree(entry);
        }
      }
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
