package org.ipv6flow.schema.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of finding, in the words that a user reads. */
class YamlFileTest {

  private static final String SCHEMA = "/org/ipv6flow/schema/config/kitchen.schema.json";

  private final Path directory;
  private final Path file;

  YamlFileTest(@TempDir Path directory) {
    this.directory = directory;
    file = directory.resolve("kitchen.yaml");
  }

  @Test
  void readsValuesOfEveryType() throws Exception {
    YamlFile yaml =
        read(
            """
            kitchen:
              seats: 1_0
              oven-degrees: 2.5e2
              light: true
              name: yes
              opened-on: 2018-09-30
              dishes: [soup, "1"]
            """);

    assertThat(yaml.root().at("/kitchen"))
        .hasToString(
            "{\"seats\":10,\"oven-degrees\":2.5E+2,\"light\":true,\"name\":\"yes\","
                + "\"opened-on\":\"2018-09-30\",\"dishes\":[\"soup\",\"1\"]}");
  }

  @Test
  void knowsTheLineOfEveryValueAndOfTheParentOfAnAbsentOne() throws Exception {
    YamlFile yaml = read("# comment\nkitchen:\n  seats: 4\n  dishes:\n    - soup\n    - bread\n");

    assertThat(yaml.position("/kitchen/dishes/1")).isEqualTo(file + ":6");
    assertThat(yaml.position("/kitchen/light")).isEqualTo(file + ":2");
    assertThat(yaml.error("/kitchen/seats", "too few")).hasMessage(file + ":3: too few");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "seats: four           | 'kitchen.seats': 'four' (expected: a whole number)",
        "seats: \"4\"          | 'kitchen.seats': '4' (expected: a whole number)",
        "seats: 4.5            | 'kitchen.seats': 4.5 (expected: a whole number)",
        "seats:                | 'kitchen.seats': no value (expected: a whole number)",
        "seats: [4]            | 'kitchen.seats': a list (expected: a whole number)",
        "seats: 0              | 'kitchen.seats': 0 (expected: 1 to 20)",
        "seats: 21             | 'kitchen.seats': 21 (expected: 1 to 20)",
        "oven-degrees: -1      | 'kitchen.oven-degrees': -1 (expected: at least 0)",
        "light: on             | 'kitchen.light': 'on' (expected: true or false)",
        "colour: blue          | 'kitchen.colour': 'blue' (expected: one of red, green)",
        "name: x               | 'kitchen.name': 'x' (expected: at least 2 characters)",
        "name: kitchen         | 'kitchen.name': 'kitchen' (expected: at most 5 characters)",
        "opened-on: soon       | 'kitchen.opened-on': 'soon' (expected: a date)",
        "dishes: []            | 'kitchen.dishes': an empty list (expected: at least 1 entry)",
        "dishes: [soup, 2]     | 'kitchen.dishes[1]': 2 (expected: text)",
        "dishes: soup          | 'kitchen.dishes': 'soup' (expected: a list)",
        "spice: 1.5            | 'kitchen.spice': 1.5 (expected: text or a whole number)",
        "properties: {}x       | not valid YAML: expected <block end>, but found '<scalar>'"
      })
  void saysWhatIsWrongWithAValueAndWhatWasExpected(String line, String finding) {
    String seats = line.startsWith("seats") ? "" : "  seats: 4\n";

    assertFinding("kitchen:\n" + seats + "  " + line + "\n", lines(seats) + 2, finding);
  }

  @Test
  void listsTheKnownKeysForAnUnknownOne() {
    assertFinding(
        "kitchen:\n  seats: 4\n  chairs/seats: 5\n",
        3,
        "unknown key 'chairs/seats' (expected: seats, oven-degrees, light, colour, name, opened-on,"
            + " dishes, spice, properties)");
  }

  @Test
  void namesTheMissingKeyAtTheLineOfItsParent() {
    assertFinding("# none\nkitchen:\n  light: true\n", 2, "'kitchen': key 'seats' is missing");
    assertFinding("{}\n", 1, "key 'kitchen' is missing");
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertFinding("kitchen:\n  seats: 4\n  seats: 5\n", 3, "key 'seats' stands twice");
  }

  @Test
  void refusesAKeyThatIsNoWord() {
    assertFinding("kitchen:\n  seats: 4\n  ? [a]\n  : b\n", 3, "a key is not a plain word");
  }

  @Test
  void refusesAnEmptyFile() {
    assertFinding("# nothing\n", 1, "the file is empty");
  }

  @Test
  void refusesASecondDocument() {
    assertFinding(
        "kitchen:\n  seats: 4\n---\nkitchen:\n  seats: 5\n",
        3,
        "not valid YAML: but found another document");
  }

  @Test
  void refusesBrokenYaml() {
    assertFinding(
        "kitchen:\n  seats: [4\n  light: true\n",
        3,
        "not valid YAML: expected ',' or ']', but got :");
  }

  @Test
  void refusesCharactersThatYamlDoesNotAllow() {
    assertFinding(
        "kitchen:\n  name: a\u0007b\n", 2, "not valid YAML: character U+0007 is not allowed");
  }

  @Test
  void takesANumberBeyondAllBoundsForAWord() {
    assertFinding(
        "kitchen:\n  seats: 4\n  oven-degrees: 1e9999999999\n",
        3,
        "'kitchen.oven-degrees': '1e9999999999' (expected: a number)");
  }

  @Test
  void refusesAnAliasInsideItsOwnAnchor() {
    assertFinding(
        "kitchen: &k\n  seats: 4\n  properties: *k\n",
        2,
        "nested too deeply (expected: at most 32 levels)");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> YamlFile.read(file, SCHEMA))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void refusesADirectory() {
    assertThatThrownBy(() -> YamlFile.read(directory, SCHEMA))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(directory + ": a directory (expected: a file)");
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    Files.write(file, "kitchen: {name: café}".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> YamlFile.read(file, SCHEMA))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(file + ": not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${IPV6FLOW_NOT_SET:7}", "${PATH}"})
  void expandsEnvironmentVariables(String value) throws Exception {
    YamlFile yaml = read("kitchen:\n  seats: 4\n  properties:\n    a: " + value + "\n");

    String expected = value.equals("${PATH}") ? System.getenv("PATH") : "7";
    assertThat(yaml.root().at("/kitchen/properties/a").asText()).isEqualTo(expected);
  }

  @Test
  void takesANumberFromAnEnvironmentVariable() throws Exception {
    YamlFile yaml = read("kitchen:\n  seats: ${IPV6FLOW_NOT_SET:7}\n");

    assertThat(yaml.root().at("/kitchen/seats").isIntegralNumber()).isTrue();
  }

  @Test
  void refusesAnEnvironmentVariableThatIsNotSet() {
    assertFinding(
        "kitchen:\n  seats: ${IPV6FLOW_NOT_SET}\n",
        2,
        "environment variable IPV6FLOW_NOT_SET is not set (expected: a value, or"
            + " ${IPV6FLOW_NOT_SET:default})");
  }

  @Test
  void reportsAllFindingsInTheOrderOfLines() throws IOException {
    write("kitchen:\n  stove: 1\n  seats: 0\n  light: 2\n");

    InvalidConfigException e =
        catchThrowableOfType(InvalidConfigException.class, () -> YamlFile.read(file, SCHEMA));

    assertThat(e.findings())
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).startsWith(file + ":2: unknown key 'stove'"),
            second -> assertThat(second).startsWith(file + ":3: 'kitchen.seats': 0"),
            third -> assertThat(third).startsWith(file + ":4: 'kitchen.light': 2"));
    assertThat(e).hasMessage(String.join("\n", e.findings()));
  }

  private record Kitchen(int seats, String name) {
    Kitchen {
      if (name.equals("hall")) {
        throw new IllegalArgumentException("a hall is no kitchen");
      }
    }
  }

  @Test
  void mapsKebabCaseToRecords() throws Exception {
    Kitchen kitchen = read("kitchen: {seats: 4, name: main}").as("/kitchen", Kitchen.class);

    assertThat(kitchen).isEqualTo(new Kitchen(4, "main"));
  }

  @Test
  void reportsWhatARecordRefuses() throws Exception {
    YamlFile yaml = read("# a\nkitchen: {seats: 4, name: hall}");

    assertThatThrownBy(() -> yaml.as("/kitchen", Kitchen.class))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(file + ":2: a hall is no kitchen");
  }

  private void assertFinding(String text, int line, String finding) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("%s:%d: %s".formatted(file, line, finding));
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  private YamlFile read(String text) throws IOException, InvalidConfigException {
    write(text);
    return YamlFile.read(file, SCHEMA);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
