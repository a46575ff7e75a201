package org.ipv6flow.standalone.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.support.ReflectionSupport;

/** The register of definitions, its views, its tests and its text agree. */
@ExtendWith(TestStore.class)
final class DefinitionsIT {

  private static final Pattern VIEW_IN_TEXT = Pattern.compile("`(def_[a-z0-9_]+_v\\d+)");

  private final TestStore store;

  DefinitionsIT(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void create() throws Exception {
    store.recreate();
  }

  @Test
  void everyDefinitionHasItsViewAndColumn() throws Exception {
    for (Map<String, @Nullable String> definition :
        store.rows(
            "SELECT column, toString(arguments) AS arguments, arrayJoin(views) AS view"
                + " FROM $db.definitions FINAL")) {
      String arguments =
          switch (String.valueOf(definition.get("arguments"))) {
            case "['from','until']" -> "(from = now() - 60, until = now())";
            case "['on']" -> "(on = today())";
            case "['at']" -> "(at = now())";
            case "[]" -> "";
            default -> throw new AssertionError("arguments of " + definition);
          };

      assertThat(
              store.rows(
                  "SELECT %s FROM $db.%s%s LIMIT 0"
                      .formatted(definition.get("column"), definition.get("view"), arguments)))
          .isEmpty();
    }
  }

  @Test
  void everyDefinitionIsComputedByHandInATest() throws Exception {
    assertThat(computed()).containsAll(names("SELECT definition FROM $db.definitions FINAL"));
  }

  @Test
  void noTestComputesWhatIsNotDefined() throws Exception {
    assertThat(names("SELECT definition FROM $db.definitions FINAL")).containsAll(computed());
  }

  @Test
  void everyPublishedViewIsRegistered() throws Exception {
    assertThat(names("SELECT arrayJoin(views) FROM $db.definitions FINAL"))
        .containsAll(
            names(
                "SELECT name FROM system.tables WHERE database = '$db' AND name LIKE 'def\\_%'"
                    + " AND name != 'def_interconnect_bandwidth_history_v1'"));
  }

  @Test
  void everyDefinitionIsComplete() throws Exception {
    assertThat(
            store.rows(
                "SELECT definition FROM $db.definitions FINAL WHERE empty(unit) OR empty(formula)"
                    + " OR empty(population) OR empty(direction) OR empty(source)"))
        .isEmpty();
  }

  @Test
  void documentNamesEveryViewAndNoOther() throws Exception {
    String text = Files.readString(Path.of("..", "..", "docs", "definitions.md"));
    Set<String> named = new TreeSet<>();
    Matcher matcher = VIEW_IN_TEXT.matcher(text);
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    Set<String> existing =
        names("SELECT name FROM system.tables WHERE database = '$db' AND name LIKE 'def\\_%'");

    assertThat(existing).containsAll(named);
    // A series is named by its ending alone behind the view of the period.
    assertThat(
            existing.stream()
                .filter(view -> !named.contains(view))
                .filter(view -> !view.matches(".*_(10s|1m|5m|1h|1d|1mo)_v\\d+"))
                .toList())
        .isEmpty();
  }

  private static Set<String> computed() {
    List<Class<?>> classes =
        ReflectionSupport.findAllClassesInPackage(
            DefinitionsIT.class.getPackageName(), type -> true, name -> name.endsWith("IT"));
    return classes.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .flatMap(DefinitionsIT::computedBy)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> computedBy(Method method) {
    Computes computes = method.getAnnotation(Computes.class);
    return computes == null ? Stream.empty() : Arrays.stream(computes.value());
  }

  private Set<String> names(String sql) throws Exception {
    Set<String> names = new TreeSet<>();
    for (Map<String, @Nullable String> row : store.rows(sql)) {
      names.add(String.valueOf(row.values().iterator().next()));
    }
    return names;
  }
}
