/** Settings: console.yaml. */
@NullMarked
package org.ipv6flow.console.config;

import org.jspecify.annotations.NullMarked;
