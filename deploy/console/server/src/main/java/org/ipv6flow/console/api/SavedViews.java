package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Whole views of the console under a name, in a JSON file that is replaced as a whole; without a
 * data directory, in memory. One's own and those that others share.
 */
final class SavedViews implements EndpointGroup {

  private static final int MOST = 5_000;
  private static final Map<String, Integer> LENGTHS =
      Map.of("name", 200, "page", 100, "query", 8_000, "note", 2_000);

  private final @Nullable Path file;
  private final Clock clock;
  private final JsonMapper mapper = new JsonMapper();
  private final Map<String, ObjectNode> views = new LinkedHashMap<>();

  SavedViews(@Nullable Path file, Clock clock) throws IOException {
    this.file = file;
    this.clock = clock;
    if (file != null && Files.exists(file)) {
      for (JsonNode view : mapper.readTree(file.toFile())) {
        if (view instanceof ObjectNode node) {
          views.put(node.path("id").asText(), node);
        }
      }
    }
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("listViews", "/views", this::list),
        new Endpoint("createView", "POST", "/views", this::create),
        Endpoint.get("getView", "/views/{view}", this::get),
        new Endpoint("replaceView", "PUT", "/views/{view}", this::replace),
        new Endpoint("deleteView", "DELETE", "/views/{view}", this::delete));
  }

  private synchronized Answer list(Call call) throws Problem {
    call.parameters().requireAllRead();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("views");
    for (ObjectNode view : views.values()) {
      if (isVisible(view, call.principal())) {
        list.add(shown(view, call.principal()));
      }
    }
    return Answers.json(answer);
  }

  private synchronized Answer create(Call call) throws Problem {
    if (views.size() >= MOST) {
      throw Problem.of(
          Problem.Kind.CONFLICT, "there are %d saved views already; delete some".formatted(MOST));
    }
    ObjectNode view = draft(call.body());
    view.put("id", UUID.randomUUID().toString());
    view.put("owner", call.principal().user());
    view.put("createdAt", clock.instant().toString());
    view.put("changedAt", clock.instant().toString());
    views.put(view.path("id").asText(), view);
    write();
    return Answers.json(shown(view, call.principal())).withStatus(201);
  }

  private synchronized Answer get(Call call) throws Problem {
    return Answers.json(shown(visible(call), call.principal()));
  }

  private synchronized Answer replace(Call call) throws Problem {
    ObjectNode before = mine(call);
    ObjectNode view = draft(call.body());
    for (String kept : List.of("id", "owner", "createdAt")) {
      view.set(kept, before.path(kept));
    }
    view.put("changedAt", clock.instant().toString());
    views.put(view.path("id").asText(), view);
    write();
    return Answers.json(shown(view, call.principal()));
  }

  private synchronized Answer delete(Call call) throws Problem {
    views.remove(mine(call).path("id").asText());
    write();
    return Answer.noContent();
  }

  private ObjectNode visible(Call call) throws Problem {
    ObjectNode view = views.get(call.pathValue("view"));
    if (view == null || !isVisible(view, call.principal())) {
      throw Problem.of(Problem.Kind.NOT_FOUND, "there is no such view (see: /api/v1/views)");
    }
    return view;
  }

  private ObjectNode mine(Call call) throws Problem {
    ObjectNode view = visible(call);
    if (!view.path("owner").asText().equals(call.principal().user())) {
      throw Problem.of(Problem.Kind.NOT_PERMITTED, "it is another's; save a copy");
    }
    return view;
  }

  private static boolean isVisible(ObjectNode view, Principal who) {
    return view.path("shared").asBoolean() || view.path("owner").asText().equals(who.user());
  }

  private static ObjectNode shown(ObjectNode view, Principal who) {
    ObjectNode shown = view.deepCopy();
    shown.put("mine", view.path("owner").asText().equals(who.user()));
    return shown;
  }

  private static ObjectNode draft(JsonNode body) throws Problem {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    for (String required : List.of("name", "page", "query")) {
      if (!body.path(required).isTextual()) {
        throw Problem.of(Problem.Kind.BAD_BODY, required + " is missing");
      }
    }
    for (Map.Entry<String, Integer> length : LENGTHS.entrySet()) {
      String text = body.path(length.getKey()).asText("");
      if (text.length() > length.getValue()) {
        throw Problem.of(
            Problem.Kind.BAD_BODY,
            "%s is longer than %d characters".formatted(length.getKey(), length.getValue()));
      }
      view.put(length.getKey(), text);
    }
    if (view.path("name").asText().isBlank()) {
      throw Problem.of(Problem.Kind.BAD_BODY, "name is empty");
    }
    // The console opens it as a page of its own.
    if (!view.path("page").asText().matches("/[A-Za-z0-9/_.-]*")) {
      throw Problem.of(Problem.Kind.BAD_BODY, "page is no path of the console");
    }
    view.put("shared", body.path("shared").asBoolean(false));
    return view;
  }

  private void write() throws Problem {
    if (file == null) {
      return;
    }
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      mapper.writeValue(next.toFile(), views.values());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Problem.of(Problem.Kind.INTERNAL, "the view cannot be written to disk");
    }
  }
}
