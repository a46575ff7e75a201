package org.ipv6flow.embedded.clickhouse;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The npm package that holds the engine library, as pinned by the lock file.
 *
 * <p>npm checks the SHA-512 of the archive against the lock; the SHA-256 of the library itself is
 * checked once after unpacking, and a stamp beside it says so from then on.
 */
final class NpmPackage {

  private static final String STAMP = "verified";
  private static final Path PACKAGE = Path.of("node_modules", "@chdb", "lib-linux-x64-gnu");
  private static final List<String> COMMAND =
      List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");

  /** Octets of the unpacked package, to which progress is compared. */
  private static final long UNPACKED_BYTES = 569_042_839L;

  /** npm gives up by itself after some retries; this is for one that hangs. */
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final Pattern UNTELLING = Pattern.compile("syscall |errno |A complete log|type ");

  private final String sha256;
  private final List<String> command;

  NpmPackage(String sha256, List<String> command) {
    this.sha256 = sha256;
    this.command = command;
  }

  static NpmPackage ofResources() throws ClickHouseStartException {
    try (InputStream in = resource("libchdb.so.sha256")) {
      String line = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return new NpmPackage(line.substring(0, line.indexOf(' ')), COMMAND);
    } catch (IOException e) {
      throw new ClickHouseStartException("the checksum of the ClickHouse library is missing: " + e);
    }
  }

  static void requireNpm() throws ClickHouseStartException {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "npm"))) {
        return;
      }
    }
    throw new ClickHouseStartException(
        "npm is not on the PATH: install Node.js with npm to fetch the ClickHouse library, or set"
            + " CHDB_LIB to a libchdb.so, or CLICKHOUSE_URL to an existing server");
  }

  /** Whether the library in {@code directory} was checked, and has not changed its size since. */
  boolean isVerified(Path directory) {
    try {
      Path library = directory.resolve(ChdbLibrary.FILE_NAME);
      return Files.readString(directory.resolve(STAMP)).equals(stamp(Files.size(library)));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Fetches and checks the package.
   *
   * @param directory an empty directory, on the file system the library shall be on
   * @return the directory with the library and its stamp, inside {@code directory}
   */
  Path fetch(Path directory, ProgressListener progress) throws IOException {
    for (String name : List.of("package.json", "package-lock.json")) {
      try (InputStream in = resource(name)) {
        Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    runNpm(directory, progress);
    Path library = directory.resolve(PACKAGE).resolve(ChdbLibrary.FILE_NAME);
    if (!Files.isRegularFile(library)) {
      throw new ClickHouseStartException("npm ended without " + library);
    }
    progress.onProgress("checking the ClickHouse library", 99);
    String actual = sha256(library);
    if (!actual.equals(sha256)) {
      throw new ClickHouseStartException(
          "the ClickHouse library has SHA-256 %s (expected: %s)".formatted(actual, sha256));
    }
    Path complete = Files.createDirectory(directory.resolve("complete"));
    Files.move(library, complete.resolve(ChdbLibrary.FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(
        complete.resolve(STAMP), stamp(Files.size(complete.resolve(ChdbLibrary.FILE_NAME))));
    return complete;
  }

  private void runNpm(Path directory, ProgressListener progress) throws IOException {
    Path output = directory.resolve("npm.log");
    Process npm =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      npm.getOutputStream().close();
      Instant deadline = Instant.now().plus(LIMIT);
      while (!npm.waitFor(1, TimeUnit.SECONDS)) {
        report(directory, progress);
        if (Instant.now().isAfter(deadline)) {
          throw new ClickHouseStartException(
              "fetching the ClickHouse library took more than " + LIMIT.toMinutes() + " minutes");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClickHouseStartException("interrupted while fetching the ClickHouse library", e);
    } finally {
      npm.destroy();
    }
    if (npm.exitValue() != 0) {
      throw new ClickHouseStartException(
          "fetching the ClickHouse library with npm failed: " + firstErrors(output));
    }
  }

  private static void report(Path directory, ProgressListener progress) {
    long bytes = sizeOf(directory);
    int percent = (int) Math.min(98, bytes * 100 / UNPACKED_BYTES);
    progress.onProgress(
        "fetching ClickHouse %s with npm (178 MB, unpacked %d of %d MB)"
            .formatted(ChdbLibrary.VERSION, bytes / 1_000_000, UNPACKED_BYTES / 1_000_000),
        percent);
  }

  /** npm renames and removes files meanwhile, so what cannot be read counts as nothing. */
  private static long sizeOf(Path directory) {
    File[] entries = directory.toFile().listFiles();
    if (entries == null) {
      return directory.toFile().length();
    }
    return Stream.of(entries).mapToLong(entry -> sizeOf(entry.toPath())).sum();
  }

  private static String firstErrors(Path output) throws IOException {
    try (Stream<String> lines = Files.lines(output)) {
      String errors =
          lines
              .filter(line -> line.startsWith("npm error ") || line.startsWith("npm ERR! "))
              .map(line -> line.substring(9).strip())
              .filter(line -> !line.isEmpty() && !UNTELLING.matcher(line).lookingAt())
              .limit(2)
              .collect(Collectors.joining("; "));
      return errors.isEmpty() ? "no reason given" : errors;
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digesting =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 20];
      while (digesting.read(buffer) >= 0) {
        // Reading is what feeds the digest.
      }
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String stamp(long bytes) {
    return "%s %d%n".formatted(sha256, bytes);
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = NpmPackage.class.getResourceAsStream("native/" + name);
    if (in == null) {
      throw new IOException("resource native/" + name + " is not on the class path");
    }
    return in;
  }
}
