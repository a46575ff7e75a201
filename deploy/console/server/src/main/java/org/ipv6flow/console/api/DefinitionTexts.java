package org.ipv6flow.console.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections of docs/definitions.md, which travels in the jar. */
final class DefinitionTexts {

  private static final String FILE = "/org/ipv6flow/console/docs/definitions.md";

  private record Section(String title, String text) {}

  private final List<Section> sections = new ArrayList<>();

  DefinitionTexts() {
    String[] parts = read().split("(?m)^(?=## )", -1);
    for (String part : parts) {
      if (part.startsWith("## ")) {
        sections.add(new Section(part.lines().findFirst().orElse("").substring(3), part.strip()));
      }
    }
  }

  /** The section that speaks of a definition: by its name, else by what its title begins with. */
  Optional<String> of(String definition) {
    String title =
        definition.startsWith("ipv6_share") || definition.equals("visibility_gap")
            ? "IPv6 share"
            : definition.startsWith("link_load") || definition.equals("link_utilisation")
                ? "Link load"
                : definition.startsWith("settlement")
                    ? "Settlement"
                    : definition.startsWith("interconnect")
                            || definition.startsWith("ipv6_inter")
                            || definition.equals("plan_progress")
                        ? "Interconnect bandwidth"
                        : definition.startsWith("link_traffic")
                                || definition.equals("utilisation_distribution")
                            ? "Percentiles of links"
                            : definition.replace('_', ' ');
    return sections.stream()
        .filter(
            section ->
                section
                        .title()
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith(title.toLowerCase(java.util.Locale.ROOT))
                    || section.text().contains("`def_" + definition + "_v"))
        .map(Section::text)
        .findFirst();
  }

  private static String read() {
    try (InputStream in = DefinitionTexts.class.getResourceAsStream(FILE)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
