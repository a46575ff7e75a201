package org.ipv6flow.schema.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.ipv6flow.schema.config.InvalidConfigException;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small network that is right, and everything that can be wrong with it. */
class InventoryLoaderTest {

  private static final String RIGHT =
      """
      version: small-1
      nodes:
        - {id: N1, name-en: Beijing, type: dcp, latitude: 39.9, longitude: 116.4}
      operators:
        - {id: A, name-en: Carrier A, as-numbers: [4134, 64496-64511]}
        - {id: B, name-en: Carrier B}
      links:
        - id: L1
          node: N1
          a-operator: A
          b-operator: B
          role: interconnect
          ipv6-enabled-on: 2018-09-30
          capacities:
            - {from: 2017-01-01, until: 2019-01-01, gbps: 100}
            - {from: 2019-01-01, gbps: 0.5, members: 3}
      exporters:
        - id: RA
          node: N1
          operator: A
          address: 127.18.0.1
          interfaces:
            - {index: 1001, role: edge, link: L1, counts: in}
            - {index: 2001, role: core, counts: none}
        - id: RB
          node: N1
          operator: B
          address: 127.18.0.2
          interfaces:
            - {index: 4294967295, role: edge, link: L1, counts: in}
      prefix-sets:
        - name: documentation
          kind: v6-nonglobal
          source: RFC 3849
          as-of: 2026-11-24
          prefixes:
            - 2001:db8::/32
      """;

  private final Path directory;
  private final Path file;

  InventoryLoaderTest(@TempDir Path directory) {
    this.directory = directory;
    file = directory.resolve("small.yaml");
  }

  @Test
  void readsEverything() throws Exception {
    Inventory inventory = load(RIGHT);

    assertThat(inventory.version()).isEqualTo("small-1");
    assertThat(inventory.operators().get(0).asNumbers())
        .containsExactly(new AsRange(4134, 4134), new AsRange(64496, 64511));
    assertThat(inventory.link("L1"))
        .hasValue(
            new Link(
                "L1",
                "N1",
                "A",
                "B",
                "interconnect",
                LocalDate.of(2018, 9, 30),
                List.of(
                    new LinkCapacity(
                        LocalDate.of(2017, 1, 1), LocalDate.of(2019, 1, 1), 100_000_000_000L, 1),
                    new LinkCapacity(LocalDate.of(2019, 1, 1), null, 500_000_000L, 3))));
    assertThat(inventory.exporter("RB"))
        .map(exporter -> exporter.interfaces().get(0).index())
        .hasValue(4_294_967_295L);
    assertThat(inventory.prefixSets())
        .flatMap(PrefixSet::prefixes)
        .containsExactly("2001:db8::/32");
  }

  /** What a router meters on its way in comes from the other operator. */
  @Test
  void readsWhatTheOperatorStatesAboutSampling() throws Exception {
    String one = "address: 127.18.0.1\n    sampling-override: {interval: 1000}";
    String parts =
        """
        address: 127.18.0.2
            sampling-override:
              even-if-announced: true
              for:
                - {interface: 4294967295, direction: out, ip-version: 6, interval: 2.5}
                - {ip-version: 4, interval: 10}\
        """;

    Inventory inventory =
        load(RIGHT.replace("address: 127.18.0.1", one).replace("address: 127.18.0.2", parts));

    assertThat(inventory.exporters().get(0).samplingOverride())
        .isEqualTo(new SamplingOverride(1_000));
    assertThat(inventory.exporters().get(1).samplingOverride())
        .isEqualTo(
            new SamplingOverride(
                0,
                true,
                List.of(
                    new SamplingOverride.Narrower(4_294_967_295L, 2, 6, 2.5),
                    new SamplingOverride.Narrower(0, 0, 4, 10))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{even-if-announced: true}",
        "{interval: 0.5}",
        "{for: []}",
        "{for: [{ip-version: 6}]}",
        "{for: [{ip-version: 5, interval: 2}]}",
        "{for: [{direction: in, interval: 2}]}",
        "{for: [{interface: 1, direction: both, interval: 2}]}"
      })
  void refusesStatementsAboutSamplingThatSayNothing(String statement) {
    String wrong =
        RIGHT.replace(
            "address: 127.18.0.1", "address: 127.18.0.1\n    sampling-override: " + statement);

    assertThatThrownBy(() -> load(wrong))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("sampling-override");
  }

  @Test
  void derivesThePrimaryObservationOfEachDirection() throws Exception {
    assertThat(load(RIGHT).primaryObservations())
        .containsExactlyInAnyOrder(
            new PrimaryObservation("L1", LinkDirection.B_TO_A, "RA", 1001, Meter.INGRESS),
            new PrimaryObservation(
                "L1", LinkDirection.A_TO_B, "RB", 4_294_967_295L, Meter.INGRESS));
  }

  @Test
  void letsOneSideCountBothDirectionsWhereTheOtherExportsNothing() throws Exception {
    String oneSided =
        RIGHT
            .replace(
                "1001, role: edge, link: L1, counts: in",
                "1001, role: edge, link: L1, counts: in+out")
            .replace("4294967295, role: edge, link: L1, counts: in", "7, role: edge, link: L1");

    assertThat(load(oneSided).primaryObservations())
        .containsExactlyInAnyOrder(
            new PrimaryObservation("L1", LinkDirection.B_TO_A, "RA", 1001, Meter.INGRESS),
            new PrimaryObservation("L1", LinkDirection.A_TO_B, "RA", 1001, Meter.EGRESS));
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-31, 0, false",
    "2018-09-29, 100000000000, false",
    "2018-09-30, 100000000000, true",
    "2018-12-31, 100000000000, true",
    "2019-01-01, 500000000, true"
  })
  void knowsTheCapacityOfADay(LocalDate day, long bitsPerSecond, boolean ipv6) throws Exception {
    Link link = load(RIGHT).links().get(0);

    assertThat(link.capacityBitsPerSecondOn(day)).isEqualTo(bitsPerSecond);
    assertThat(link.isIpv6EnabledOn(day)).isEqualTo(ipv6);
  }

  /** The stream job ships it to its tasks. */
  @Test
  void survivesSerialization() throws Exception {
    Inventory inventory = load(RIGHT);
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
      out.writeObject(inventory);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(octets.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(inventory);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: dcp | type: dpc | 3 | 'nodes[0].type': 'dpc' (expected: one of dcp, intl_gateway,"
            + " new_ixp, nap)",
        "id: N1 | id: N 1 | 3 | 'nodes[0].id': 'N 1' (expected: letters, digits, '.', '_' and '-',"
            + " beginning with a letter or digit)",
        "latitude: 39.9 | latitude: 99 | 3 | 'nodes[0].latitude': 99 (expected: -90 to 90)",
        "4134, | x, | 5 | 'operators[0].as-numbers[0]': 'x' (expected: an AS number, such as 4134,"
            + " or a range of them, such as 64496-64511)",
        "64496-64511 | 9-5 | 5 | AS range 9-5 (expected: 0 to 4294967295, ascending)",
        "64496-64511 | 1-99999999999999999999 | 5 | AS range 1-99999999999999999999 (expected: 0 to"
            + " 4294967295, ascending)",
        "role: interconnect | rolle: interconnect | 12 | unknown key 'rolle' (expected: id, node,"
            + " a-operator, b-operator, role, ipv6-enabled-on, capacities)",
        "2018-09-30 | soon | 13 | 'links[0].ipv6-enabled-on': 'soon' (expected: a date as"
            + " year-month-day, such as 2018-09-30)",
        "2018-09-30 | 2018-02-30 | 13 | '2018-02-30' is no date (expected: year-month-day)",
        "from: 2017-01-01 | from: 2017-13-01 | 15 | '2017-13-01' is no date (expected:"
            + " year-month-day)",
        "gbps: 100 | gbps: 1e400 | 15 | 'links[0].capacities[0].gbps': 1E+400 (expected: at most"
            + " 1000000)",
        "gbps: 100 | gbps: 1e-10 | 15 | link 'L1': capacity 0 bit/s (expected: more than 0)",
        "gbps: 100 | gbps: 0 | 15 | 'links[0].capacities[0].gbps': 0 (expected: more than 0)",
        "index: 1001 | index: 0 | 23 | 'exporters[0].interfaces[0].index': 0 (expected: 1 to"
            + " 4294967295)",
        "2001:db8::/32 | 2001:db8::1/32 | 37 | '2001:db8::1/32' has bits set beyond its length"
            + " (expected: zeros)",
        "2001:db8::/32 | anything | 37 | 'anything' is no prefix (expected: address/length)",
      })
  void refusesWrongValues(String right, String wrong, int line, String finding) {
    // The key's own line comes with the missing one's.
    assertThat(findings(RIGHT.replace(right, wrong))).contains(at(line, finding));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(first node: N1) | x | 8 | link 'L1' names node 'N9', which is not defined",
        "127.18.0.2 | router-b | 25 | exporter 'RB': 'router-b' is no literal address",
        "127.18.0.2 | 127.18.0.1 | 25 | exporter 'RB' has the address of 'RA' (at %s:18)",
        "id: RB | id: RA | 25 | exporter 'RA' is defined twice (first at %s:18)",
        "id: B, | id: A, | 6 | operator 'A' is defined twice (first at %s:5)",
        "index: 2001 | index: 1001 | 24 | exporter 'RA' interface '1001' is defined twice (first at"
            + " %s:23)",
        "role: core, counts: none | role: core, counts: in | 24 | interface 2001 of exporter 'RA'"
            + " counts but names no link (expected: link, or counts: none)",
        "until: 2019-01-01 | until: 2019-01-02 | 16 | link 'L1': this capacity overlaps the one at"
            + " %s:15 (expected: that one to end by 2019-01-01)",
        "until: 2019-01-01 | until: 2016-01-01 | 15 | link 'L1': a capacity ends before it begins",
        "{index: 4294967295, role: edge, link: L1 | {index: 5, role: edge, link: L9 | 30 |"
            + " interface 5 of exporter 'RB' names link 'L9', which is not defined",
        "{index: 4294967295, role: edge, link: L1, counts: in} | {index: 5, role: edge} | 8 |"
            + " link 'L1' a_to_b has no primary observation (expected: one interface that counts"
            + " it)",
        "1001, role: edge, link: L1, counts: in | 1001, role: edge, link: L1, counts: in+out | 30 |"
            + " link 'L1' a_to_b is counted twice: here and at %s:23",
      })
  void refusesPartsThatDoNotFit(String right, String wrong, int line, String finding) {
    String text =
        wrong.equals("x")
            ? RIGHT.replaceFirst("node: N1", "node: N9")
            : RIGHT.replace(right, wrong);

    assertThat(findings(text)).contains(at(line, finding.replace("%s", file.toString())));
  }

  @Test
  void refusesALinkThatJoinsAnOperatorToItself() {
    assertThat(findings(RIGHT.replace("b-operator: B", "b-operator: A")))
        .contains(at(8, "link 'L1' joins an operator to itself"));
  }

  /** The operator's router cannot stand at a link of others. */
  @Test
  void refusesAnInterfaceOnALinkOfOthers() {
    String text =
        RIGHT
            .replace("{id: B, name-en: Carrier B}", "{id: B, name-en: B}\n  - {id: C, name-en: C}")
            .replace("operator: B\n    address", "operator: C\n    address");

    assertThat(findings(text))
        .contains(
            at(31, "interface 4294967295 of exporter 'RB' is C's, and link 'L1' joins A and B"));
  }

  @Test
  void takesTheFilesOfADirectoryTogether() throws Exception {
    int exporters = RIGHT.indexOf("exporters:");
    Files.writeString(directory.resolve("a.yaml"), RIGHT.substring(0, exporters));
    Files.writeString(
        directory.resolve("b.yaml"), "version: small-1\n" + RIGHT.substring(exporters));
    Files.writeString(directory.resolve("notes.txt"), "not an inventory");

    assertThat(InventoryLoader.load(directory)).isEqualTo(load(RIGHT));
  }

  @Test
  void refusesFilesOfDifferentVersions() throws Exception {
    Files.writeString(directory.resolve("a.yaml"), RIGHT);
    Path other = directory.resolve("b.yaml");
    Files.writeString(other, "# another\nversion: small-2\n");

    assertThatThrownBy(() -> InventoryLoader.load(directory))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(other + ":2: version 'small-2' (expected: 'small-1')");
  }

  @Test
  void namesThePlaceOfTheFirstDefinitionInAnotherFile() throws Exception {
    Path first = directory.resolve("a.yaml");
    Files.writeString(first, RIGHT);
    Path second = directory.resolve("b.yaml");
    Files.writeString(second, "operators:\n  - {id: A, name-en: Again}\n");

    assertThatThrownBy(() -> InventoryLoader.load(directory))
        .hasMessage(second + ":2: operator 'A' is defined twice (first at " + first + ":5)");
  }

  @Test
  void reportsTheFindingsOfAllFilesByFileAndLine() throws Exception {
    Path first = directory.resolve("a.yaml");
    Files.writeString(
        first, RIGHT.replace("type: dcp", "type: x").replace("2018-09-30", "2018-02-30"));
    Path second = directory.resolve("b.yaml");
    Files.writeString(second, "links: 5\nnodez: []\n");
    Path third = directory.resolve("c.yaml");
    Files.writeString(third, "nodes: [\n");

    InvalidConfigException e =
        catchThrowableOfType(InvalidConfigException.class, () -> InventoryLoader.load(directory));

    assertThat(e.findings())
        .satisfiesExactly(
            finding -> assertThat(finding).startsWith(first + ":3: 'nodes[0].type': 'x'"),
            finding -> assertThat(finding).startsWith(second + ":1: 'links': 5 (expected: a list)"),
            finding -> assertThat(finding).startsWith(second + ":2: unknown key 'nodez'"),
            finding -> assertThat(finding).startsWith(third + ":2: not valid YAML: "));
  }

  @Test
  void reportsSeveralMisfitsByLine() {
    List<String> findings =
        findings(
            RIGHT
                .replace(
                    "{index: 4294967295, role: edge, link: L1", "{index: 5, role: edge, link: L9")
                .replace("127.18.0.2", "127.18.0.1"));

    assertThat(findings)
        .containsExactly(
            at(
                8,
                "link 'L1' a_to_b has no primary observation (expected: one interface that counts"
                    + " it)"),
            at(25, "exporter 'RB' has the address of 'RA' (at %s:18)".formatted(file)),
            at(30, "interface 5 of exporter 'RB' names link 'L9', which is not defined"));
  }

  @Test
  void reportsWrongValuesAndMisfitsTogether() {
    List<String> findings =
        findings(
            RIGHT
                .replace("from: 2019-01-01", "from: 2019-02-30")
                .replace("127.18.0.2", "127.18.0.1")
                .replace("2001:db8::/32", "2001:db8::1/32"));

    assertThat(findings)
        .containsExactly(
            at(16, "'2019-02-30' is no date (expected: year-month-day)"),
            at(25, "exporter 'RB' has the address of 'RA' (at %s:18)".formatted(file)),
            at(37, "'2001:db8::1/32' has bits set beyond its length (expected: zeros)"));
  }

  @Test
  void sortsCapacitiesByTheirFirstDay() throws Exception {
    String later = "      - {from: 2019-01-01, gbps: 0.5, members: 3}\n";
    String earlier = "      - {from: 2017-01-01, until: 2019-01-01, gbps: 100}\n";

    assertThat(load(RIGHT.replace(earlier + later, later + earlier))).isEqualTo(load(RIGHT));
  }

  @Test
  void refusesADirectoryWithoutInventory() {
    assertThatThrownBy(() -> InventoryLoader.load(directory))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(directory + ": no *.yaml file in it");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> InventoryLoader.load(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(file + ": no such file");
  }

  private String at(int line, String finding) {
    return "%s:%d: %s".formatted(file, line, finding);
  }

  private List<String> findings(String text) {
    return catchThrowableOfType(InvalidConfigException.class, () -> load(text)).findings();
  }

  private Inventory load(String text) throws IOException, InvalidConfigException {
    Files.writeString(file, text);
    try {
      return InventoryLoader.load(file);
    } finally {
      Files.delete(file);
    }
  }
}
