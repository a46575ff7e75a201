package org.ipv6flow.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.ipv6flow.console.access.Principal;
import org.jspecify.annotations.Nullable;

/**
 * One request to an endpoint by somebody who may ask it.
 *
 * @param who null only where the endpoint answers nobody in particular
 * @param operation id of the endpoint
 * @param path values of the path's placeholders
 * @param body of a POST or PUT; a missing node else
 * @param format asked for: json, csv, arrow or xlsx
 */
public record Call(
    @Nullable Principal who,
    String operation,
    Map<String, String> path,
    Parameters parameters,
    JsonNode body,
    String format,
    RequestFacts facts) {

  /** What else is known of the request. */
  public record RequestFacts(String remoteAddress, @Nullable String sessionId, boolean isSecure) {}

  /** Who asks, where somebody must. */
  public Principal principal() {
    if (who == null) {
      throw new IllegalStateException("nobody is logged in");
    }
    return who;
  }

  public String pathValue(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no such placeholder: " + name);
    }
    return value;
  }
}
