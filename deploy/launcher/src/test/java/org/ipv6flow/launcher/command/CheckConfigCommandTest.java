package org.ipv6flow.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipv6flow.launcher.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckConfigCommandTest {

  private static final Path DEPLOY = Path.of("..").toAbsolutePath().normalize();
  private static final Path DEMO_NATION = DEPLOY.resolve("inventory/demo-nation");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "config/collector.yaml, valid settings of a collector",
    "config/jobs.yaml, valid settings of the stream job",
    "config/standalone.yaml, valid settings of a standalone installation",
    "config/console.yaml, valid settings of a console",
    "config/console-users.yaml, valid users of a console"
  })
  void acceptsTheSettingsThatAreShipped(String file, String verdict) {
    CommandRun run = check(DEPLOY.resolve(file));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("%s: %s%n".formatted(DEPLOY.resolve(file), verdict));
    assertThat(run.status()).isZero();
  }

  @Test
  void acceptsTheDemoNationAndCountsWhatIsInIt() {
    CommandRun run = check(DEMO_NATION);

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            "%s: valid inventory demo-nation-1: 23 nodes, 78 links, 68 exporters, 156 primary observations%n"
                .formatted(DEMO_NATION));
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"collector, listen", "jobs, parallelism", "standalone, ports", "console, listen"})
  void findsAMisspeltKeyWithItsLine(String kind, String key) throws IOException {
    String shipped = Files.readString(DEPLOY.resolve("config/" + kind + ".yaml"));
    Path file = write("  " + key + ":", "  " + key + "s:", shipped);

    CommandRun run = check(file);

    long line = shipped.substring(0, shipped.indexOf("  " + key + ":")).lines().count() + 1;
    assertThat(run.err())
        .contains("%s:%d: ".formatted(file, line))
        .contains(key + "s")
        .contains("unknown");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void findsAnInventoryThatSettingsNameAndThatIsNotThere() throws IOException {
    String shipped = Files.readString(DEPLOY.resolve("config/collector.yaml"));
    Path file = write("../inventory/demo-nation", "nowhere", shipped);

    assertFails(check(file), directory.resolve("nowhere") + ": no such file%n");
  }

  @Test
  void findsAnInterfaceWhoseLinkIsMissing() throws IOException {
    Path nation = copyOfDemoNation();
    Path exporters = nation.resolve("exporters.yaml");
    String text = Files.readString(exporters);
    String named = "link: DCP-BJ-CT-CU";
    assumeTrue(text.contains(named), "the demo nation has changed");
    Files.writeString(exporters, text.replaceFirst(named, "link: DCP-XX-CT-CU"));

    CommandRun run = check(nation);

    long line = text.substring(0, text.indexOf(named)).lines().count();
    assertThat(run.err().lines())
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .startsWith("%s:%d: ".formatted(exporters, line))
                    .contains("'DCP-XX-CT-CU'"));
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void asksForTheWholeInventoryWhereItIsGivenAPart() {
    CommandRun run = check(DEMO_NATION.resolve("links.yaml"));

    assertThat(run.err())
        .matches(
            "\\S+/links.yaml:\\d+: a part of an inventory \\(expected: the directory with all parts, "
                + DEMO_NATION
                + "\\)\\R");
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "just words | :1: 'just words' (expected: keys with values)",
        "- a list   | :1: a list (expected: keys with values)",
        "routers: 3 | :1: neither settings nor an inventory (expected: collector, jobs, console, standalone or nodes)",
        "''         | :1: the file is empty"
      })
  void saysWhatAFileIsThatIsNoneOfThem(String content, String finding) throws IOException {
    Path file = Files.writeString(directory.resolve("settings.yaml"), content);

    assertFails(check(file), file + finding + "%n");
  }

  @Test
  void saysWhereAFileIsNoYaml() throws IOException {
    Path file = Files.writeString(directory.resolve("settings.yaml"), "collector:\n  id: [1, 2\n");

    CommandRun run = check(file);

    assertThat(run.err()).startsWith(file + ":3: not valid YAML: ").hasLineCount(1);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void saysThatAFileIsNoText() throws IOException {
    Path file = directory.resolve("settings.yaml");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

    assertFails(check(file), file + ": not UTF-8 text%n");
  }

  @Test
  void saysThatAFileIsMissing() {
    Path file = directory.resolve("settings.yaml");

    assertFails(check(file), file + ": no such file%n");
  }

  @Test
  void saysThatADirectoryHoldsNoInventory() throws IOException {
    Files.write(directory.resolve("notes.txt"), "nothing".getBytes(StandardCharsets.UTF_8));

    assertFails(check(directory), directory + ": no *.yaml file in it%n");
  }

  private static CommandRun check(Path file) {
    return CommandRun.of("check-config", file.toString());
  }

  private static void assertFails(CommandRun run, String err) {
    assertThat(run.err()).isEqualTo(err.formatted());
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  private Path write(String from, String to, String content) throws IOException {
    assertThat(content).contains(from);
    return Files.writeString(directory.resolve("settings.yaml"), content.replace(from, to));
  }

  private Path copyOfDemoNation() throws IOException {
    Path nation = Files.createDirectories(directory.resolve("nation"));
    try (var files = Files.list(DEMO_NATION)) {
      for (Path file : files.toList()) {
        Files.copy(file, nation.resolve(file.getFileName()));
      }
    }
    return nation;
  }
}
