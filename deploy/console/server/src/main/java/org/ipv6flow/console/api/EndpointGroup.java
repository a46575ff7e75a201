package org.ipv6flow.console.api;

import java.util.List;
import org.ipv6flow.console.http.Endpoint;

/** Endpoints of one subject. */
@FunctionalInterface
public interface EndpointGroup {

  List<Endpoint> endpoints();
}
