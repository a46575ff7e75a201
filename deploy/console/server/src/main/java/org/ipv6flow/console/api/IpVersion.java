package org.ipv6flow.console.api;

import java.util.List;
import java.util.Optional;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.ViewQuery;

/** The parameter ip_version: 0 (both together), 4 or 6. */
final class IpVersion {

  private IpVersion() {}

  static void restrict(Call call, ViewQuery query) throws Problem {
    Optional<String> version = call.parameters().text("ip_version");
    if (version.isPresent()) {
      only(query, version.get());
    }
  }

  /** The same, with 0 if nothing was said. */
  static void restrictOrBoth(Call call, ViewQuery query) throws Problem {
    only(query, call.parameters().text("ip_version", "0"));
  }

  private static void only(ViewQuery query, String version) throws Problem {
    if (!List.of("0", "4", "6").contains(version)) {
      throw Problem.parameter("ip_version", "'%s' is not one of 0, 4, 6".formatted(version));
    }
    query.where("rows.ip_version = " + version);
  }
}
