package org.ipv6flow.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code openapi.yaml} with its references resolved. */
public final class OpenApiFile {

  /** One operation. */
  public record Operation(String path, String method, JsonNode node) {

    public String id() {
      return node.path("operationId").asText();
    }

    public List<String> roles() {
      List<String> roles = new ArrayList<>();
      node.path("x-roles").forEach(role -> roles.add(role.asText()));
      return roles;
    }
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode root;

  private OpenApiFile(ObjectNode root) {
    this.root = root;
  }

  public static OpenApiFile load() throws IOException {
    try (InputStream in =
        OpenApiFile.class.getResourceAsStream("/org/ipv6flow/console/api/openapi.yaml")) {
      Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new OpenApiFile(MAPPER.valueToTree(yaml));
    }
  }

  public JsonNode root() {
    return root;
  }

  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        method ->
                            operations.add(
                                new Operation(
                                    path.getKey(),
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    method.getValue()))));
    return operations;
  }

  /** What a reference stands for; anything else is itself. */
  public JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** Validates against a schema of the file, such as {@code #/components/schemas/Meta}. */
  public JsonSchema schema(JsonNode schema) {
    ObjectNode document = root.deepCopy();
    document.removeAll();
    document.set("components", root.path("components"));
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.set("allOf", MAPPER.createArrayNode().add(schema));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
  }
}
