package org.ipv6flow.launcher.command;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code http://HOST:PORT}, {@code https://…}, and {@code HOST:PORT} as the former. */
final class HttpUrls implements ITypeConverter<URI> {

  @Override
  public @Nullable URI convert(String value) {
    if (value.isBlank()) {
      // An environment variable that is set to nothing.
      return null;
    }
    try {
      URI url = URI.create(value.matches("[^/]+:\\d+") ? "http://" + value : value);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new TypeConversionException(
        // A password may stand in it.
        "'%s' (expected: http://host:port)".formatted(value.replaceAll("//.*@", "//…@")));
  }
}
