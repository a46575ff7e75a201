package org.ipv6flow.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installation with a small file in place of the engine, and a shell script in place of npm. */
class ChdbLibraryTest {

  private static final String CONTENT = "a library";
  private static final String SHA_256 =
      "31f109ab38348582abdc9e1c9942f74505c719e98c6d0ab6fbcfdccfd8c9935b";
  private static final String INSTALL =
      "mkdir -p node_modules/@chdb/lib-linux-x64-gnu && echo run >> %s"
          + " && printf '%s' > node_modules/@chdb/lib-linux-x64-gnu/libchdb.so";

  private Path home;
  private Path runs;

  @BeforeEach
  void createFiles(@TempDir Path temporary) throws IOException {
    home = temporary.resolve("chdb");
    runs = Files.createFile(temporary.resolve("runs"));
  }

  @Test
  void installsOnceAndFindsItAgain() throws Exception {
    ChdbLibrary library = new ChdbLibrary(home, installer());

    Path installed = library.install(ProgressListener.SILENT);

    assertThat(installed).hasContent(CONTENT).isEqualTo(home.resolve("26.7.3-stable.1/libchdb.so"));
    assertThat(library.installed()).hasValue(installed);
    assertThat(library.install(ProgressListener.SILENT)).isEqualTo(installed);
    assertThat(Files.readAllLines(runs)).hasSize(1);
  }

  @Test
  void installsOnceForManyAtOnce() throws Exception {
    List<CompletableFuture<Path>> installs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      installs.add(CompletableFuture.supplyAsync(this::install));
    }

    for (CompletableFuture<Path> install : installs) {
      assertThat(install.get(30, TimeUnit.SECONDS)).hasContent(CONTENT);
    }
    assertThat(Files.readAllLines(runs)).hasSize(1);
  }

  private Path install() {
    try {
      return new ChdbLibrary(home, installer()).install(ProgressListener.SILENT);
    } catch (ClickHouseStartException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void replacesALibraryThatWasCutShort() throws Exception {
    Path installed = new ChdbLibrary(home, installer()).install(ProgressListener.SILENT);
    Files.writeString(installed, "a lib");

    assertThat(new ChdbLibrary(home, installer()).installed()).isEmpty();
    assertThat(new ChdbLibrary(home, installer()).install(ProgressListener.SILENT))
        .hasContent(CONTENT);
  }

  @Test
  void removesWhatAKilledInstallerLeft() throws Exception {
    Path leftover = Files.createDirectories(home.resolve(".install-1/node_modules"));

    new ChdbLibrary(home, installer()).install(ProgressListener.SILENT);

    assertThat(leftover).doesNotExist();
    try (var entries = Files.list(home)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("26.7.3-stable.1", "install.lock");
    }
  }

  @Test
  void refusesALibraryWithAnotherChecksum() {
    NpmPackage other = script(INSTALL.formatted(runs, "another library"));

    assertThatThrownBy(() -> new ChdbLibrary(home, other).install(ProgressListener.SILENT))
        .isInstanceOf(ClickHouseStartException.class)
        .hasMessageMatching(
            "the ClickHouse library has SHA-256 \\p{XDigit}{64} \\(expected: .*\\)");
    assertThat(home.resolve("26.7.3-stable.1")).doesNotExist();
  }

  @Test
  void tellsTheErrorOfNpmInOneLine() {
    NpmPackage failing =
        script("echo 'npm error code ENOTFOUND'; echo 'npm error network no such host'; exit 1");

    assertThatThrownBy(() -> new ChdbLibrary(home, failing).install(ProgressListener.SILENT))
        .isInstanceOf(ClickHouseStartException.class)
        .hasMessage(
            "fetching the ClickHouse library with npm failed:"
                + " code ENOTFOUND; network no such host");
  }

  @Test
  void reportsProgressWhileItWaits() throws Exception {
    List<Integer> percents = Collections.synchronizedList(new ArrayList<>());
    NpmPackage slow = script("sleep 1.5; " + INSTALL.formatted(runs, CONTENT));

    new ChdbLibrary(home, slow).install((message, percent) -> percents.add(percent));

    assertThat(percents).startsWith(0).endsWith(99, 100);
  }

  @Test
  void keepsItsCacheWhereTheUserWantsIt() {
    assertThat(ChdbLibrary.cacheHome(Map.of("XDG_CACHE_HOME", "/x")))
        .isEqualTo(Path.of("/x/ipv6flow/chdb"));
    Path usual = Path.of(System.getProperty("user.home"), ".cache/ipv6flow/chdb");
    assertThat(ChdbLibrary.cacheHome(Map.of())).isEqualTo(usual);
    assertThat(ChdbLibrary.cacheHome(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(usual);
  }

  /** The lock must be served by whichever registry a user has configured. */
  @Test
  void locksVersionAndChecksumButNoRegistry() throws IOException {
    try (InputStream in = ChdbLibrary.class.getResourceAsStream("native/package-lock.json")) {
      String lock = new String(in.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(lock)
          .contains("\"version\": \"" + ChdbLibrary.VERSION + "\"")
          .contains("\"integrity\": \"sha512-")
          .doesNotContain("://")
          .doesNotContain("resolved");
    }
  }

  private NpmPackage installer() {
    return script(INSTALL.formatted(runs, CONTENT));
  }

  private static NpmPackage script(String commands) {
    return new NpmPackage(SHA_256, List.of("sh", "-c", commands));
  }
}
