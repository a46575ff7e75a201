/** From a request to a statement, and from its result to an answer with its meta data. */
@NullMarked
package org.ipv6flow.console.query;

import org.jspecify.annotations.NullMarked;
