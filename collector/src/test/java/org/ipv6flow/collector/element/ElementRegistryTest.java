package org.ipv6flow.collector.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.ipv6flow.collector.testing.Captures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of Information Elements hold what is registered. */
class ElementRegistryTest {

  @ParameterizedTest
  @CsvSource({
    "1, octetDeltaCount, UNSIGNED, deltaCounter, octets",
    "27, sourceIPv6Address, IPV6_ADDRESS, default, ''",
    "61, flowDirection, UNSIGNED, identifier, ''",
    "154, flowStartMicroseconds, DATE_TIME_NTP, default, microseconds",
    "291, basicList, BASIC_LIST, list, ''",
    "434, mibObjectValueInteger, SIGNED, quantity, ''",
    "496, srhSegmentIPv6BasicList, BASIC_LIST, list, ''",
    "515, ipv6ExtensionHeadersFull, UNSIGNED, flags, ''",
  })
  void knowsElementsAsRegistered(
      int id, String name, DataType type, String semantics, String units) {
    assertThat(ElementRegistry.element(id))
        .isEqualTo(new InformationElement(0, id, name, type, semantics, units));
  }

  @ParameterizedTest
  @CsvSource({
    "637, 93, aluNatSubString, STRING",
    "2636, 137, commonPropertiesId, OCTET_ARRAY",
    "6871, 21, reverseFlowDeltaMilliseconds, UNSIGNED"
  })
  void knowsElementsOfEnterprises(long enterprise, int id, String name, DataType type) {
    InformationElement element = ElementRegistry.element(enterprise, id);

    assertThat(element).isNotNull();
    assertThat(element.name()).isEqualTo(name);
    assertThat(element.type()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 534", "0, 32767", "0, -1", "99999, 1", "29305, 1"})
  void knowsNoOthers(long enterprise, int id) {
    assertThat(ElementRegistry.element(enterprise, id)).isNull();
  }

  /** The constants that decoding uses are spelled as the registry spells its elements. */
  @Test
  void constantsOfDecodingAreNamedAsRegistered() throws IllegalAccessException {
    int checked = 0;
    for (Field field : ElementId.class.getFields()) {
      String name = field.getName();
      if (Modifier.isStatic(field.getModifiers())
          && field.getType() == int.class
          && !name.startsWith("V9_")
          && !name.startsWith("MIB_")
          && !name.startsWith("JUNIPER_")) {
        InformationElement element = ElementRegistry.element(field.getInt(null));
        assertThat(element).as(name).isNotNull();
        assertThat(element.name().toLowerCase(Locale.ROOT))
            .as("element %d", element.id())
            .isEqualTo(name.replace("_", "").toLowerCase(Locale.ROOT));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(80);
  }

  /** Against a copy of the registry kept outside of the project, where there is one. */
  @Test
  void holdsTheWholeRegistry() throws IOException {
    Path registry = registry();
    assumeTrue(registry != null, "no copy of the registry beside the repository");

    int registered = 0;
    for (String line : Files.readAllLines(registry)) {
      String[] cells = line.split(",", -1);
      boolean isElement = cells[0].matches("[0-9]+") && !cells[2].isEmpty();
      if (isElement) {
        registered++;
        int id = Integer.parseInt(cells[0]);
        assertThat(ElementRegistry.element(id))
            .isEqualTo(
                new InformationElement(0, id, cells[1], DataType.of(cells[2]), cells[3], cells[4]));
      }
    }
    assertThat(registered).isGreaterThan(500);
    assertThat(ElementRegistry.elements().stream().filter(e -> e.enterpriseNumber() == 0).count())
        .isEqualTo(registered);
  }

  private static @Nullable Path registry() {
    Path captures = Captures.directory();
    if (captures == null) {
      return null;
    }
    Path registry = captures.resolveSibling("registry").resolve("ipfix-ie-registry.csv");
    return Files.exists(registry) ? registry : null;
  }
}
