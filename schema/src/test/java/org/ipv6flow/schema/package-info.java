/** What holds for the contracts as a whole. */
@NullMarked
package org.ipv6flow.schema;

import org.jspecify.annotations.NullMarked;
