/**
 * Configuration files: YAML, checked against a JSON Schema, with every finding at its file and
 * line.
 */
@NullMarked
package org.ipv6flow.schema.config;

import org.jspecify.annotations.NullMarked;
