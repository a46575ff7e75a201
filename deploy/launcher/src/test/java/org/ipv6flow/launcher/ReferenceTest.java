package org.ipv6flow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The reference names every key of every settings file, and every command and option. */
class ReferenceTest {

  private static final Path REFERENCE = Path.of("../../docs/reference");

  @ParameterizedTest
  @CsvSource({
    "/org/ipv6flow/collector/config/collector.schema.json, collector-configuration.md",
    "/org/ipv6flow/jobs/config/jobs.schema.json, jobs-configuration.md",
    "/org/ipv6flow/standalone/config/standalone.schema.json, standalone-configuration.md",
    "/org/ipv6flow/console/config/console.schema.json, console-configuration.md",
    "/org/ipv6flow/console/config/users.schema.json, console-configuration.md",
    "/org/ipv6flow/schema/inventory/inventory.schema.json, inventory.md"
  })
  void namesEveryKey(String schema, String page) throws IOException {
    Set<String> keys = new TreeSet<>();
    try (InputStream in = ReferenceTest.class.getResourceAsStream(schema)) {
      collect(new ObjectMapper().readTree(in), keys);
    }
    keys.removeAll(Set.of("collector", "jobs", "console", "standalone"));
    String text = Files.readString(REFERENCE.resolve(page));

    assertThat(keys)
        .isNotEmpty()
        .allSatisfy(key -> assertThat(text).containsPattern("[`.]" + key + "[`.\\[]"));
  }

  @Test
  void namesEveryCommandAndOption() throws IOException {
    String text = Files.readString(REFERENCE.resolve("commands.md"));
    Set<String> missing = new TreeSet<>();
    addMissing(Main.commandLine(), "", text, missing);

    assertThat(missing).isEmpty();
  }

  private static void addMissing(
      CommandLine command, String name, String text, Set<String> missing) {
    command
        .getSubcommands()
        .forEach((sub, line) -> addMissing(line, (name + " " + sub).strip(), text, missing));
    if (command.getSubcommands().isEmpty() && !text.contains("`" + name + "`")) {
      missing.add(name);
    }
    for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
      if (!text.contains("`" + option.longestName())) {
        missing.add(name + " " + option.longestName());
      }
    }
  }

  /** Names of the properties of a schema and of all schemas in it. */
  private static void collect(JsonNode schema, Set<String> keys) {
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            property -> {
              keys.add(property.getKey());
              collect(property.getValue(), keys);
            });
    schema.path("$defs").forEach(definition -> collect(definition, keys));
    if (schema.has("items")) {
      collect(schema.get("items"), keys);
    }
  }
}
