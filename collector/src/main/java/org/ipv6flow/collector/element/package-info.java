/**
 * Information Elements (RFC 7012): the registry's names and types, and the numbers the decoder acts
 * on. Facts only, no decoding.
 */
@NullMarked
package org.ipv6flow.collector.element;

import org.jspecify.annotations.NullMarked;
