package org.ipv6flow.standalone.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The definitions whose numbers a test computes by hand; {@link DefinitionsIT} misses others. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Computes {
  String[] value();
}
