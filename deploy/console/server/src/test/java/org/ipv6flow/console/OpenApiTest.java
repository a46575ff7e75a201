package org.ipv6flow.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Role;
import org.ipv6flow.console.clickhouse.ClickHouseAccount;
import org.ipv6flow.console.config.ConsoleConfig;
import org.ipv6flow.console.http.Endpoint;
import org.junit.jupiter.api.Test;

/** The API is what openapi.yaml says, and says all that it is. */
class OpenApiTest {

  private final OpenApiFile file;

  OpenApiTest() throws Exception {
    file = OpenApiFile.load();
  }

  @Test
  void everyPathIsImplementedAndEveryImplementedPathIsDescribed() throws Exception {
    Set<String> described =
        file.operations().stream()
            .map(op -> "%s %s %s".formatted(op.method(), op.path(), op.id()))
            .collect(Collectors.toCollection(TreeSet::new));
    ConsoleConfig config =
        ConsoleConfig.demo(
            0, ClickHouseAccount.of("http://127.0.0.1:1", "ipv6flow"), null, Map.of());
    Set<String> implemented;
    try (ConsoleServer server = new ConsoleServer(config, "test")) {
      implemented =
          server.endpoints().stream()
              .map(OpenApiTest::text)
              .collect(Collectors.toCollection(TreeSet::new));
    }

    assertThat(implemented).isEqualTo(described);
  }

  private static String text(Endpoint endpoint) {
    return "%s %s %s".formatted(endpoint.method(), endpoint.path(), endpoint.operationId());
  }

  @Test
  void rolesAreThoseOfTheOneTable() {
    for (OpenApiFile.Operation operation : file.operations()) {
      Set<String> allowed = new TreeSet<>();
      for (Role role : Role.values()) {
        if (Access.permits(role, operation.id())) {
          allowed.add(role.label());
        }
      }
      Set<String> said = new TreeSet<>(operation.roles());
      boolean isOpen = said.remove("nobody");

      assertThat(isOpen).as(operation.id()).isEqualTo(Access.isOpen(operation.id()));
      if (!said.isEmpty()) {
        assertThat(allowed).as(operation.id()).isEqualTo(said);
      }
    }
    assertThat(Access.operationIds())
        .containsExactlyInAnyOrderElementsOf(
            file.operations().stream().map(OpenApiFile.Operation::id).toList());
  }

  @Test
  void examplesAreValid() {
    int examples = 0;
    for (OpenApiFile.Operation operation : file.operations()) {
      JsonNode content = operation.node().at("/requestBody/content/application~1json");
      for (JsonNode example : content.path("examples")) {
        examples++;
        assertThat(
                file.schema(content.path("schema")).validate(file.resolve(example).path("value")))
            .as(operation.id())
            .isEmpty();
      }
    }
    assertThat(examples).isPositive();
  }

  @Test
  void everyReferenceIsThere() {
    assertThat(file.root().findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(file.root().at(ref.substring(1)).isMissingNode()).isFalse());
  }
}
